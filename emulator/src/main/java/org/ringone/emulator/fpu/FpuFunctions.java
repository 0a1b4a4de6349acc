package org.ringone.emulator.fpu;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.real.Real;
import org.ringone.x86.Instruction;

/** Square root, rounding, scaling, remainders and the transcendental functions. */
final class FpuFunctions {
    /** Leaves a result in the workspace; false when an unmasked exception prevents it. */
    private interface Function {
        boolean of(FpuArithmetic x);
    }

    private FpuFunctions() {}

    static void bind(OperationTable t) {
        t.bind("FSQRT", unary(FpuArithmetic::squareRoot));
        t.bind("FRNDINT", unary(FpuArithmetic::roundToInteger));
        t.bind("F2XM1", unary(x -> x.transcendental.powerLessOne()));
        t.bind("FSCALE", binary(FpuArithmetic::scale, 0, false));
        t.bind("FPREM", remainder(false));
        t.bind("FPREM1", remainder(true));
        t.bind("FPATAN", binary(x -> x.transcendental.angle(), 1, true));
        t.bind("FYL2X", binary(x -> x.transcendental.logarithm(), 1, true));
        t.bind("FYL2XP1", binary(x -> x.transcendental.logarithmOfOneMore(), 1, true));
        t.bind("FSIN", trigonometric(x -> x.transcendental.sine()));
        t.bind("FCOS", trigonometric(x -> x.transcendental.cosine()));
        t.bind("FSINCOS", FpuGate.computing(FpuFunctions::sineAndCosine));
        t.bind("FPTAN", FpuGate.computing(FpuFunctions::tangent));
        t.bind("FXTRACT", FpuGate.computing(FpuFunctions::extract));
    }

    private static void load(Fpu fpu, int n, Real to) {
        to.fromExtended(fpu.significand(n), fpu.exponent(n));
    }

    private static Operation unary(Function function) {
        return FpuGate.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (fpu.isEmpty(0)) {
                indefinite(fpu, 0);
                return;
            }
            FpuArithmetic x = fpu.arithmetic();
            load(fpu, 0, x.a);
            if (function.of(x)) {
                fpu.set(0, x.significand, x.exponent);
            }
        });
    }

    private static boolean indefinite(Fpu fpu, int n) {
        if (fpu.underflow()) {
            fpu.set(n, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            return true;
        }
        return false;
    }

    private static Operation remainder(boolean nearest) {
        Function take = x -> x.remainder.take(nearest);
        return FpuGate.computing((cpu, m, i) -> {
            cpu.fpu().incomplete(false);
            binary(cpu.fpu(), take, 0, false);
        });
    }

    private static Operation binary(Function function, int destination, boolean pop) {
        return FpuGate.computing((cpu, m, i) -> binary(cpu.fpu(), function, destination, pop));
    }

    private static void binary(Fpu fpu, Function function, int destination, boolean pop) {
        if (fpu.isEmpty(0) || fpu.isEmpty(1)) {
            if (!indefinite(fpu, destination)) {
                return;
            }
        } else {
            FpuArithmetic x = fpu.arithmetic();
            load(fpu, 0, x.a);
            load(fpu, 1, x.b);
            if (!function.of(x)) {
                return;
            }
            fpu.set(destination, x.significand, x.exponent);
        }
        if (pop) {
            fpu.pop();
        }
    }

    private static Operation trigonometric(Function function) {
        return FpuGate.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (fpu.isEmpty(0)) {
                fpu.incomplete(false);
                indefinite(fpu, 0);
            } else if (reducible(fpu)) {
                FpuArithmetic x = fpu.arithmetic();
                if (function.of(x)) {
                    fpu.set(0, x.significand, x.exponent);
                }
            }
        });
    }

    /** Loads the operand; one out of range sets C2 and nothing more. */
    private static boolean reducible(Fpu fpu) {
        FpuArithmetic x = fpu.arithmetic();
        load(fpu, 0, x.a);
        boolean out = x.transcendental.outOfRange();
        if (out) {
            fpu.raise(0);
        }
        fpu.incomplete(out);
        return !out;
    }

    /** Whether there is a value and room for another one; else the masked response follows. */
    private static boolean canPush(Fpu fpu) {
        boolean missing = fpu.isEmpty(0);
        if (!missing && fpu.isEmpty(7)) {
            return true;
        }
        if (missing ? fpu.underflow() : fpu.raise(Fpu.INVALID | Fpu.STACK | Fpu.C1)) {
            fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            fpu.rotateForPush();
            fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
        }
        return false;
    }

    private static void both(Fpu fpu, long first, int firstExponent, long second, int secondExponent) {
        fpu.set(0, first, firstExponent);
        fpu.rotateForPush();
        fpu.set(0, second, secondExponent);
    }

    private static void sineAndCosine(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (!canPush(fpu)) {
            fpu.incomplete(false);
            return;
        }
        if (!reducible(fpu)) {
            return;
        }
        FpuArithmetic x = fpu.arithmetic();
        if (!x.transcendental.sine()) {
            return;
        }
        long sine = x.significand;
        int sineExponent = x.exponent;
        if (x.transcendental.cosine()) {
            both(fpu, sine, sineExponent, x.significand, x.exponent);
        }
    }

    private static void tangent(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (!canPush(fpu)) {
            fpu.incomplete(false);
            return;
        }
        if (!reducible(fpu)) {
            return;
        }
        FpuArithmetic x = fpu.arithmetic();
        if (x.transcendental.tangent()) {
            boolean nan = (x.exponent & Real.EXTENDED_MOST) == Real.EXTENDED_MOST;
            both(fpu, x.significand, x.exponent, nan ? x.significand : Real.INTEGER_BIT, nan ? x.exponent : Real.BIAS);
        }
    }

    private static void extract(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (!canPush(fpu)) {
            return;
        }
        FpuArithmetic x = fpu.arithmetic();
        Real a = x.a;
        load(fpu, 0, a);
        int sign = a.negative ? 0x8000 : 0;
        switch (a.kind) {
            case UNSUPPORTED, QUIET, SIGNALING -> {
                if (x.nan(a)) {
                    both(fpu, x.significand, x.exponent, x.significand, x.exponent);
                }
            }
            case INFINITE -> {
                fpu.raise(0);
                both(fpu, Real.INTEGER_BIT, Real.EXTENDED_MOST, Real.INTEGER_BIT, sign | Real.EXTENDED_MOST);
            }
            case ZERO -> {
                if (x.infinity(true, Fpu.ZERO_DIVIDE)) {
                    both(fpu, x.significand, x.exponent, 0, sign);
                }
            }
            case FINITE -> {
                if (!fpu.raise(a.denormal ? Fpu.DENORMAL : 0)) {
                    return;
                }
                x.result.fromInteger(a.exponent);
                int biased = x.result.zero() ? 0 : x.result.exponent + Real.BIAS;
                both(fpu, x.result.high, (x.result.negative ? 0x8000 : 0) | biased, a.high, sign | Real.BIAS);
            }
        }
    }
}
