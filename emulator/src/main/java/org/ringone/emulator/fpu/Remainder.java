package org.ringone.emulator.fpu;

import org.ringone.emulator.real.Real;

/** The partial remainders of {@link FpuArithmetic#a} by {@link FpuArithmetic#b}: FPREM and FPREM1. */
final class Remainder {
    /** How much one step reduces the difference of the exponents by when it is too large for one. */
    private static final int STEP = 32;

    private final Fpu fpu;
    private final FpuArithmetic x;

    Remainder(Fpu fpu, FpuArithmetic x) {
        this.fpu = fpu;
        this.x = x;
    }

    /**
     * Takes the remainder.
     *
     * @param nearest whether the quotient is rounded to the nearest integer (FPREM1) or cut
     * @return false when an unmasked exception prevents a result
     */
    boolean take(boolean nearest) {
        Real a = x.a;
        Real b = x.b;
        if (x.special()) {
            return x.nans();
        }
        if (a.infinite() || b.zero()) {
            return x.indefinite();
        }
        int before = x.denormal();
        if (fpu.prevented(before)) {
            return false;
        }
        if (a.zero()) {
            fpu.conditions(0);
            return x.zero(a.negative, before);
        }
        if (b.infinite()) {
            fpu.conditions(0);
            x.result.copy(a);
            return x.round(x.result, 64, before);
        }
        return finite(a, b, nearest, before);
    }

    private boolean finite(Real a, Real b, boolean nearest, int before) {
        int distance = a.exponent - b.exponent;
        boolean complete = distance < 64;
        int steps = complete ? distance : STEP + distance % STEP;
        long quotient = 0;
        long rest = a.high;
        long divisor = b.high;
        int e = a.exponent;
        if (distance >= 0) {
            // the rest is less than twice the divisor before each step, and may have a 65th bit
            boolean over = false;
            for (int n = steps; ; n--) {
                quotient <<= 1;
                if (over || Long.compareUnsigned(rest, divisor) >= 0) {
                    rest -= divisor;
                    quotient |= 1;
                }
                if (n == 0) {
                    break;
                }
                over = rest < 0;
                rest <<= 1;
            }
            e -= steps;
        }
        boolean negative = a.negative;
        if (complete && nearest && moreThanHalf(rest, e, divisor, b.exponent, quotient)) {
            quotient++;
            negative = !negative;
            // a rest of half the divisor's weight lies between a half and the whole of it
            rest = (e < b.exponent ? divisor << 1 : divisor) - rest;
        }
        x.result.finite(negative, e, rest, 0);
        if (rest == 0) {
            x.result.negative = a.negative;
        }
        return end(quotient, complete, before);
    }

    private boolean end(long quotient, boolean complete, int before) {
        int bits = 0;
        if (complete) {
            bits |= (quotient & 4) != 0 ? Fpu.C0 : 0;
            bits |= (quotient & 2) != 0 ? Fpu.C3 : 0;
            bits |= (quotient & 1) != 0 ? Fpu.C1 : 0;
        } else {
            bits = Fpu.C2;
        }
        boolean given = x.round(x.result, 64, before);
        fpu.conditions(bits);
        return given;
    }

    /** Whether the nearest quotient is the next one; an even one wins a tie. */
    private static boolean moreThanHalf(long rest, int e, long divisor, int divisorExponent, long quotient) {
        if (e < divisorExponent - 1) {
            return false;
        }
        int half = e == divisorExponent - 1
                ? Long.compareUnsigned(rest, divisor)
                : rest == 0 ? -1 : Long.compareUnsigned(rest, divisor - rest);
        return half > 0 || half == 0 && (quotient & 1) != 0;
    }
}
