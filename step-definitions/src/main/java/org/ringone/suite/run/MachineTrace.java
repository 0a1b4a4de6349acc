package org.ringone.suite.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.Machine;
import org.ringone.api.Traces;

/**
 * What a machine itself tells of a scenario that went wrong, for people. It decides nothing, so whatever goes wrong while
 * asking is told in its place, and it is cut: the last lines are kept, since they lead up to what went wrong.
 */
public final class MachineTrace {

    static final int MOST_LINES = 2000;
    static final int LONGEST_LINE = 300;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private MachineTrace() {}

    /** The trace; empty when the machine keeps none or has nothing to tell. */
    public static Optional<String> of(Machine machine) {
        List<String> lines;
        try {
            lines = Watchdog.call(() -> drained(machine), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of("The machine's trace cannot be had: " + cut(String.valueOf(e.getMessage())));
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<String> kept = new ArrayList<>();
        if (lines.size() > MOST_LINES) {
            kept.add("(" + (lines.size() - MOST_LINES) + " earlier lines left out)");
        }
        lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).forEach(line -> kept.add(cut(line)));
        return Optional.of(String.join("\n", kept));
    }

    private static List<String> drained(Machine machine) {
        Optional<Traces> traces = machine.ability(Traces.class);
        return traces.isEmpty()
                ? List.of()
                : Guarded.of(
                        "Traces.drainTrace",
                        () -> traces.get().drainTrace().stream()
                                .map(String::valueOf)
                                .toList());
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }
}
