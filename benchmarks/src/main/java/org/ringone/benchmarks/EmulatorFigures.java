package org.ringone.benchmarks;

import java.io.PrintStream;
import java.util.List;
import org.ringone.emulator.Cpu;

/** Guest instructions a second of whole programs in the emulator. */
final class EmulatorFigures {

    private static final List<String> LOOPS = List.of("sieve", "crc", "copy", "stride", "interp", "call");

    /** String programs and how many elements one round has; EBP counts the rounds. */
    private static final List<Strings> STRINGS = List.of(
            new Strings("movsd", 1024),
            new Strings("movs16", 16),
            new Strings("stosd", 1024),
            new Strings("cmpsb", 4096));

    private static final int EBP = 5;
    private static final int ROUNDS = 5;
    private static final double MILLION = 1e6;

    private record Strings(String name, int elements) {}

    private final PrintStream out;
    private final long instructions;

    EmulatorFigures(PrintStream out, long instructions) {
        this.out = out;
        this.instructions = instructions;
    }

    void print() {
        out.println("| Program, PAE paging on, ring 1 | Million a second | of |");
        out.println("|---|---|---|");
        for (String loop : LOOPS) {
            Cpu cpu = BareMachine.running(loop).cpu();
            double best = best(() -> {
                long before = cpu.retired();
                cpu.run(instructions);
                return cpu.retired() - before;
            });
            out.printf("| %s | %.0f | instructions |%n", loop, best);
        }
        for (Strings strings : STRINGS) {
            Cpu cpu = BareMachine.running(strings.name()).cpu();
            double best = best(() -> {
                int before = cpu.state().r[EBP];
                cpu.run(instructions / 50);
                return (long) (cpu.state().r[EBP] - before) * strings.elements();
            });
            out.printf("| %s | %.0f | elements |%n", strings.name(), best);
        }
        Cpu cpu = BareMachine.running("int80").cpu();
        double best = best(() -> {
            long before = cpu.retired();
            cpu.run(instructions / 10);
            return (cpu.retired() - before) / 3;
        });
        out.printf(
                "| int 0x80 + iret, ring 1 to 0 and back | %.1f | round trips (%.0f ns each) |%n", best, 1000 / best);
    }

    /** The best of some rounds, the first of which warm up, in million a second. */
    private static double best(java.util.function.LongSupplier work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long done = work.getAsLong();
            best = Math.max(best, done * 1e9 / (System.nanoTime() - start) / MILLION);
        }
        return best;
    }
}
