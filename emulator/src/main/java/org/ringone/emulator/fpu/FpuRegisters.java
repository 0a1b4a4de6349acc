package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.x86.Instruction;

/** What moves registers about, or changes a sign: none looks at a value. */
final class FpuRegisters {
    private static final int SIGN = 0x8000;

    private FpuRegisters() {}

    static void bind(OperationTable t) {
        t.bind("FXCH", FpuGate.computing(FpuRegisters::exchange));
        t.bind("FCHS", sign(true));
        t.bind("FABS", sign(false));
        t.bind("FFREE", FpuGate.computing((cpu, m, i) -> cpu.fpu().free(i.rm)));
        t.bind("FFREEP", FpuGate.computing((cpu, m, i) -> {
            cpu.fpu().free(i.rm);
            cpu.fpu().pop();
        }));
        t.bind("FINCSTP", FpuGate.computing((cpu, m, i) -> cpu.fpu().rotate(1)));
        t.bind("FDECSTP", FpuGate.computing((cpu, m, i) -> cpu.fpu().rotate(-1)));
        String[] names = {"FCMOVB", "FCMOVE", "FCMOVBE", "FCMOVU", "FCMOVNB", "FCMOVNE", "FCMOVNBE", "FCMOVNU"};
        int[] conditions = {2, 4, 6, 10, 3, 5, 7, 11};
        for (int n = 0; n < names.length; n++) {
            int condition = conditions[n];
            t.bind(names[n], FpuGate.computing((cpu, m, i) -> move(cpu, i.rm, condition)));
        }
    }

    private static void exchange(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        int n = i.rm;
        boolean missing = fpu.isEmpty(0) || fpu.isEmpty(n);
        if (missing ? !fpu.underflow() : !fpu.raise(0)) {
            return;
        }
        long a = fpu.isEmpty(0) ? Fpu.INDEFINITE : fpu.significand(0);
        int aExponent = fpu.isEmpty(0) ? Fpu.INDEFINITE_EXPONENT : fpu.exponent(0);
        long b = fpu.isEmpty(n) ? Fpu.INDEFINITE : fpu.significand(n);
        int bExponent = fpu.isEmpty(n) ? Fpu.INDEFINITE_EXPONENT : fpu.exponent(n);
        fpu.set(0, b, bExponent);
        fpu.set(n, a, aExponent);
    }

    /** The sign is turned over or cleared. */
    private static Operation sign(boolean turned) {
        return FpuGate.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (!fpu.isEmpty(0)) {
                fpu.raise(0);
                int e = fpu.exponent(0);
                fpu.set(0, fpu.significand(0), turned ? e ^ SIGN : e & ~SIGN);
            } else if (fpu.underflow()) {
                fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            }
        });
    }

    private static void move(Cpu cpu, int n, int condition) {
        Fpu fpu = cpu.fpu();
        if (fpu.isEmpty(0) || fpu.isEmpty(n)) {
            if (fpu.underflow()) {
                fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            }
            return;
        }
        if (StatusFlags.condition(cpu.s, condition)) {
            fpu.set(0, fpu.significand(n), fpu.exponent(n));
        }
    }
}
