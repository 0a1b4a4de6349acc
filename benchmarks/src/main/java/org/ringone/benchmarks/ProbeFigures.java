package org.ringone.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.ringone.api.Hypervisor;
import org.ringone.guest.Probe;
import org.ringone.guest.Transcript;
import org.ringone.properties.Account;
import org.ringone.properties.tables.TableArea;
import org.ringone.properties.tables.TableOperation;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.BootedMachines.Lease;
import org.ringone.xen.Hypercall;

/** What a scenario is made of: forks, round trips through the console, page-table updates. */
final class ProbeFigures {

    private static final int FORKS = 2000;
    private static final int ROUND_TRIPS = 100_000;
    private static final int SEQUENCES = 300;
    private static final int OPERATIONS = 300;
    private static final double MICRO = 1e3;

    private final PrintStream out;
    private final Hypervisor hypervisor;
    private final BootedMachines machines;

    ProbeFigures(PrintStream out, Hypervisor hypervisor) {
        this.out = out;
        this.hypervisor = hypervisor;
        this.machines = BootedMachines.of(hypervisor);
    }

    void print() throws Exception {
        out.println("| Through the seam | Figure |");
        out.println("|---|---|");
        forks();
        roundTrips();
        updates();
    }

    private void forks() throws Exception {
        long[] nanos = new long[FORKS];
        for (int i = 0; i < FORKS; i++) {
            long start = System.nanoTime();
            machines.take(new Transcript()).close();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        out.printf("| fork of a booted machine, median of %d | %.0f us |%n", FORKS, nanos[FORKS / 2] / MICRO);
    }

    private void roundTrips() throws Exception {
        try (Lease lease = machines.take(new Transcript())) {
            Probe probe = lease.probe();
            long seconds = 0;
            double best = 0;
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < ROUND_TRIPS; i++) {
                    seconds += probe.hypercall(Hypercall.XEN_VERSION.number(), 0, 0);
                }
                best = Math.max(best, ROUND_TRIPS * 1e9 / (System.nanoTime() - start));
            }
            if (seconds == 0) {
                throw new IllegalStateException("xen_version gave nothing");
            }
            out.printf("| trivial hypercalls, one round trip each | %.0f a second |%n", best);
        }
    }

    /** The sequences that the property plays, each compared with the model. They are made before the clock runs. */
    private void updates() throws Exception {
        TableArea area = new TableArea();
        List<List<TableOperation>> sequences = new ArrayList<>();
        JqwikSession.run(() -> {
            RandomGenerator<TableOperation> operations = area.operation().generator(OPERATIONS);
            Random random = new Random(1);
            for (int i = 0; i < SEQUENCES; i++) {
                List<TableOperation> any = new ArrayList<>();
                for (int k = 0; k < OPERATIONS; k++) {
                    any.add(operations.next(random).value());
                }
                sequences.add(area.decided(any, hypervisor.profile()));
            }
        });
        long done = 0;
        long start = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            if (i == SEQUENCES / 3) {
                start = System.nanoTime();
                done = 0;
            }
            Account<TableOperation> foretold = area.foretold(sequences.get(i), hypervisor.profile());
            try (Lease lease = machines.take(new Transcript())) {
                Account<TableOperation> seen =
                        area.performed(sequences.get(i), lease.probe(), hypervisor.profile(), Optional::empty);
                foretold.difference(seen).ifPresent(difference -> {
                    throw new IllegalStateException(difference);
                });
                done += seen.answers().size();
            }
        }
        out.printf(
                "| fuzzed page-table updates, each compared with the model | %.0f a second |%n",
                done * 1e9 / (System.nanoTime() - start));
    }
}
