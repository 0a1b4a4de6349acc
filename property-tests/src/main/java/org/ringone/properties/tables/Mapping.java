package org.ringone.properties.tables;

/**
 * A present table entry, as far as the rules look at it.
 *
 * @param target the page it names, counted from 0 among the pages of a trial
 * @param writable whether RW is set
 */
public record Mapping(int target, boolean writable) {

    @Override
    public String toString() {
        return "page " + target + (writable ? " writable" : " read-only");
    }
}
