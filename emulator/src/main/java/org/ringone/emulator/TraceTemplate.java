package org.ringone.emulator;

import java.lang.invoke.MethodHandles;
import org.ringone.x86.Instruction;

/**
 * What every {@link Trace} is made of: the class itself is never used, only hidden classes defined from its bytes, each with its own
 * steps as class data.
 *
 * <p>A field and a piece of code for each place, written out, because only static finals are constants to the JIT compiler: it folds
 * away the places beyond the count, inlines the operations of the others, and drops flags and EIPs that nobody reads.
 */
final class TraceTemplate extends Trace {
    private static final Step[] STEPS = steps();
    private static final int COUNT = STEPS.length;

    private static final Operation O0 = operation(0);
    private static final Operation O1 = operation(1);
    private static final Operation O2 = operation(2);
    private static final Operation O3 = operation(3);
    private static final Operation O4 = operation(4);
    private static final Operation O5 = operation(5);
    private static final Operation O6 = operation(6);
    private static final Operation O7 = operation(7);
    private static final Operation O8 = operation(8);
    private static final Operation O9 = operation(9);
    private static final Operation O10 = operation(10);
    private static final Operation O11 = operation(11);
    private static final Operation O12 = operation(12);
    private static final Operation O13 = operation(13);
    private static final Operation O14 = operation(14);
    private static final Operation O15 = operation(15);
    private static final Operation O16 = operation(16);
    private static final Operation O17 = operation(17);
    private static final Operation O18 = operation(18);
    private static final Operation O19 = operation(19);
    private static final Operation O20 = operation(20);
    private static final Operation O21 = operation(21);
    private static final Operation O22 = operation(22);
    private static final Operation O23 = operation(23);

    private static final Instruction I0 = instruction(0);
    private static final Instruction I1 = instruction(1);
    private static final Instruction I2 = instruction(2);
    private static final Instruction I3 = instruction(3);
    private static final Instruction I4 = instruction(4);
    private static final Instruction I5 = instruction(5);
    private static final Instruction I6 = instruction(6);
    private static final Instruction I7 = instruction(7);
    private static final Instruction I8 = instruction(8);
    private static final Instruction I9 = instruction(9);
    private static final Instruction I10 = instruction(10);
    private static final Instruction I11 = instruction(11);
    private static final Instruction I12 = instruction(12);
    private static final Instruction I13 = instruction(13);
    private static final Instruction I14 = instruction(14);
    private static final Instruction I15 = instruction(15);
    private static final Instruction I16 = instruction(16);
    private static final Instruction I17 = instruction(17);
    private static final Instruction I18 = instruction(18);
    private static final Instruction I19 = instruction(19);
    private static final Instruction I20 = instruction(20);
    private static final Instruction I21 = instruction(21);
    private static final Instruction I22 = instruction(22);
    private static final Instruction I23 = instruction(23);

    // where the bytes after each instruction begin, relative to the first
    private static final int N0 = next(0);
    private static final int N1 = next(1);
    private static final int N2 = next(2);
    private static final int N3 = next(3);
    private static final int N4 = next(4);
    private static final int N5 = next(5);
    private static final int N6 = next(6);
    private static final int N7 = next(7);
    private static final int N8 = next(8);
    private static final int N9 = next(9);
    private static final int N10 = next(10);
    private static final int N11 = next(11);
    private static final int N12 = next(12);
    private static final int N13 = next(13);
    private static final int N14 = next(14);
    private static final int N15 = next(15);
    private static final int N16 = next(16);
    private static final int N17 = next(17);
    private static final int N18 = next(18);
    private static final int N19 = next(19);
    private static final int N20 = next(20);
    private static final int N21 = next(21);
    private static final int N22 = next(22);
    private static final int N23 = next(23);

    // where execution goes on after each instruction, as long as it keeps to the way
    private static final int T0 = target(0);
    private static final int T1 = target(1);
    private static final int T2 = target(2);
    private static final int T3 = target(3);
    private static final int T4 = target(4);
    private static final int T5 = target(5);
    private static final int T6 = target(6);
    private static final int T7 = target(7);
    private static final int T8 = target(8);
    private static final int T9 = target(9);
    private static final int T10 = target(10);
    private static final int T11 = target(11);
    private static final int T12 = target(12);
    private static final int T13 = target(13);
    private static final int T14 = target(14);
    private static final int T15 = target(15);
    private static final int T16 = target(16);
    private static final int T17 = target(17);
    private static final int T18 = target(18);
    private static final int T19 = target(19);
    private static final int T20 = target(20);
    private static final int T21 = target(21);
    private static final int T22 = target(22);
    private static final int T23 = target(23);

    TraceTemplate() {
        super(STEPS);
    }

    private static Step[] steps() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", Step[].class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Operation operation(int k) {
        return k < STEPS.length ? STEPS[k].operation() : null;
    }

    private static Instruction instruction(int k) {
        return k < STEPS.length ? STEPS[k].instruction() : null;
    }

    private static int next(int k) {
        return k < STEPS.length ? STEPS[k].next() : 0;
    }

    private static int target(int k) {
        return k < STEPS.length ? STEPS[k].target() : 0;
    }

    @Override
    long run(Cpu cpu, CpuMemory memory, long budget) {
        CpuState s = cpu.s;
        int origin = s.eip;
        long done = 0;
        do {
            s.eip = origin + N0;
            O0.execute(cpu, memory, I0);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin, 1);
            }
            if (COUNT == 1) {
                continue;
            }
            if (s.eip != origin + T0) {
                return done + 1;
            }

            s.eip = origin + N1;
            O1.execute(cpu, memory, I1);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T0, 2);
            }
            if (COUNT == 2) {
                continue;
            }
            if (s.eip != origin + T1) {
                return done + 2;
            }

            s.eip = origin + N2;
            O2.execute(cpu, memory, I2);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T1, 3);
            }
            if (COUNT == 3) {
                continue;
            }
            if (s.eip != origin + T2) {
                return done + 3;
            }

            s.eip = origin + N3;
            O3.execute(cpu, memory, I3);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T2, 4);
            }
            if (COUNT == 4) {
                continue;
            }
            if (s.eip != origin + T3) {
                return done + 4;
            }

            s.eip = origin + N4;
            O4.execute(cpu, memory, I4);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T3, 5);
            }
            if (COUNT == 5) {
                continue;
            }
            if (s.eip != origin + T4) {
                return done + 5;
            }

            s.eip = origin + N5;
            O5.execute(cpu, memory, I5);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T4, 6);
            }
            if (COUNT == 6) {
                continue;
            }
            if (s.eip != origin + T5) {
                return done + 6;
            }

            s.eip = origin + N6;
            O6.execute(cpu, memory, I6);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T5, 7);
            }
            if (COUNT == 7) {
                continue;
            }
            if (s.eip != origin + T6) {
                return done + 7;
            }

            s.eip = origin + N7;
            O7.execute(cpu, memory, I7);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T6, 8);
            }
            if (COUNT == 8) {
                continue;
            }
            if (s.eip != origin + T7) {
                return done + 8;
            }

            s.eip = origin + N8;
            O8.execute(cpu, memory, I8);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T7, 9);
            }
            if (COUNT == 9) {
                continue;
            }
            if (s.eip != origin + T8) {
                return done + 9;
            }

            s.eip = origin + N9;
            O9.execute(cpu, memory, I9);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T8, 10);
            }
            if (COUNT == 10) {
                continue;
            }
            if (s.eip != origin + T9) {
                return done + 10;
            }

            s.eip = origin + N10;
            O10.execute(cpu, memory, I10);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T9, 11);
            }
            if (COUNT == 11) {
                continue;
            }
            if (s.eip != origin + T10) {
                return done + 11;
            }

            s.eip = origin + N11;
            O11.execute(cpu, memory, I11);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T10, 12);
            }
            if (COUNT == 12) {
                continue;
            }
            if (s.eip != origin + T11) {
                return done + 12;
            }

            s.eip = origin + N12;
            O12.execute(cpu, memory, I12);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T11, 13);
            }
            if (COUNT == 13) {
                continue;
            }
            if (s.eip != origin + T12) {
                return done + 13;
            }

            s.eip = origin + N13;
            O13.execute(cpu, memory, I13);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T12, 14);
            }
            if (COUNT == 14) {
                continue;
            }
            if (s.eip != origin + T13) {
                return done + 14;
            }

            s.eip = origin + N14;
            O14.execute(cpu, memory, I14);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T13, 15);
            }
            if (COUNT == 15) {
                continue;
            }
            if (s.eip != origin + T14) {
                return done + 15;
            }

            s.eip = origin + N15;
            O15.execute(cpu, memory, I15);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T14, 16);
            }
            if (COUNT == 16) {
                continue;
            }
            if (s.eip != origin + T15) {
                return done + 16;
            }

            s.eip = origin + N16;
            O16.execute(cpu, memory, I16);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T15, 17);
            }
            if (COUNT == 17) {
                continue;
            }
            if (s.eip != origin + T16) {
                return done + 17;
            }

            s.eip = origin + N17;
            O17.execute(cpu, memory, I17);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T16, 18);
            }
            if (COUNT == 18) {
                continue;
            }
            if (s.eip != origin + T17) {
                return done + 18;
            }

            s.eip = origin + N18;
            O18.execute(cpu, memory, I18);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T17, 19);
            }
            if (COUNT == 19) {
                continue;
            }
            if (s.eip != origin + T18) {
                return done + 19;
            }

            s.eip = origin + N19;
            O19.execute(cpu, memory, I19);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T18, 20);
            }
            if (COUNT == 20) {
                continue;
            }
            if (s.eip != origin + T19) {
                return done + 20;
            }

            s.eip = origin + N20;
            O20.execute(cpu, memory, I20);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T19, 21);
            }
            if (COUNT == 21) {
                continue;
            }
            if (s.eip != origin + T20) {
                return done + 21;
            }

            s.eip = origin + N21;
            O21.execute(cpu, memory, I21);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T20, 22);
            }
            if (COUNT == 22) {
                continue;
            }
            if (s.eip != origin + T21) {
                return done + 22;
            }

            s.eip = origin + N22;
            O22.execute(cpu, memory, I22);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T21, 23);
            }
            if (COUNT == 23) {
                continue;
            }
            if (s.eip != origin + T22) {
                return done + 23;
            }

            s.eip = origin + N23;
            O23.execute(cpu, memory, I23);
            if (cpu.attention != 0) {
                return done + cpu.stopped(origin + T22, 24);
            }
        } while ((done += COUNT) <= budget - COUNT && s.eip == origin);
        return done;
    }
}
