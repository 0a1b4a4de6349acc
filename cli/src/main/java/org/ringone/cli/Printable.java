package org.ringone.cli;

/** Text from files and guests on its way to a terminal. */
final class Printable {

    private Printable() {}

    /** One line without control characters, which could move the cursor or recolour what others wrote. */
    static String line(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
