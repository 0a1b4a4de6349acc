package org.ringone.cli.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ringone.api.Exit;
import org.ringone.reference.ReferenceMachine;

/** Runs a guest and connects its console, until it ends, its time is over, or the user leaves. */
final class BootSession {

    private static final long STEP = 1_000_000;
    /** Steps while a trace is written are short, so that few of its lines are lost. */
    private static final long TRACED_STEP = 20_000;
    /** How far the guest's time may be ahead of the clock on a terminal before the guest has to wait. */
    private static final long LEAD_NANOSECONDS = 20_000_000;

    private static final long WAIT_MILLISECONDS = 10;

    private final ReferenceMachine machine;
    private final RecordedRun run;
    private final GuestTerminal terminal;
    private final PrintWriter trace;
    private final long timeoutSeconds;
    private final Runnable afterStep;
    private byte[] waiting = {};

    /**
     * A session.
     *
     * @param trace where the machine's trace goes; null for nowhere
     * @param timeoutSeconds how long the guest may run by the clock; 0 for ever
     */
    BootSession(
            ReferenceMachine machine, RecordedRun run, GuestTerminal terminal, PrintWriter trace, long timeoutSeconds) {
        this(machine, run, terminal, trace, timeoutSeconds, () -> {});
    }

    /**
     * A session that somebody looks at.
     *
     * @param afterStep what is done after each step of the run, while the way to it can still be gone once more
     */
    BootSession(
            ReferenceMachine machine,
            RecordedRun run,
            GuestTerminal terminal,
            PrintWriter trace,
            long timeoutSeconds,
            Runnable afterStep) {
        this.machine = machine;
        this.run = run;
        this.terminal = terminal;
        this.trace = trace;
        this.timeoutSeconds = timeoutSeconds;
        this.afterStep = afterStep;
    }

    Ending run() throws IOException {
        long began = System.nanoTime();
        long end = timeoutSeconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(timeoutSeconds);
        while (run.exit() instanceof Exit.Running) {
            long elapsed = System.nanoTime() - began;
            if (terminal.endRequested()) {
                return Ending.LEFT;
            }
            if (elapsed >= end) {
                return Ending.timeOver(timeoutSeconds);
            }
            boolean ahead = terminal.interactive() && machine.systemTime() > elapsed + LEAD_NANOSECONDS;
            offerInput(ahead ? WAIT_MILLISECONDS : 0);
            if (!ahead && !step() && !waits()) {
                return Ending.SLEEPS;
            }
        }
        return Ending.of(run.exit());
    }

    /** Runs a while; false when the guest sleeps for ever. */
    private boolean step() throws IOException {
        long retired = machine.instructionsRetired();
        long time = machine.systemTime();
        byte[] written = run.run(trace != null ? TRACED_STEP : terminal.interactive() ? STEP / 10 : STEP);
        afterStep.run();
        if (trace != null) {
            machine.drainTrace().forEach(trace::println);
        }
        terminal.show(written);
        return written.length > 0 || machine.instructionsRetired() != retired || machine.systemTime() != time;
    }

    /** A guest that sleeps for ever may still be woken by a key; false when there will be none. */
    private boolean waits() {
        if (terminal.inputEnded() && waiting.length == 0) {
            return false;
        }
        offerInput(WAIT_MILLISECONDS);
        return true;
    }

    private void offerInput(long milliseconds) {
        if (waiting.length == 0) {
            waiting = terminal.typed(milliseconds);
        }
        if (waiting.length > 0) {
            int taken = run.type(waiting);
            waiting = Arrays.copyOfRange(waiting, taken, waiting.length);
        }
    }
}
