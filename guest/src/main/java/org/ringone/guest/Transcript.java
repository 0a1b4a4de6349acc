package org.ringone.guest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was asked of a probe and what came back, for the report. Lines become text only when somebody reads them. Bounded:
 * the oldest go first.
 *
 * <p>One thread at a time.
 */
public final class Transcript {

    private static final int LINES = 5_000;

    /** Something that happened. */
    public sealed interface Line {

        /** It in words; may have several lines. */
        String text();
    }

    /** A remark, of the suite or the client. */
    public record Remark(String text) implements Line {}

    /** A line that the guest or the hypervisor wrote on the console. */
    public record ConsoleLine(String line) implements Line {
        @Override
        public String text() {
            return "console: " + line;
        }
    }

    /** A command and its reply. */
    public record Exchange(Command command, Reply reply) implements Line {
        @Override
        public String text() {
            return Wording.exchange(command, reply);
        }
    }

    private final Deque<Line> lines = new ArrayDeque<>();
    private long dropped;

    /** Adds a remark. */
    public void add(String remark) {
        add(new Remark(remark));
    }

    /** Adds a line. */
    public void add(Line line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
            dropped++;
        }
        lines.addLast(line);
    }

    /** The lines kept, oldest first. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** How many old lines were dropped. */
    public long dropped() {
        return dropped;
    }

    /** All of it in words. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (dropped > 0) {
            text.append('(').append(dropped).append(" earlier lines dropped)\n");
        }
        for (Line line : lines) {
            text.append(line.text()).append('\n');
        }
        return text.toString();
    }
}
