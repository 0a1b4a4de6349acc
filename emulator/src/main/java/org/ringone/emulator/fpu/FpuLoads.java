package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.op.Operands;
import org.ringone.emulator.real.Elementary.Constant;
import org.ringone.emulator.real.Real;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** What pushes a value: FLD, FILD, FBLD and the constants. */
final class FpuLoads {
    private FpuLoads() {}

    static void bind(OperationTable t) {
        t.choose("FLD", i -> FpuGate.computing(load(i.form.operand(0))));
        t.bind("FILD", FpuGate.computing(FpuLoads::integer));
        t.bind("FBLD", FpuGate.computing(FpuLoads::decimal));
        t.bind("FLD1", FpuGate.computing((cpu, m, i) -> cpu.fpu().push(Real.INTEGER_BIT, Real.BIAS)));
        t.bind("FLDZ", FpuGate.computing((cpu, m, i) -> cpu.fpu().push(0, 0)));
        t.bind("FLDL2T", constant(Constant.LOG2_10));
        t.bind("FLDL2E", constant(Constant.LOG2_E));
        t.bind("FLDPI", constant(Constant.PI));
        t.bind("FLDLG2", constant(Constant.LOG10_2));
        t.bind("FLDLN2", constant(Constant.LN_2));
    }

    private static Operation load(Operand operand) {
        return switch (operand) {
            case Md -> FpuLoads::single;
            case Mq -> FpuLoads::longReal;
            case Mt -> FpuLoads::extended;
            default -> FpuLoads::register;
        };
    }

    /** The constants are rounded by the rounding mode to 64 bits, which sets no flag. */
    private static Operation constant(Constant constant) {
        return FpuGate.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            FpuArithmetic x = fpu.arithmetic();
            constant.into(x.result);
            x.rounder.round(x.result, 64, FpuArithmetic.LEAST, FpuArithmetic.MOST, fpu.rounding(), 0, false);
            fpu.push(x.rounder.significand, x.rounder.exponent + Real.BIAS);
        });
    }

    private static void register(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        int n = i.rm;
        if (!fpu.isEmpty(n)) {
            fpu.push(fpu.significand(n), fpu.exponent(n));
        } else if (fpu.underflow()) {
            fpu.rotateForPush();
            fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
        }
    }

    private static void extended(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (!m.probeRead(i.segment, at, 10)) {
            return;
        }
        long significand = m.read64(i.segment, at);
        int exponent = m.read16(i.segment, FpuGate.offset(i, at, 8));
        if (!cpu.faulted()) {
            cpu.fpu().push(significand, exponent);
        }
    }

    private static void single(Cpu cpu, MemoryPort m, Instruction i) {
        int bits = m.read32(i.segment, Operands.address(cpu.s, i));
        if (!cpu.faulted()) {
            Real a = cpu.fpu().arithmetic().a;
            a.fromSingle(bits);
            push(cpu.fpu(), a);
        }
    }

    private static void longReal(Cpu cpu, MemoryPort m, Instruction i) {
        long bits = m.read64(i.segment, Operands.address(cpu.s, i));
        if (!cpu.faulted()) {
            Real a = cpu.fpu().arithmetic().a;
            a.fromDouble(bits);
            push(cpu.fpu(), a);
        }
    }

    private static void push(Fpu fpu, Real a) {
        boolean signaling = a.kind == Real.Kind.SIGNALING;
        int flags = signaling ? Fpu.INVALID : a.denormal ? Fpu.DENORMAL : 0;
        if (fpu.isEmpty(7) && flags != 0 && !fpu.raise(flags) && signaling) {
            return; // an unmasked denormal is loaded all the same
        }
        int biased = a.zero() ? 0 : a.infinite() || a.nan() ? Real.EXTENDED_MOST : a.exponent + Real.BIAS;
        fpu.push(signaling ? a.high | Real.QUIET_BIT : a.high, (a.negative ? 0x8000 : 0) | biased);
    }

    private static void integer(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        long value =
                switch (i.form.operand(0)) {
                    case Mw -> (short) m.read16(i.segment, at);
                    case Md -> m.read32(i.segment, at);
                    default -> m.read64(i.segment, at);
                };
        if (!cpu.faulted()) {
            Real a = cpu.fpu().arithmetic().a;
            a.fromInteger(value);
            push(cpu.fpu(), a);
        }
    }

    private static void decimal(Cpu cpu, MemoryPort m, Instruction i) {
        int at = Operands.address(cpu.s, i);
        if (!m.probeRead(i.segment, at, 10)) {
            return;
        }
        long low = m.read64(i.segment, at);
        int upper = m.read16(i.segment, FpuGate.offset(i, at, 8));
        if (!cpu.faulted()) {
            Real a = cpu.fpu().arithmetic().a;
            a.fromInteger(Narrowing.fromDecimal(low, upper));
            a.negative = (upper & 0x8000) != 0;
            push(cpu.fpu(), a);
        }
    }
}
