package org.ringone.external;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Reads along what a hypervisor's console says and notices, line by line, that the domain has started or ended.
 *
 * <p>The first ending counts, with two exceptions: a hypervisor that then fails has failed; and one that refuses an image,
 * which it can only do before the domain starts, may make as much noise about it as if it had failed. Fed by one thread,
 * asked by others.
 */
final class ConsoleWatch {

    /** Longer lines are looked at in pieces of this length. */
    private static final int LINE = 2048;

    private static final int LINES_KEPT = 40;
    private static final int LOG_LINES_KEPT = 1000;

    private final Optional<Pattern> started;
    private final Optional<Pattern> log;
    private final Map<Ending, List<Pattern>> endings;
    private final Map<Pattern, String> advices;

    private final StringBuilder line = new StringBuilder();
    private final Deque<String> recent = new ArrayDeque<>();
    private final Deque<String> logged = new ArrayDeque<>();
    private boolean up;
    private Ending ending;
    private String advice;
    private boolean over;
    private long bytes;

    /** @param running whether the domain runs already */
    ConsoleWatch(CommandProfile profile, boolean running) {
        this.started = profile.started();
        this.log = profile.log();
        this.endings = profile.endings();
        this.advices = profile.advice();
        this.up = running || started.isEmpty();
    }

    /** Takes in the next bytes of the console. */
    synchronized void accept(byte[] from, int length) {
        for (int i = 0; i < length; i++) {
            char c = (char) (from[i] & 0xFF);
            if (c == '\n' || line.length() == LINE) {
                endLine();
            }
            if (c != '\n' && c != '\r') {
                line.append(c);
            }
        }
        bytes += length;
        judge(line);
        notifyAll();
    }

    private void endLine() {
        judge(line);
        String text = printable(line);
        line.setLength(0);
        if (!text.isBlank()) {
            keep(recent, text, LINES_KEPT);
            if (log.isPresent() && log.get().matcher(text).find()) {
                keep(logged, text, LOG_LINES_KEPT);
            }
        }
    }

    private void judge(CharSequence text) {
        if (text.length() == 0) {
            return;
        }
        up |= started.isPresent() && started.get().matcher(text).find();
        advices.forEach((pattern, words) -> advice = pattern.matcher(text).find() ? words : advice);
        for (Map.Entry<Ending, List<Pattern>> entry : endings.entrySet()) {
            for (Pattern pattern : entry.getValue()) {
                if (pattern.matcher(text).find()) {
                    note(entry.getKey());
                }
            }
        }
    }

    private void note(Ending seen) {
        boolean refusal = seen == Ending.REFUSED;
        if (refusal && up) {
            return;
        }
        if (ending == null || refusal || seen == Ending.FAILED && ending != Ending.REFUSED) {
            ending = seen;
        }
    }

    /** The console has ended: its last line is as long as it gets. */
    synchronized void end() {
        endLine();
        over = true;
        notifyAll();
    }

    /** Waits until the domain starts, or an ending is seen, or the console ends; false when none of them happens in time. */
    synchronized boolean awaitStart(Duration patience) {
        return await(() -> up || ending != null || over, patience);
    }

    /** Waits until the console has said anything, or ends; whether it said anything. */
    synchronized boolean awaitSound(Duration patience) {
        await(() -> bytes > 0 || over, patience);
        return bytes > 0;
    }

    /** Waits a little for the ending to turn out to be a refusal. */
    synchronized void awaitRefusal(Duration patience) {
        await(() -> ending == Ending.REFUSED || over, patience);
    }

    /** Waits until nothing more comes for a moment: a hypervisor that has ended its guest may be about to die of it. */
    synchronized void awaitQuiet(Duration moment, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long seen = -1;
        while (seen != bytes && !over && System.nanoTime() < deadline) {
            seen = bytes;
            long before = seen;
            await(() -> bytes != before || over, moment);
        }
    }

    private boolean await(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos();
                    !condition.getAsBoolean() && left > 0;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }

    /** Whether the domain was seen to start; from the beginning when the profile does not say how to see it. */
    synchronized boolean started() {
        return up;
    }

    /** The ending seen so far. */
    synchronized Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    /** What a person should know who sees the lines so far. */
    synchronized Optional<String> advice() {
        return Optional.ofNullable(advice);
    }

    /** The last lines of the console: the hypervisor's own where the profile says how to tell them, else all. */
    synchronized String lastLines() {
        List<String> lines = new ArrayList<>(recent);
        if (line.length() > 0) {
            lines.add(printable(line));
        }
        List<String> own = log.isEmpty()
                ? lines
                : lines.stream().filter(l -> log.get().matcher(l).find()).toList();
        return String.join("\n", own.isEmpty() ? lines : own);
    }

    /** The hypervisor's own log lines since the last call. */
    synchronized List<String> drainLog() {
        List<String> drained = List.copyOf(logged);
        logged.clear();
        return drained;
    }

    private static void keep(Deque<String> lines, String text, int most) {
        if (lines.size() == most) {
            lines.removeFirst();
        }
        lines.addLast(text);
    }

    private static String printable(CharSequence text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c >= ' ' && c < 0x7F || c == '\t') {
                clean.append((char) c);
            } else {
                clean.append(String.format("\\x%02x", c));
            }
        });
        return clean.toString();
    }
}
