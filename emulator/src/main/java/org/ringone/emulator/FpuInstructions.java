package org.ringone.emulator;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/**
 * The floating-point instructions that a kernel needs to keep and check the unit's state: loads, stores, control and images. An
 * exception that is unmasked waits for the next waiting instruction, which raises #MF (with CR0.NE clear, where a PC would raise an
 * external interrupt, it is ignored).
 */
final class FpuInstructions {
    private static final long ONE = Fpu.INTEGER_BIT;

    private FpuInstructions() {}

    static void bind(OperationTable t) {
        t.bind("WAIT", FpuInstructions::await);
        t.bind("FNINIT", control((cpu, m, i) -> cpu.fpu().reset()));
        t.bind("FNCLEX", control((cpu, m, i) -> cpu.fpu().clearExceptions()));
        t.bind("FNSTSW", control(FpuInstructions::storeStatus));
        t.bind(
                "FNSTCW",
                control((cpu, m, i) -> m.write16(
                        i.segment, Operands.address(cpu.s, i), cpu.fpu().control())));
        t.bind("FLDCW", waiting((cpu, m, i) -> {
            int value = m.read16(i.segment, Operands.address(cpu.s, i));
            if (!cpu.faulted()) {
                cpu.fpu().control(value);
            }
        }));
        t.bind("FLD1", computing((cpu, m, i) -> cpu.fpu().push(ONE, ExtendedReal.BIAS)));
        t.bind("FLDZ", computing((cpu, m, i) -> cpu.fpu().push(0, 0)));
        t.bind("FLD", computing(FpuInstructions::load));
        t.bind("FILD", computing(FpuInstructions::loadInteger));
        t.bind("FST", computing((cpu, m, i) -> store(cpu, m, i, false)));
        t.bind("FSTP", computing((cpu, m, i) -> store(cpu, m, i, true)));
        t.bind("FIST", computing((cpu, m, i) -> storeInteger(cpu, m, i, false)));
        t.bind("FISTP", computing((cpu, m, i) -> storeInteger(cpu, m, i, true)));
        t.bind("FXCH", computing(FpuInstructions::exchange));
        t.bind("FNSTENV", control(FpuImages::saveEnvironment));
        t.bind("FLDENV", waiting(FpuImages::restoreEnvironment));
        t.bind("FNOLD", control((cpu, m, i) -> {}));
        t.bind("FNSAVE", control(FpuImages::save));
        t.bind("FRSTOR", waiting(FpuImages::restore));
        t.bind("FXSAVE", control(FpuImages::saveExtended));
        t.bind("FXRSTOR", control(FpuImages::restoreExtended));
    }

    /** Whether the unit may be used; #NM if not. */
    private static boolean available(Cpu cpu) {
        if ((cpu.s.cr0 & (CpuState.CR0_EM | CpuState.CR0_TS)) != 0) {
            cpu.fault(Vector.NM);
            return false;
        }
        return true;
    }

    private static boolean noneWaiting(Cpu cpu) {
        if (cpu.fpu().pending() && (cpu.s.cr0 & CpuState.CR0_NE) != 0) {
            cpu.fault(Vector.MF);
            return false;
        }
        return true;
    }

    private static void await(Cpu cpu, MemoryPort m, Instruction i) {
        int both = CpuState.CR0_MP | CpuState.CR0_TS;
        if ((cpu.s.cr0 & both) == both) {
            cpu.fault(Vector.NM);
        } else {
            noneWaiting(cpu);
        }
    }

    /** An instruction that does not wait for exceptions. */
    private static Operation control(Operation operation) {
        return (cpu, m, i) -> {
            if (available(cpu)) {
                operation.execute(cpu, m, i);
            }
        };
    }

    private static Operation waiting(Operation operation) {
        return (cpu, m, i) -> {
            if (available(cpu) && noneWaiting(cpu)) {
                operation.execute(cpu, m, i);
            }
        };
    }

    /** A waiting instruction that the instruction and operand pointers remember. */
    static Operation computing(Operation operation) {
        return waiting((cpu, m, i) -> {
            operation.execute(cpu, m, i);
            if (!cpu.faulted()) {
                remember(cpu, i);
            }
        });
    }

    private static void remember(Cpu cpu, Instruction i) {
        Fpu fpu = cpu.fpu();
        fpu.instructionPointer = cpu.s.eip - i.length;
        fpu.instructionSelector = cpu.s.selector[CpuState.CS];
        fpu.opcode = opcode(i);
        if (i.memory()) {
            fpu.operandPointer = Operands.address(cpu.s, i);
            fpu.operandSelector = cpu.s.selector[i.segment];
        }
    }

    /** The low three bits of the first opcode byte, and the second byte. */
    private static int opcode(Instruction i) {
        return (i.opcode & 7) << 8 | i.mod << 6 | i.reg << 3 | i.rm;
    }

    private static void storeStatus(Cpu cpu, MemoryPort m, Instruction i) {
        if (i.memory()) {
            m.write16(i.segment, Operands.address(cpu.s, i), cpu.fpu().status());
        } else {
            Operands.register(cpu.s, CpuState.EAX, 2, cpu.fpu().status());
        }
    }

    private static void load(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (!i.memory()) {
            int n = i.rm;
            if (!fpu.isEmpty(n)) {
                fpu.push(fpu.significand(n), fpu.exponent(n));
            } else if (fpu.underflow()) {
                fpu.push(Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            }
            return;
        }
        int at = Operands.address(cpu.s, i);
        ExtendedReal real = fpu.real();
        if (i.form.operand(0) == Operand.Mt) {
            long significand = m.read64(i.segment, at);
            int exponent = m.read16(i.segment, offset(i, at, 8));
            if (!cpu.faulted()) {
                fpu.push(significand, exponent);
            }
            return;
        }
        if (i.form.operand(0) == Operand.Md) {
            int bits = m.read32(i.segment, at);
            if (cpu.faulted()) {
                return;
            }
            real.fromFloat(bits);
        } else {
            long bits = m.read64(i.segment, at);
            if (cpu.faulted()) {
                return;
            }
            real.fromDouble(bits);
        }
        if (!real.prevented()) {
            fpu.push(real.significand(), real.exponent());
        }
    }

    private static int offset(Instruction i, int at, int bytes) {
        return i.addressSize == 4 ? at + bytes : at + bytes & 0xFFFF;
    }

    private static void loadInteger(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        long value =
                switch (i.form.operand(0)) {
                    case Mw -> (short) m.read16(i.segment, at);
                    case Md -> m.read32(i.segment, at);
                    default -> m.read64(i.segment, at);
                };
        if (!cpu.faulted()) {
            ExtendedReal real = cpu.fpu().real();
            real.fromInteger(value);
            cpu.fpu().push(real.significand(), real.exponent());
        }
    }

    private static void store(Cpu cpu, MemoryPort m, Instruction i, boolean pop) {
        Fpu fpu = cpu.fpu();
        int size =
                switch (i.form.operand(0)) {
                    case Md -> 4;
                    case Mq -> 8;
                    case Mt -> 10;
                    default -> 0;
                };
        int at = i.memory() ? Operands.address(cpu.s, i) : 0;
        if (size != 0 && !m.probeWrite(i.segment, at, size)) {
            return;
        }
        long significand = fpu.significand(0);
        int exponent = fpu.exponent(0);
        if (fpu.isEmpty(0)) {
            if (!fpu.underflow()) {
                return;
            }
            significand = Fpu.INDEFINITE;
            exponent = Fpu.INDEFINITE_EXPONENT;
        } else {
            fpu.raise(0);
        }
        ExtendedReal real = fpu.real();
        long bits =
                switch (size) {
                    case 4 -> real.toFloat(significand, exponent);
                    case 8 -> real.toDouble(significand, exponent);
                    default -> 0;
                };
        if (real.prevented()) {
            return;
        }
        switch (size) {
            case 4 -> m.write32(i.segment, at, (int) bits);
            case 8 -> m.write64(i.segment, at, bits);
            case 10 -> {
                m.write64(i.segment, at, significand);
                m.write16(i.segment, offset(i, at, 8), exponent);
            }
            default -> fpu.set(i.rm, significand, exponent);
        }
        if (pop) {
            fpu.pop();
        }
    }

    private static void storeInteger(Cpu cpu, MemoryPort m, Instruction i, boolean pop) {
        Fpu fpu = cpu.fpu();
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
        long value = -1L << size * 8 - 1;
        if (fpu.isEmpty(0)) {
            if (!fpu.underflow()) {
                return;
            }
        } else {
            fpu.raise(0);
            ExtendedReal real = fpu.real();
            value = real.toInteger(fpu.significand(0), fpu.exponent(0), size * 8);
            if (real.prevented()) {
                return;
            }
        }
        switch (size) {
            case 2 -> m.write16(i.segment, at, (int) value);
            case 4 -> m.write32(i.segment, at, (int) value);
            default -> m.write64(i.segment, at, value);
        }
        if (pop) {
            fpu.pop();
        }
    }

    private static void exchange(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        int n = i.rm;
        boolean missing = fpu.isEmpty(0) || fpu.isEmpty(n);
        if (missing && !fpu.underflow()) {
            return;
        }
        long a = fpu.isEmpty(0) ? Fpu.INDEFINITE : fpu.significand(0);
        int aExponent = fpu.isEmpty(0) ? Fpu.INDEFINITE_EXPONENT : fpu.exponent(0);
        long b = fpu.isEmpty(n) ? Fpu.INDEFINITE : fpu.significand(n);
        int bExponent = fpu.isEmpty(n) ? Fpu.INDEFINITE_EXPONENT : fpu.exponent(n);
        if (!missing) {
            fpu.raise(0);
        }
        fpu.set(0, b, bExponent);
        fpu.set(n, a, aExponent);
    }
}
