package org.ringone.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.ringone.x86.Instruction;

/**
 * A way through hot blocks that execution has been seen to take, made fast: its operations and instructions are constants of a class of
 * its own ({@link TraceTemplate} is the template), so that the JIT compiler inlines them all into one method.
 *
 * <p>A trace stays on its page and runs at any address where that page is mapped. Whatever leaves the way ends it: a branch that goes
 * elsewhere, a fault, anything that asks for attention. Like the blocks that it came from it is dropped with its {@link CodePage}.
 */
abstract class Trace {
    /** The most instructions of a trace: {@link TraceTemplate} has that many places. */
    static final int LONGEST = 24;

    private static final byte[] TEMPLATE = template();

    /** Instructions of the whole way. */
    final int count;

    private final Step[] steps;
    /** Bytes before the first instruction that belong to others of the trace. */
    private final int below;
    /** Bytes from the first instruction's start to the end of the furthest. */
    private final int above;

    Trace(Step[] steps) {
        this.steps = steps;
        count = steps.length;
        int lowest = 0;
        int highest = 0;
        for (Step step : steps) {
            lowest = Math.min(lowest, step.start);
            highest = Math.max(highest, step.next);
        }
        below = -lowest;
        above = highest;
    }

    /**
     * An instruction on the way; all places are relative to the trace's first one.
     *
     * @param start where it begins
     * @param next where the bytes after it begin
     * @param target where execution went on
     */
    record Step(Instruction instruction, Operation operation, int start, int next, int target) {}

    /** A trace of these steps, in a class of its own. */
    static Trace of(List<Step> steps) {
        try {
            Step[] data = steps.toArray(Step[]::new);
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(TEMPLATE, data, true);
            return (Trace) lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the trace template cannot be used", e);
        }
    }

    /** An instruction of the way, from 0. */
    final Step step(int k) {
        return steps[k];
    }

    private static byte[] template() {
        try (InputStream in = Trace.class.getResourceAsStream("TraceTemplate.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it can run from here: within the code segment's limit, and at least once through within the budget. */
    final boolean fits(CpuState s, long budget) {
        int eip = s.eip;
        int last = eip + above - 1;
        return budget >= count
                && Integer.compareUnsigned(last, s.limit[CpuState.CS]) <= 0
                && Integer.compareUnsigned(last, eip) >= 0
                && Integer.compareUnsigned(eip, below) >= 0;
    }

    /**
     * Runs the way, over and over if it comes back to its beginning.
     *
     * @param budget at least {@link #count}
     * @return how many instructions were carried out, one that faulted included
     */
    abstract long run(Cpu cpu, CpuMemory memory, long budget);
}
