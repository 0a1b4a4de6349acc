package org.ringone.emulator.fpu;

import org.ringone.emulator.real.Elementary;
import org.ringone.emulator.real.Elementary.Constant;
import org.ringone.emulator.real.Exact;
import org.ringone.emulator.real.Real;

/**
 * The transcendental instructions with their special cases. Operands are in the unit's workspace: {@code a} is ST(0), {@code b} ST(1).
 * Results are rounded once, from more than 100 right bits, by the unit's rounding mode; the precision control does not count.
 *
 * <p>Sine, cosine and tangent are those of the operand itself, reduced by all of pi that it takes: processors that reduce by 66 bits of
 * pi are less exact.
 */
final class Transcendental {
    /** Operands of the trigonometric instructions have exponents below this. */
    private static final int RANGE = 63;

    private final FpuArithmetic x;
    private final Real a;
    private final Real b;
    private final Real r;
    private final Real one = new Real();
    private final Elementary elementary = new Elementary();

    Transcendental(FpuArithmetic x) {
        this.x = x;
        a = x.a;
        b = x.b;
        r = x.result;
        one.fromInteger(1);
    }

    private int denormalA() {
        return a.denormal ? Fpu.DENORMAL : 0;
    }

    /** Whether {@code a} is beyond the range of the trigonometric instructions. */
    boolean outOfRange() {
        return a.finite() && a.exponent >= RANGE;
    }

    private boolean noNumber() {
        return a.kind.ordinal() >= Real.Kind.INFINITE.ordinal();
    }

    private boolean refused() {
        return a.infinite() ? x.indefinite() : x.nan(a);
    }

    boolean sine() {
        if (noNumber()) {
            return refused();
        }
        if (a.zero()) {
            return x.zero(a.negative, 0);
        }
        elementary.sine(a, r);
        return x.round(r, 64, denormalA());
    }

    boolean cosine() {
        if (noNumber()) {
            return refused();
        }
        if (a.zero()) {
            return x.round(one, 64, 0);
        }
        elementary.cosine(a, r);
        return x.round(r, 64, denormalA());
    }

    boolean tangent() {
        if (noNumber()) {
            return refused();
        }
        if (a.zero()) {
            return x.zero(a.negative, 0);
        }
        elementary.tangent(a, r);
        return x.round(r, 64, denormalA());
    }

    /** F2XM1; beyond its range the operand stays. */
    boolean powerLessOne() {
        if (a.kind.ordinal() >= Real.Kind.QUIET.ordinal()) {
            return x.nan(a);
        }
        if (a.zero()) {
            return x.zero(a.negative, 0);
        }
        if (a.infinite()) {
            if (!a.negative) {
                return x.infinity(false, 0);
            }
            r.copy(one);
            r.negative = true;
            return x.round(r, 64, 0);
        }
        boolean whole = a.exponent == 0 && a.high == Real.INTEGER_BIT;
        if (a.exponent >= 0 && !whole) {
            return x.round(a, 64, 0);
        }
        if (whole) { // 1 and -1/2
            r.copy(a);
            r.exponent = a.negative ? -1 : 0;
        } else {
            elementary.powerLessOne(a, r);
        }
        return x.round(r, 64, denormalA());
    }

    /** FPATAN: the angle of ST(1) over ST(0). */
    boolean angle() {
        if (x.special()) {
            return x.nans();
        }
        int before = x.denormal();
        boolean negative = b.negative;
        if (b.infinite()) {
            Constant c =
                    !a.infinite() ? Constant.HALF_PI : a.negative ? Constant.THREE_QUARTERS_PI : Constant.QUARTER_PI;
            return constant(c, negative, before);
        }
        if (b.zero() || a.infinite()) {
            return a.negative ? constant(Constant.PI, negative, before) : x.zero(negative, before);
        }
        if (a.zero()) {
            return constant(Constant.HALF_PI, negative, before);
        }
        elementary.angle(b, a, r);
        return x.round(r, 64, before);
    }

    private boolean constant(Constant c, boolean negative, int before) {
        c.into(r);
        r.negative = negative;
        return x.round(r, 64, before);
    }

    /** FYL2X: ST(1) times the binary logarithm of ST(0). */
    boolean logarithm() {
        if (x.special()) {
            return x.nans();
        }
        if (a.negative && !a.zero()) {
            return x.indefinite();
        }
        if (a.zero()) {
            if (b.zero()) {
                return x.indefinite();
            }
            return b.infinite() ? x.infinity(!b.negative, 0) : x.infinity(!b.negative, Fpu.ZERO_DIVIDE);
        }
        if (a.infinite()) {
            return b.zero() ? x.indefinite() : x.infinity(b.negative, x.denormal());
        }
        boolean power = a.high == Real.INTEGER_BIT;
        boolean one = power && a.exponent == 0;
        boolean below = a.exponent < 0;
        if (b.infinite()) {
            return one ? x.indefinite() : x.infinity(b.negative != below, x.denormal());
        }
        if (one || b.zero()) {
            return x.zero(b.negative != below, x.denormal());
        }
        int before = x.denormal();
        if (power) {
            r.fromInteger(a.exponent);
            Exact.multiply(r, b, r);
        } else {
            elementary.logarithm(a, r);
            Elementary.multiply(r, b, r);
        }
        return x.round(r, 64, before);
    }

    /** FYL2XP1: ST(1) times the binary logarithm of one more than ST(0). */
    boolean logarithmOfOneMore() {
        if (x.special()) {
            return x.nans();
        }
        boolean negative = a.negative != b.negative;
        if (a.finite() && a.negative && a.exponent >= 0 || a.infinite() && a.negative) {
            return x.indefinite();
        }
        if (a.zero()) {
            return b.infinite() ? x.indefinite() : x.zero(negative, x.denormal());
        }
        if (a.infinite()) {
            return b.zero() ? x.indefinite() : x.infinity(negative, x.denormal());
        }
        if (b.infinite()) {
            return x.infinity(negative, x.denormal());
        }
        if (b.zero()) {
            return x.zero(negative, x.denormal());
        }
        int before = x.denormal();
        elementary.logarithmOfOneMore(a, r);
        Elementary.multiply(r, b, r);
        return x.round(r, 64, before);
    }

    /** Rounds a constant, as FLDPI and its like do. */
    boolean load(Constant c) {
        return constant(c, false, 0);
    }
}
