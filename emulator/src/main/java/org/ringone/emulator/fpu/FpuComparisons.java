package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.real.Real;
import org.ringone.x86.Instruction;

/** FCOM and its relatives: they set C0, C2 and C3, or flags of the processor. */
final class FpuComparisons {
    private static final int UNORDERED = Fpu.C0 | Fpu.C2 | Fpu.C3;
    private static final int UNMASKED = 1 << 16;

    private FpuComparisons() {}

    static void bind(OperationTable t) {
        t.choose("FCOM", i -> i.memory() ? memory(0) : registers(0, false, false));
        t.choose("FCOMP", i -> i.memory() ? memory(1) : registers(1, false, false));
        t.bind("FCOMPP", registers(2, false, false));
        t.bind("FUCOM", registers(0, true, false));
        t.bind("FUCOMP", registers(1, true, false));
        t.bind("FUCOMPP", registers(2, true, false));
        t.bind("FICOM", memory(0));
        t.bind("FICOMP", memory(1));
        t.bind("FCOMI", registers(0, false, true));
        t.bind("FCOMIP", registers(1, false, true));
        t.bind("FUCOMI", registers(0, true, true));
        t.bind("FUCOMIP", registers(1, true, true));
        t.bind("FTST", FpuGate.computing(FpuComparisons::test));
        t.bind("FXAM", FpuGate.computing(FpuComparisons::examine));
    }

    private static Operation memory(int pops) {
        return FpuGate.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            FpuArithmetic x = fpu.arithmetic();
            if (FpuOperations.read(cpu, m, i, x.b)) {
                int result = fpu.isEmpty(0) ? missing(fpu) : compareTop(fpu, false);
                end(cpu, result, false, pops);
            }
        });
    }

    /** @param quiet whether quiet NaNs are no invalid operands, @param flags whether the result goes to EFLAGS */
    private static Operation registers(int pops, boolean quiet, boolean flags) {
        return FpuGate.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            int n = pops == 2 ? 1 : i.rm;
            int result;
            if (fpu.isEmpty(0) || fpu.isEmpty(n)) {
                result = missing(fpu);
            } else {
                fpu.arithmetic().b.fromExtended(fpu.significand(n), fpu.exponent(n));
                result = compareTop(fpu, quiet);
            }
            end(cpu, result, flags, pops);
        });
    }

    private static int missing(Fpu fpu) {
        return UNORDERED | (fpu.underflow() ? 0 : UNMASKED);
    }

    private static int compareTop(Fpu fpu, boolean quiet) {
        FpuArithmetic x = fpu.arithmetic();
        x.a.fromExtended(fpu.significand(0), fpu.exponent(0));
        return compare(fpu, x, quiet);
    }

    /**
     * The condition bits, with {@link #UNMASKED} when an exception is not masked: then nothing is popped. The bits are set all the same,
     * as on AMD's processors.
     */
    private static int compare(Fpu fpu, FpuArithmetic x, boolean quiet) {
        if (x.special()) {
            boolean valid = quiet && valid(x.a) && valid(x.b);
            return UNORDERED | (fpu.note(valid ? 0 : Fpu.INVALID) ? 0 : UNMASKED);
        }
        int order = x.a.compare(x.b);
        int bits = order > 0 ? 0 : order < 0 ? Fpu.C0 : Fpu.C3;
        return fpu.note(x.denormal()) ? bits : bits | UNMASKED;
    }

    private static boolean valid(Real r) {
        return r.kind != Real.Kind.SIGNALING && r.kind != Real.Kind.UNSUPPORTED;
    }

    private static void end(Cpu cpu, int conditions, boolean flags, int pops) {
        Fpu fpu = cpu.fpu();
        if (flags) {
            CpuState s = cpu.s;
            int bits = (conditions & Fpu.C0) != 0 ? StatusFlags.CF : 0;
            bits |= (conditions & Fpu.C2) != 0 ? StatusFlags.PF : 0;
            bits |= (conditions & Fpu.C3) != 0 ? StatusFlags.ZF : 0;
            StatusFlags.unpack(s, bits);
        } else {
            fpu.conditions(conditions & UNORDERED);
        }
        for (int n = 0; n < pops && (conditions & UNMASKED) == 0; n++) {
            fpu.pop();
        }
    }

    private static void test(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        fpu.arithmetic().b.fromInteger(0);
        end(cpu, fpu.isEmpty(0) ? missing(fpu) : compareTop(fpu, false), false, 0);
    }

    private static void examine(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        Real a = fpu.arithmetic().a;
        a.fromExtended(fpu.significand(0), fpu.exponent(0));
        int kind =
                switch (a.kind) {
                    case UNSUPPORTED -> 0;
                    case QUIET, SIGNALING -> Fpu.C0;
                    case FINITE -> a.denormal ? Fpu.C2 | Fpu.C3 : Fpu.C2;
                    case INFINITE -> Fpu.C0 | Fpu.C2;
                    case ZERO -> Fpu.C3;
                };
        fpu.conditions((fpu.isEmpty(0) ? Fpu.C0 | Fpu.C3 : kind) | (a.negative ? Fpu.C1 : 0));
    }
}
