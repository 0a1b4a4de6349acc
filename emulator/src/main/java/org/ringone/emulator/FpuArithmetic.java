package org.ringone.emulator;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Floating-point arithmetic and comparisons with a register or with memory. */
final class FpuArithmetic {

    /** An operation on two numbers; the result stands in the arithmetic. */
    private interface Binary {
        void apply(ExtendedArithmetic x, long a, int aExponent, long b, int bExponent);
    }

    private static final int CF = 1;
    private static final int PF = 1 << 2;
    private static final int ZF = 1 << 6;

    /** CF, PF, AF, ZF, SF and OF. */
    private static final int ARITHMETIC_FLAGS = 0x8D5;

    private FpuArithmetic() {}

    static void bind(OperationTable t) {
        arithmetic(t, "ADD", ExtendedArithmetic::add);
        arithmetic(t, "MUL", ExtendedArithmetic::multiply);
        arithmetic(t, "SUB", ExtendedArithmetic::subtract);
        arithmetic(t, "SUBR", (x, a, ae, b, be) -> x.subtract(b, be, a, ae));
        arithmetic(t, "DIV", ExtendedArithmetic::divide);
        arithmetic(t, "DIVR", (x, a, ae, b, be) -> x.divide(b, be, a, ae));
        t.bind("FSQRT", FpuInstructions.computing(FpuArithmetic::squareRoot));
        comparison(t, "FCOM", 0, false);
        comparison(t, "FCOMP", 1, false);
        comparison(t, "FCOMPP", 2, false);
        comparison(t, "FICOM", 0, false);
        comparison(t, "FICOMP", 1, false);
        comparison(t, "FUCOM", 0, true);
        comparison(t, "FUCOMP", 1, true);
        comparison(t, "FUCOMPP", 2, true);
        t.bind("FTST", FpuInstructions.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (fpu.isEmpty(0)) {
                notComparable(fpu, 0);
            } else {
                fpu.arithmetic().source(0);
                decide(fpu, fpu.arithmetic(), 0, 0, 0, false);
            }
        }));
        flagComparison(t, "FCOMI", 0, false);
        flagComparison(t, "FCOMIP", 1, false);
        flagComparison(t, "FUCOMI", 0, true);
        flagComparison(t, "FUCOMIP", 1, true);
    }

    private static void arithmetic(OperationTable t, String name, Binary operation) {
        t.bind("F" + name, FpuInstructions.computing((cpu, m, i) -> binary(cpu, m, i, operation, false)));
        t.bind("F" + name + "P", FpuInstructions.computing((cpu, m, i) -> binary(cpu, m, i, operation, true)));
        t.bind("FI" + name, FpuInstructions.computing((cpu, m, i) -> binary(cpu, m, i, operation, false)));
    }

    private static void binary(Cpu cpu, MemoryPort m, Instruction i, Binary operation, boolean pop) {
        Fpu fpu = cpu.fpu();
        ExtendedArithmetic x = fpu.arithmetic();
        int target = 0;
        long b;
        int bExponent;
        if (i.memory()) {
            ExtendedReal operand = operand(cpu, m, i);
            if (cpu.faulted()) {
                return;
            }
            b = operand.significand();
            bExponent = operand.exponent();
            if (fpu.isEmpty(0)) {
                missing(fpu, 0, false);
                return;
            }
        } else {
            boolean toOther = i.form.operand(0) == Operand.STi;
            target = toOther ? i.rm : 0;
            int source = toOther ? 0 : i.rm;
            if (fpu.isEmpty(0) || fpu.isEmpty(i.rm)) {
                missing(fpu, target, pop);
                return;
            }
            x.source(0);
            b = fpu.significand(source);
            bExponent = fpu.exponent(source);
        }
        operation.apply(x, fpu.significand(target), fpu.exponent(target), b, bExponent);
        if (!x.prevented()) {
            fpu.set(target, x.significand(), x.exponent());
            if (pop) {
                fpu.pop();
            }
        }
    }

    /** The masked response to an empty register: the default NaN. */
    private static void missing(Fpu fpu, int target, boolean pop) {
        if (fpu.underflow()) {
            fpu.set(target, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            if (pop) {
                fpu.pop();
            }
        }
    }

    /** The operand in memory as an extended number; the arithmetic is told if it was denormal. */
    private static ExtendedReal operand(Cpu cpu, MemoryPort m, Instruction i) {
        ExtendedReal real = cpu.fpu().real();
        int at = Operands.address(cpu.s, i);
        boolean integer = i.form.mnemonic().startsWith("FI");
        int flags = 0;
        switch (i.form.operand(i.form.operands() - 1)) {
            case Mw -> real.fromInteger((short) m.read16(i.segment, at));
            case Mq -> flags = real.operandFromDouble(m.read64(i.segment, at));
            default -> {
                int bits = m.read32(i.segment, at);
                if (integer) {
                    real.fromInteger(bits);
                } else {
                    flags = real.operandFromFloat(bits);
                }
            }
        }
        cpu.fpu().arithmetic().source(flags);
        return real;
    }

    private static void squareRoot(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (fpu.isEmpty(0)) {
            missing(fpu, 0, false);
            return;
        }
        ExtendedArithmetic x = fpu.arithmetic();
        x.squareRoot(fpu.significand(0), fpu.exponent(0));
        if (!x.prevented()) {
            fpu.set(0, x.significand(), x.exponent());
        }
    }

    // ---- comparisons

    private static void comparison(OperationTable t, String name, int pops, boolean quietly) {
        t.bind(name, FpuInstructions.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            ExtendedArithmetic x = fpu.arithmetic();
            if (i.memory()) {
                ExtendedReal operand = operand(cpu, m, i);
                if (cpu.faulted()) {
                    return;
                }
                if (fpu.isEmpty(0)) {
                    notComparable(fpu, pops);
                } else {
                    decide(fpu, x, operand.significand(), operand.exponent(), pops, quietly);
                }
                return;
            }
            int other = i.form.operands() == 0 ? 1 : i.rm;
            if (fpu.isEmpty(0) || fpu.isEmpty(other)) {
                notComparable(fpu, pops);
            } else {
                x.source(0);
                decide(fpu, x, fpu.significand(other), fpu.exponent(other), pops, quietly);
            }
        }));
    }

    private static void notComparable(Fpu fpu, int pops) {
        boolean goesOn = fpu.underflow();
        fpu.condition(Fpu.C0 | Fpu.C2 | Fpu.C3);
        if (goesOn) {
            pop(fpu, pops);
        }
    }

    private static void decide(Fpu fpu, ExtendedArithmetic x, long b, int bExponent, int pops, boolean quietly) {
        int codes = x.compare(fpu.significand(0), fpu.exponent(0), b, bExponent, quietly);
        fpu.condition(codes);
        if (!x.prevented()) {
            pop(fpu, pops);
        }
    }

    private static void pop(Fpu fpu, int pops) {
        for (int n = 0; n < pops; n++) {
            fpu.pop();
        }
    }

    private static void flagComparison(OperationTable t, String name, int pops, boolean quietly) {
        t.bind(name, FpuInstructions.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            int codes = Fpu.C0 | Fpu.C2 | Fpu.C3;
            boolean goesOn;
            if (fpu.isEmpty(0) || fpu.isEmpty(i.rm)) {
                goesOn = fpu.underflow();
            } else {
                ExtendedArithmetic x = fpu.arithmetic();
                x.source(0);
                codes = x.compare(
                        fpu.significand(0), fpu.exponent(0), fpu.significand(i.rm), fpu.exponent(i.rm), quietly);
                goesOn = !x.prevented();
            }
            if (goesOn) {
                int flags = ((codes & Fpu.C0) != 0 ? CF : 0)
                        | ((codes & Fpu.C2) != 0 ? PF : 0)
                        | ((codes & Fpu.C3) != 0 ? ZF : 0);
                cpu.s.eflags(cpu.s.eflags() & ~ARITHMETIC_FLAGS | flags);
                pop(fpu, pops);
            }
        }));
    }
}
