package org.ringone.guest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.ringone.api.Exit;

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

        /** What was asked, in words. */
        public String asked() {
            return Wording.command(command);
        }

        /** What came back, in words. */
        public String answered() {
            return Wording.reply(reply, command instanceof Command.Hypercall);
        }
    }

    /**
     * A message of the line between client and probe, in front of the exchanges that it carries; detailed transcripts only.
     *
     * @param sent its bytes; not copied, must not be changed
     * @param answer likewise; null when none came
     * @param exit how the domain stood when none came; null otherwise
     */
    public record Message(byte[] sent, byte[] answer, Exit exit) implements Line {
        @Override
        public String text() {
            return "message of " + sent.length + " bytes, "
                    + (answer == null ? "no answer" : "answer of " + answer.length + " bytes");
        }
    }

    /** A probe was found, built from that image and so far up; detailed transcripts only. */
    public record Attached(ProbeImage image, BootReport boot) implements Line {
        @Override
        public String text() {
            return "the probe is up: " + boot;
        }
    }

    private static final int DETAILED_LINES = 200_000;

    private final Deque<Line> lines = new ArrayDeque<>();
    private final boolean detailed;
    private final int most;
    private long dropped;

    public Transcript() {
        this(false, LINES);
    }

    private Transcript(boolean detailed, int most) {
        this.detailed = detailed;
        this.most = most;
    }

    /** One that has the messages of the line, too, and keeps more. */
    public static Transcript detailed() {
        return new Transcript(true, DETAILED_LINES);
    }

    /** Adds a line if this is a detailed transcript. */
    void detail(Line line) {
        if (detailed) {
            add(line);
        }
    }

    /** Adds a remark. */
    public void add(String remark) {
        add(new Remark(remark));
    }

    /** Adds a line. */
    public void add(Line line) {
        if (lines.size() == most) {
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
