package org.ringone.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every {@link Kernel} in a JVM of its own, up to one report an invocation. The score is reports a second; the counters say how many
 * guest instructions, elements of string instructions and rounds that makes a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

    /** Which program. */
    @Param({
        "sieve",
        "crc",
        "copy",
        "stride",
        "interp",
        "call",
        "movsd",
        "movs16",
        "stosd",
        "cmpsb",
        "int80",
        "gp",
        "pf",
        "cr3",
        "cr3pages"
    })
    public String kernel;

    private Kernel running;
    private BareMachine machine;

    /** What was done, besides invocations. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Done {
        /** Guest instructions. */
        public long instructions;
        /** Elements of string instructions; 0 where none are used. */
        public long elements;
        /** Rounds of the program's loop. */
        public long rounds;
    }

    /** Loads the program. */
    @Setup(Level.Trial)
    public void load() {
        running = Kernel.named(kernel);
        machine = new BareMachine(running);
    }

    /** Runs the program to its next report. */
    @Benchmark
    public void report(Done done) {
        done.instructions += machine.untilReport();
        done.rounds += running.rounds();
        done.elements += running.elements();
    }
}
