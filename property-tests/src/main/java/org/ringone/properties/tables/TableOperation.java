package org.ringone.properties.tables;

/** One thing a guest does to its page tables in a trial. Pages and regions are counted from 0; a null mapping is an entry that is not present. */
public sealed interface TableOperation {

    /** Changes the entry that maps a page at its own address. The page stays the entry's target. */
    record Remap(int page, Access access, Route route) implements TableOperation {}

    /** Writes an entry inside a page. */
    record WriteEntry(int page, int slot, Mapping entry, Route route) implements TableOperation {}

    /** Pins a page as a table of level 1 or 2. */
    record Pin(int page, int level) implements TableOperation {}

    /** Undoes a pin. */
    record Unpin(int page) implements TableOperation {}

    /** Makes a page the L1 table of a region of 2 MiB that nothing is mapped in. */
    record Link(int region, int page) implements TableOperation {}

    /** Takes the L1 table of a region away. */
    record Unlink(int region) implements TableOperation {}

    /** How a page is mapped at its own address. */
    enum Access {
        READ_WRITE,
        READ_ONLY,
        NONE
    }

    /** The ways to change an entry. */
    enum Route {
        MMU_UPDATE,
        UPDATE_VA_MAPPING,
        STORE
    }
}
