package org.ringone.emulator.fpu;

import org.ringone.emulator.real.Exact;
import org.ringone.emulator.real.Real;
import org.ringone.emulator.real.Rounder;

/**
 * Addition, subtraction, multiplication, division and square root of the unit, as its control word says. Operands are put into
 * {@link #a} and {@link #b}; the result, if there is one, is in {@link #significand} and {@link #exponent}. Exceptions are noted in
 * the unit.
 */
final class FpuArithmetic {
    /** The extended format: exponents of its least normal and largest numbers. */
    static final int LEAST = -16382;

    static final int MOST = 16383;
    private static final int INFINITE_EXPONENT = 0x7FFF;

    private final Fpu fpu;
    final Real a = new Real();
    final Real b = new Real();
    final Real result = new Real();
    final Rounder rounder = new Rounder();
    final Transcendental transcendental;
    final Remainder remainder;
    final Narrowing narrowing;

    /** The result in the extended format. */
    long significand;

    int exponent;

    FpuArithmetic(Fpu fpu) {
        this.fpu = fpu;
        transcendental = new Transcendental(this);
        remainder = new Remainder(fpu, this);
        narrowing = new Narrowing(fpu, this);
    }

    /** The binary operations. */
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE
    }

    // ---- results

    void set(long value, int signAndExponent) {
        significand = value;
        exponent = signAndExponent;
    }

    private boolean give(int flags, long value, int signAndExponent) {
        if (!fpu.raise(flags)) {
            return false;
        }
        set(value, signAndExponent);
        return true;
    }

    boolean indefinite() {
        return give(Fpu.INVALID, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
    }

    boolean infinity(boolean negative, int flags) {
        return give(flags, Real.INTEGER_BIT, sign(negative) | INFINITE_EXPONENT);
    }

    boolean zero(boolean negative, int flags) {
        return give(flags, 0, sign(negative));
    }

    private static int sign(boolean negative) {
        return negative ? 0x8000 : 0;
    }

    /** A NaN or unsupported operand of one: the result is it, quiet. */
    boolean nan(Real x) {
        if (x.kind == Real.Kind.UNSUPPORTED) {
            return indefinite();
        }
        return give(
                x.kind == Real.Kind.SIGNALING ? Fpu.INVALID : 0,
                x.high | Real.QUIET_BIT,
                sign(x.negative) | INFINITE_EXPONENT);
    }

    /** Whether one of the operands is a NaN or unsupported; {@link #nans} then gives the result. */
    boolean special() {
        return a.kind.ordinal() >= Real.Kind.QUIET.ordinal() || b.kind.ordinal() >= Real.Kind.QUIET.ordinal();
    }

    /** SDM volume 1, table 4-7: a quiet NaN wins over a signaling one, else the larger significand, else the positive one. */
    boolean nans() {
        if (a.kind == Real.Kind.UNSUPPORTED || b.kind == Real.Kind.UNSUPPORTED) {
            return indefinite();
        }
        boolean signaling = a.kind == Real.Kind.SIGNALING || b.kind == Real.Kind.SIGNALING;
        Real x;
        if (!a.nan() || !b.nan()) {
            x = a.nan() ? a : b;
        } else if (a.kind != b.kind) {
            x = a.kind == Real.Kind.QUIET ? a : b;
        } else {
            int larger = Long.compareUnsigned(a.high, b.high);
            x = larger > 0 || larger == 0 && !a.negative ? a : b;
        }
        return give(signaling ? Fpu.INVALID : 0, x.high | Real.QUIET_BIT, sign(x.negative) | INFINITE_EXPONENT);
    }

    /** The flag of denormal operands, if one is. */
    int denormal() {
        return a.denormal || b.denormal ? Fpu.DENORMAL : 0;
    }

    /** Rounds a result to the extended format with so many bits. */
    boolean round(Real r, int precision, int before) {
        if (fpu.prevented(before)) {
            return false;
        }
        if (r.zero()) {
            return zero(r.negative, before);
        }
        rounder.round(r, precision, LEAST, MOST, fpu.rounding(), fpu.unmasked(), true);
        fpu.raise(before | rounder.flags);
        set(rounder.significand, sign(r.negative) | (rounder.significand < 0 ? rounder.exponent + Real.BIAS : 0));
        return true;
    }

    // ---- operations

    /** Operates on {@link #a} and {@link #b}; false when an unmasked exception prevents a result. */
    boolean operate(Operator operator) {
        if (special()) {
            return nans();
        }
        return switch (operator) {
            case ADD -> add();
            case SUBTRACT -> {
                b.negative = !b.negative;
                yield add();
            }
            case MULTIPLY -> multiply();
            case DIVIDE -> divide();
        };
    }

    private boolean add() {
        if (a.infinite() || b.infinite()) {
            if (a.infinite() && b.infinite() && a.negative != b.negative) {
                return indefinite();
            }
            return infinity(a.infinite() ? a.negative : b.negative, denormal());
        }
        if (a.finite() && b.finite()) {
            Exact.add(a, b, result);
            if (result.zero()) {
                result.negative = fpu.rounding() == Rounder.DOWN;
            }
        } else if (a.zero() && b.zero()) {
            boolean negative = a.negative == b.negative ? a.negative : fpu.rounding() == Rounder.DOWN;
            return zero(negative, 0);
        } else {
            result.copy(a.zero() ? b : a);
        }
        return round(result, fpu.precision(), denormal());
    }

    private boolean multiply() {
        boolean negative = a.negative != b.negative;
        if (a.infinite() || b.infinite()) {
            return a.zero() || b.zero() ? indefinite() : infinity(negative, denormal());
        }
        if (a.zero() || b.zero()) {
            return zero(negative, denormal());
        }
        Exact.multiply(a, b, result);
        return round(result, fpu.precision(), denormal());
    }

    private boolean divide() {
        boolean negative = a.negative != b.negative;
        if (a.infinite()) {
            return b.infinite() ? indefinite() : infinity(negative, denormal());
        }
        if (b.zero()) {
            return a.zero() ? indefinite() : infinity(negative, Fpu.ZERO_DIVIDE);
        }
        if (a.zero() || b.infinite()) {
            return zero(negative, denormal());
        }
        Exact.divide(a, b, result);
        return round(result, fpu.precision(), denormal());
    }

    /** The square root of {@link #a}. */
    boolean squareRoot() {
        if (a.kind.ordinal() >= Real.Kind.QUIET.ordinal()) {
            return nan(a);
        }
        if (a.zero()) {
            return zero(a.negative, 0);
        }
        if (a.negative) {
            return indefinite();
        }
        if (a.infinite()) {
            return infinity(false, 0);
        }
        int before = a.denormal ? Fpu.DENORMAL : 0;
        Exact.squareRoot(a, result);
        return round(result, fpu.precision(), before);
    }

    /** Rounds {@link #a} to an integer in the extended format. */
    boolean roundToInteger() {
        if (a.kind.ordinal() >= Real.Kind.QUIET.ordinal()) {
            return nan(a);
        }
        int before = a.denormal ? Fpu.DENORMAL : 0;
        if (a.zero()) {
            return zero(a.negative, 0);
        }
        if (a.infinite() || a.exponent >= 63) {
            long value = a.high;
            int e = a.infinite() ? INFINITE_EXPONENT : a.exponent + Real.BIAS;
            return give(0, value, sign(a.negative) | e);
        }
        if (fpu.prevented(before)) {
            return false;
        }
        boolean negative = a.negative;
        long whole = rounder.integer(a, fpu.rounding());
        fpu.raise(before | rounder.flags);
        result.finite(negative, 63, whole, 0);
        set(result.high, sign(negative) | (whole == 0 ? 0 : result.exponent + Real.BIAS));
        return true;
    }

    /** Scales {@link #a} by two to the power of {@link #b}, cut to an integer. */
    boolean scale() {
        if (special()) {
            return nans();
        }
        if (b.infinite()) {
            if (b.negative) {
                return a.infinite() ? indefinite() : zero(a.negative, denormal());
            }
            return a.zero() ? indefinite() : infinity(a.negative, denormal());
        }
        if (a.infinite()) {
            return infinity(a.negative, denormal());
        }
        if (a.zero()) {
            return zero(a.negative, denormal());
        }
        result.copy(a);
        if (b.finite()) {
            int by = b.exponent < 0 ? 0 : b.exponent > 16 ? 1 << 17 : (int) (b.high >>> 63 - b.exponent);
            result.exponent += b.negative ? -by : by;
        }
        return round(result, 64, denormal());
    }
}
