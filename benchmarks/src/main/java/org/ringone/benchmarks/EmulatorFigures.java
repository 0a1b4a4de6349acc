package org.ringone.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** The kernels in this project's emulator and, side by side, in the others that are installed. */
final class EmulatorFigures {

    /** Batches last so long; the best of some is the figure, so that neither warming up nor a busy machine counts. */
    private static final long BATCH_NANOS = 300_000_000L;

    private static final int BATCHES = 12;
    /** Reports over which instructions are counted. */
    private static final int COUNTED = 10;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintStream out;
    private final List<Peer> peers;

    EmulatorFigures(PrintStream out, List<Peer> peers) {
        this.out = out;
        this.peers = peers;
    }

    void print() throws Exception {
        StringBuilder head = new StringBuilder("| Program | | Ring One |");
        StringBuilder rule = new StringBuilder("|---|---|---|");
        for (Peer peer : peers) {
            head.append(' ').append(peer.title()).append(" |");
            rule.append("---|");
        }
        out.println(head);
        out.println(rule);
        for (Kernel kernel : Kernel.ALL) {
            BareMachine machine = new BareMachine(kernel);
            long instructions = 0;
            for (int n = 0; n < COUNTED; n++) {
                instructions += machine.untilReport();
            }
            double each = (double) instructions / COUNTED;
            List<Double> figures = new ArrayList<>();
            figures.add(best(kernel, each, machine));
            for (Peer peer : peers) {
                figures.add(peer.best(kernel, each));
            }
            StringBuilder line = new StringBuilder("| %s | %s |".formatted(kernel.what(), kernel.unit()));
            for (double figure : figures) {
                line.append(" %,.0f |".formatted(figure));
            }
            out.println(line);
        }
    }

    private static double best(Kernel kernel, double instructions, BareMachine machine) {
        double best = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long nanos = 0;
            int reports = 0;
            while (nanos < BATCH_NANOS) {
                machine.untilReport();
                reports++;
                nanos = THREADS.getCurrentThreadCpuTime() - start;
            }
            best = kernel.better(best, kernel.figure(reports, instructions, nanos));
        }
        return best;
    }
}
