package org.ringone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What two hypervisors gave, on a screen of some width: in two columns where both are readable, one below the other elsewhere.
 * Bounded, whatever they gave, and free of control characters.
 */
final class SideBySide {

    /** The least width that is used, however narrow the screen. */
    static final int NARROWEST = 40;

    /** From that width on there are columns. */
    static final int COLUMNS_FROM = 120;

    private static final int MOST_LINES = 12;
    private static final int MOST_CHARACTERS = 4_000;
    private static final String LABELS = "A  ";
    private static final String BETWEEN = " | ";

    private final int width;
    private final Consumer<String> out;

    /**
     * @param width of the screen, in characters
     * @param out where lines go
     */
    SideBySide(int width, Consumer<String> out) {
        this.width = Math.max(width, NARROWEST);
        this.out = out;
    }

    /** Text of ours, wrapped; what follows its first line stands two characters further in. */
    void text(int indent, String text) {
        List<String> lines = wrapped(text, width - indent - 2);
        for (int i = 0; i < lines.size(); i++) {
            out.accept(" ".repeat(i == 0 ? indent : indent + 2) + lines.get(i));
        }
    }

    /** What one gave and what the other did. */
    void both(int indent, String left, String right) {
        if (width < COLUMNS_FROM) {
            labelled(indent, "A", left);
            labelled(indent, "B", right);
            return;
        }
        int column = (width - indent - BETWEEN.length()) / 2 - LABELS.length();
        List<String> one = wrapped(left, column);
        List<String> other = wrapped(right, column);
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            String a = i < one.size() ? one.get(i) : "";
            String b = i < other.size() ? other.get(i) : "";
            String row = " ".repeat(indent)
                    + (i == 0 ? "A  " : "   ")
                    + a
                    + " ".repeat(column - a.length())
                    + BETWEEN
                    + (i == 0 ? "B  " : "   ")
                    + b;
            out.accept(row.stripTrailing());
        }
    }

    /** A text with a label before it. */
    void labelled(int indent, String label, String text) {
        int in = indent + Math.max(LABELS.length(), label.length() + 2);
        List<String> lines = wrapped(text, width - in);
        for (int i = 0; i < lines.size(); i++) {
            String before = i == 0 ? " ".repeat(indent) + label : "";
            out.accept(before + " ".repeat(in - before.length()) + lines.get(i));
        }
    }

    /** Lines of at most that width, cut at blanks where there are any. */
    private static List<String> wrapped(String text, int width) {
        boolean cut = text.length() > MOST_CHARACTERS;
        List<String> lines = new ArrayList<>();
        (cut ? text.substring(0, MOST_CHARACTERS) : text)
                .lines()
                .forEach(line -> wrap(Printable.line(line), width, lines));
        if (lines.isEmpty()) {
            lines.add("");
        }
        if (lines.size() > MOST_LINES || cut) {
            List<String> kept = new ArrayList<>(lines.subList(0, Math.min(MOST_LINES - 1, lines.size())));
            kept.add("...");
            return kept;
        }
        return lines;
    }

    private static void wrap(String line, int width, List<String> lines) {
        int indent = line.length() - line.stripLeading().length();
        String before = " ".repeat(Math.min(indent, width / 4));
        String rest = line.strip();
        int room = width - before.length();
        while (rest.length() > room) {
            int blank = rest.lastIndexOf(' ', room);
            int end = blank > 0 ? blank : room;
            lines.add(before + rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(before + rest);
    }
}
