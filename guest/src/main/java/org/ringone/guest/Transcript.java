package org.ringone.guest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was asked of a probe and what came back, in words, for the report. Bounded: the oldest lines go first.
 *
 * <p>One thread at a time.
 */
public final class Transcript {

    private static final int LINES = 10_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private long dropped;

    /** Adds a line. */
    public void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
            dropped++;
        }
        lines.addLast(line);
    }

    /** The lines kept, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many old lines were dropped. */
    public long dropped() {
        return dropped;
    }

    @Override
    public String toString() {
        String text = String.join("\n", lines);
        return dropped == 0 ? text : "(" + dropped + " earlier lines dropped)\n" + text;
    }
}
