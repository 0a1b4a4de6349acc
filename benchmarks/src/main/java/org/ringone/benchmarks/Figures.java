package org.ringone.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.ringone.api.Hypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.run.Hypervisors;
import org.ringone.suite.verdict.RunResult;

/**
 * Prints the project's figures as tables: {@code Figures [emulator] [peers] [probe] [suite]}, all when none is named;
 * {@code peers} adds the other emulators that are installed to the emulator's table. The system property
 * {@code ringone.hypervisor} names the hypervisor of the last two.
 */
public final class Figures {

    private Figures() {}

    public static void main(String[] arguments) throws Exception {
        List<String> wanted =
                arguments.length == 0 ? List.of("emulator", "peers", "probe", "suite") : Arrays.asList(arguments);
        System.out.println("Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        if (wanted.contains("emulator") || wanted.contains("peers")) {
            List<Peer> peers = wanted.contains("peers") ? Peer.installed() : List.of();
            new EmulatorFigures(System.out, peers).print();
        }
        Hypervisor hypervisor = Hypervisors.named(System.getProperty(Hypervisors.PROPERTY, "reference"));
        if (wanted.contains("probe")) {
            new ProbeFigures(System.out, hypervisor).print();
        }
        if (wanted.contains("suite")) {
            suite(hypervisor);
        }
    }

    /** Runs the suite twice in this JVM: the second time says what a scenario costs once warm. */
    private static void suite(Hypervisor hypervisor) {
        int processors = Runtime.getRuntime().availableProcessors();
        System.out.println("| The suite | Figure |");
        System.out.println("|---|---|");
        for (String when : List.of("cold", "warm")) {
            RunResult result = SuiteRun.of(hypervisor).threads(processors).run();
            long[] nanos = result.scenarios().stream()
                    .mapToLong(scenario -> scenario.elapsed().toNanos())
                    .sorted()
                    .toArray();
            System.out.printf(
                    "| %s: %d scenarios on %d threads | %.1f s, median scenario %.2f ms |%n",
                    when,
                    nanos.length,
                    processors,
                    result.elapsed().toMillis() / 1e3,
                    nanos.length == 0 ? 0 : nanos[nanos.length / 2] / 1e6);
        }
    }
}
