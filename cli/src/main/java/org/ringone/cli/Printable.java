package org.ringone.cli;

/** Text from files and guests on its way to a terminal. */
final class Printable {

    private Printable() {}

    /**
     * One line without what could move the cursor, recolour what others wrote, or turn its direction: each such character is
     * shown by its number, {@code \\x1b}.
     */
    static String line(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isShown(c)) {
                kept.appendCodePoint(c);
            } else {
                kept.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
            }
        });
        return kept.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
