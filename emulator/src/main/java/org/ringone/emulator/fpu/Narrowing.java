package org.ringone.emulator.fpu;

import org.ringone.emulator.real.Real;
import org.ringone.emulator.real.Rounder;

/** What a register's value becomes when it is stored in another format. The value is in {@link FpuArithmetic#a}. */
final class Narrowing {
    /** The packed decimal indefinite: upper 16 bits of its 80, and the lower 64. */
    static final int DECIMAL_INDEFINITE = 0xFFFF;

    static final long DECIMAL_INDEFINITE_LOW = 0xC000_0000_0000_0000L;
    private static final long DECIMAL_LIMIT = 1_000_000_000_000_000_000L;

    private final Fpu fpu;
    private final Real a;
    private final Rounder rounder;

    /** The image in the other format. */
    long bits;
    /** The upper 16 bits of a packed decimal. */
    int upper;

    Narrowing(Fpu fpu, FpuArithmetic x) {
        this.fpu = fpu;
        this.a = x.a;
        this.rounder = x.rounder;
    }

    private boolean give(int flags, long value) {
        bits = value;
        return fpu.raise(flags);
    }

    /**
     * To an IEEE format of that many bits of precision (the hidden one included) and of exponent.
     *
     * @return false when an unmasked exception prevents the store
     */
    boolean real(int precision, int exponentBits) {
        int fractionBits = precision - 1;
        int bias = (1 << exponentBits - 1) - 1;
        long sign = a.negative ? 1L << fractionBits + exponentBits : 0;
        long infinity = (2L * bias + 1) << fractionBits;
        switch (a.kind) {
            case UNSUPPORTED -> {
                return give(Fpu.INVALID, 1L << fractionBits + exponentBits | infinity | 1L << fractionBits - 1);
            }
            case QUIET, SIGNALING -> {
                long fraction = 1L << fractionBits - 1 | a.high << 1 >>> 64 - fractionBits;
                return give(a.kind == Real.Kind.SIGNALING ? Fpu.INVALID : 0, sign | infinity | fraction);
            }
            case INFINITE -> {
                return give(0, sign | infinity);
            }
            case ZERO -> {
                return give(0, sign);
            }
            default -> {}
        }
        int unmasked = fpu.unmasked();
        rounder.round(a, precision, 1 - bias, bias, fpu.rounding(), unmasked, false);
        int lost = rounder.flags & unmasked & (Fpu.OVERFLOW | Fpu.UNDERFLOW);
        if (lost != 0) {
            fpu.raise(lost);
            return false;
        }
        long fraction = rounder.significand << 1 >>> 64 - fractionBits;
        long biased = rounder.significand < 0 ? rounder.exponent + bias : 0;
        return give(rounder.flags, sign | biased << fractionBits | fraction);
    }

    /** To a signed integer of 16, 32 or 64 bits; what does not fit is an invalid operation and gives the smallest one. */
    boolean integer(int size, int mode) {
        long limit = 1L << size - 1; // as an unsigned magnitude
        long indefinite = -limit;
        if (a.zero()) {
            return give(0, 0);
        }
        if (!a.finite() || a.exponent >= size) {
            return give(Fpu.INVALID, indefinite);
        }
        long whole = rounder.integer(a, mode);
        if (Long.compareUnsigned(whole, a.negative ? limit : limit - 1) > 0) {
            return give(Fpu.INVALID, indefinite);
        }
        return give(rounder.flags, a.negative ? -whole : whole);
    }

    /** To a packed decimal of 18 digits. */
    boolean decimal() {
        boolean fits = a.zero() || a.finite() && a.exponent < 60;
        long whole = fits && !a.zero() ? rounder.integer(a, fpu.rounding()) : 0;
        if (!fits || whole >= DECIMAL_LIMIT) {
            upper = DECIMAL_INDEFINITE;
            return give(Fpu.INVALID, DECIMAL_INDEFINITE_LOW);
        }
        long low = 0;
        long rest = whole;
        for (int n = 0; n < 64; n += 4) {
            low |= rest % 10 << n;
            rest /= 10;
        }
        upper = (int) (rest / 10 << 4 | rest % 10) | (a.negative ? 0x8000 : 0);
        return give(a.zero() ? 0 : rounder.flags, low);
    }

    /** The value of a packed decimal; digits beyond 9 count what they count. */
    static long fromDecimal(long low, int upper) {
        long value = (upper >> 4 & 15) * 10 + (upper & 15);
        for (int n = 60; n >= 0; n -= 4) {
            value = value * 10 + (low >>> n & 15);
        }
        return value;
    }
}
