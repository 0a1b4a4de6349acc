package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** What stores ST(0): FST, FIST, FBSTP and those that pop. Memory is probed before the value is looked at. */
final class FpuStores {
    private FpuStores() {}

    static void bind(OperationTable t) {
        t.bind("FST", FpuGate.computing((cpu, m, i) -> store(cpu, m, i, false)));
        t.bind("FSTP", FpuGate.computing((cpu, m, i) -> store(cpu, m, i, true)));
        t.bind("FSTPNCE", FpuGate.computing(FpuStores::popAnyhow));
        t.bind("FIST", FpuGate.computing((cpu, m, i) -> integer(cpu, m, i, false)));
        t.bind("FISTP", FpuGate.computing((cpu, m, i) -> integer(cpu, m, i, true)));
        t.bind("FBSTP", FpuGate.computing(FpuStores::decimal));
    }

    private static void store(Cpu cpu, MemoryPort m, Instruction i, boolean pop) {
        if (i.memory()) {
            switch (i.form.operand(0)) {
                case Md -> real(cpu, m, i, 4, pop);
                case Mq -> real(cpu, m, i, 8, pop);
                default -> extended(cpu, m, i);
            }
            return;
        }
        Fpu fpu = cpu.fpu();
        if (!fpu.isEmpty(0)) {
            fpu.raise(0);
            fpu.set(i.rm, fpu.significand(0), fpu.exponent(0));
        } else if (fpu.underflow()) {
            fpu.set(i.rm, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
        } else {
            return;
        }
        if (pop) {
            fpu.pop();
        }
    }

    /** D9 D8 to D9 DF: FSTP to a register that takes an empty register as it is. */
    private static void popAnyhow(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (fpu.isEmpty(0)) {
            fpu.raise(0);
            fpu.pop();
        } else {
            store(cpu, m, i, true);
        }
    }

    private static void real(Cpu cpu, MemoryPort m, Instruction i, int size, boolean pop) {
        int at = Operands.address(cpu.s, i);
        if (!m.probeWrite(i.segment, at, size)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        Narrowing narrowing = fpu.arithmetic().narrowing;
        if (!fpu.isEmpty(0)) {
            fpu.arithmetic().a.fromExtended(fpu.significand(0), fpu.exponent(0));
            if (!(size == 4 ? narrowing.real(24, 8) : narrowing.real(53, 11))) {
                return;
            }
        } else if (fpu.underflow()) {
            narrowing.bits = size == 4 ? 0xFFC0_0000 : 0xFFF8_0000_0000_0000L;
        } else {
            return;
        }
        if (size == 4) {
            m.write32(i.segment, at, (int) narrowing.bits);
        } else {
            m.write64(i.segment, at, narrowing.bits);
        }
        if (pop) {
            fpu.pop();
        }
    }

    private static void extended(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (!m.probeWrite(i.segment, at, 10)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        boolean empty = fpu.isEmpty(0);
        if (empty ? !fpu.underflow() : !fpu.raise(0)) {
            return;
        }
        m.write64(i.segment, at, empty ? Fpu.INDEFINITE : fpu.significand(0));
        m.write16(i.segment, FpuGate.offset(i, at, 8), empty ? Fpu.INDEFINITE_EXPONENT : fpu.exponent(0));
        fpu.pop();
    }

    private static void integer(Cpu cpu, MemoryPort m, Instruction i, boolean pop) {
        int size =
                switch (i.form.operand(0)) {
                    case Mw -> 2;
                    case Md -> 4;
                    default -> 8;
                };
        int at = Operands.address(cpu.s, i);
        if (!m.probeWrite(i.segment, at, size)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        Narrowing narrowing = fpu.arithmetic().narrowing;
        if (!fpu.isEmpty(0)) {
            fpu.arithmetic().a.fromExtended(fpu.significand(0), fpu.exponent(0));
            if (!narrowing.integer(size * 8, fpu.rounding())) {
                return;
            }
        } else if (fpu.underflow()) {
            narrowing.bits = -1L << size * 8 - 1;
        } else {
            return;
        }
        switch (size) {
            case 2 -> m.write16(i.segment, at, (int) narrowing.bits);
            case 4 -> m.write32(i.segment, at, (int) narrowing.bits);
            default -> m.write64(i.segment, at, narrowing.bits);
        }
        if (pop) {
            fpu.pop();
        }
    }

    private static void decimal(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (!m.probeWrite(i.segment, at, 10)) {
            return;
        }
        Fpu fpu = cpu.fpu();
        Narrowing narrowing = fpu.arithmetic().narrowing;
        if (!fpu.isEmpty(0)) {
            fpu.arithmetic().a.fromExtended(fpu.significand(0), fpu.exponent(0));
            if (!narrowing.decimal()) {
                return;
            }
        } else if (fpu.underflow()) {
            narrowing.bits = Narrowing.DECIMAL_INDEFINITE_LOW;
            narrowing.upper = Narrowing.DECIMAL_INDEFINITE;
        } else {
            return;
        }
        m.write64(i.segment, at, narrowing.bits);
        m.write16(i.segment, FpuGate.offset(i, at, 8), narrowing.upper);
        fpu.pop();
    }
}
