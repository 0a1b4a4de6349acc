package org.ringone.cli.export;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;

/**
 * What an exported image came to on a hypervisor.
 *
 * @param lines its lines on the console that are its own
 * @param exit how its domain stood in the end
 */
record Trial(List<String> lines, Exit exit) {

    private static final Budget BUDGET = new Budget(20_000_000, Duration.ofSeconds(10));
    private static final int MOST_READS = 1 << 14;
    private static final int MOST_BYTES = 1 << 22;
    private static final String OURS = "ringone: ";

    /** Boots an image. */
    static Trial of(Hypervisor hypervisor, DomainSpec spec) throws DomainBuildException {
        try (Machine machine = hypervisor.start()) {
            Domain domain = machine.createDomain(spec);
            StringBuilder text = new StringBuilder();
            boolean silent = false;
            for (int reads = 0; reads < MOST_READS && text.length() < MOST_BYTES && !silent; reads++) {
                boolean ended = !(domain.exit() instanceof Exit.Running);
                byte[] bytes = domain.console().read(BUDGET);
                text.append(new String(bytes, StandardCharsets.ISO_8859_1));
                silent = bytes.length == 0 && (ended || domain.exit() instanceof Exit.Running);
            }
            return new Trial(
                    text.toString()
                            .lines()
                            .filter(line -> line.startsWith(OURS))
                            .toList(),
                    domain.exit());
        }
    }

    /** The last thing it said. */
    String verdict() {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** Whether it passed, all by its own words and its end. */
    boolean passed() {
        String killed = Endings.foretold(new Exit.Killed(""));
        if (verdict().equals(killed)) {
            return exit instanceof Exit.Killed;
        }
        if (exit instanceof Exit.ShutDown) {
            return verdict().equals(OURS + "PASS")
                    ? exit.equals(new Exit.ShutDown(Exit.Reason.POWEROFF))
                    : verdict().equals(Endings.foretold(exit));
        }
        return false;
    }
}
