package org.ringone.emulator;

/**
 * A result in the extended format being made: rounding, the masked and unmasked responses to exceptions, and the rules for values that
 * are no numbers. Exceptions are noted in the unit; that an unmasked one leaves no result is told by {@link #prevented}.
 */
abstract class ExtendedResult {
    static final int BIAS = 16383;
    static final int LEAST = -16382;
    static final int MOST = 16383;
    static final int MAX_EXPONENT = 0x7FFF;
    static final long QUIET = 1L << 62;
    static final int SIGN = 0x8000;

    /** What an unmasked overflow or underflow takes from or adds to the exponent, so that a handler has the result. */
    private static final int WRAP = 24576;

    final Fpu fpu;
    /** Sign, exponent and significand of the last result. */
    long significand;

    int exponent;
    boolean prevented;

    ExtendedResult(Fpu fpu) {
        this.fpu = fpu;
    }

    final long significand() {
        return significand;
    }

    final int exponent() {
        return exponent;
    }

    /** Whether the last operation met an unmasked exception that leaves its destination unchanged. */
    final boolean prevented() {
        return prevented;
    }

    /** Notes exceptions. An unmasked one of the operands comes before all that a result would bring. */
    final void raise(int flags) {
        boolean denormalFirst = (flags & Fpu.DENORMAL) != 0 && !fpu.masked(Fpu.DENORMAL);
        prevented = !fpu.raise(denormalFirst ? Fpu.DENORMAL : flags);
    }

    final void result(int signAndExponent, long value) {
        exponent = signAndExponent;
        significand = value;
    }

    final void indefinite() {
        raise(Fpu.INVALID);
        result(Fpu.INDEFINITE_EXPONENT, Fpu.INDEFINITE);
    }

    // ---- kinds of values

    /** Encodings that no operation gives: an integer bit of 0 with an exponent that is not 0. */
    static boolean unsupported(long value, int signAndExponent) {
        return (signAndExponent & MAX_EXPONENT) != 0 && value >= 0;
    }

    static boolean isNan(long value, int signAndExponent) {
        return (signAndExponent & MAX_EXPONENT) == MAX_EXPONENT && value << 1 != 0;
    }

    static boolean isInfinite(long value, int signAndExponent) {
        return (signAndExponent & MAX_EXPONENT) == MAX_EXPONENT && value == Fpu.INTEGER_BIT;
    }

    static boolean isSignalling(long value, int signAndExponent) {
        return isNan(value, signAndExponent) && (value & QUIET) == 0;
    }

    static boolean isZero(long value, int signAndExponent) {
        return value == 0 && (signAndExponent & MAX_EXPONENT) == 0;
    }

    /** {@link Fpu#DENORMAL} when a value is denormal, a pseudo-denormal too. */
    static int denormal(long value, int signAndExponent) {
        return (signAndExponent & MAX_EXPONENT) == 0 && value != 0 ? Fpu.DENORMAL : 0;
    }

    /** The exponent, unbiased, of a number that is not 0 once its significand is {@link #normalized}. */
    static int exponentOf(long value, int signAndExponent) {
        return Math.max(signAndExponent & MAX_EXPONENT, 1) - BIAS - Long.numberOfLeadingZeros(value);
    }

    static long normalized(long value) {
        return value << Long.numberOfLeadingZeros(value);
    }

    // ---- values that are no numbers

    /**
     * Answers for operands that arithmetic cannot use: unsupported encodings and NaNs.
     *
     * @return whether there was one, so that the result stands
     */
    final boolean odd(long a, int aExponent, long b, int bExponent) {
        if (unsupported(a, aExponent) || unsupported(b, bExponent)) {
            indefinite();
            return true;
        }
        boolean aNan = isNan(a, aExponent);
        boolean bNan = isNan(b, bExponent);
        if (!aNan && !bNan) {
            return false;
        }
        boolean aSignals = isSignalling(a, aExponent);
        boolean bSignals = isSignalling(b, bExponent);
        raise(aSignals || bSignals ? Fpu.INVALID : 0);
        boolean first;
        if (!aNan || !bNan) {
            first = aNan;
        } else if (aSignals != bSignals) {
            first = bSignals; // of a quiet and a signalling one, the quiet one
        } else {
            int larger = Long.compareUnsigned(a, b);
            first = larger > 0 || larger == 0 && (aExponent & SIGN) <= (bExponent & SIGN);
        }
        result(first ? aExponent : bExponent, (first ? a : b) | QUIET);
        return true;
    }

    // ---- rounding

    /** Rounds a number to the unit's precision and packs it: {@link #pack(boolean, int, long, long, int, int)}. */
    final void pack(boolean negative, int e, long high, long low, int flags) {
        pack(negative, e, high, low, flags, fpu.precision());
    }

    /**
     * Rounds a number that is not 0 and packs it.
     *
     * @param e exponent of bit 63 of {@code high}, which is set
     * @param low what lies below; its last bit stands for all that is lower still
     * @param flags exceptions that were met already
     * @param precision bits that the significand keeps
     */
    final void pack(boolean negative, int e, long high, long low, int flags, int precision) {
        int dropped = 64 - precision;
        long kept = dropped == 0 ? high : high >>> dropped << dropped;
        long rest = dropped == 0 ? low : (high ^ kept) << precision | (low != 0 ? 1 : 0);
        boolean up = rest != 0 && up(negative, kept >>> dropped, rest);
        long rounded = up ? kept + (1L << dropped) : kept;
        boolean carried = up && rounded == 0;
        int roundedExponent = carried ? e + 1 : e;
        int met = flags | (rest != 0 ? Fpu.INEXACT : 0) | (up ? Fpu.C1 : 0);
        int sign = negative ? SIGN : 0;
        if (roundedExponent < LEAST) {
            tiny(negative, e, high, low, flags, precision, met, carried ? Fpu.INTEGER_BIT : rounded, roundedExponent);
        } else if (roundedExponent > MOST) {
            tooLarge(negative, met, precision, carried ? Fpu.INTEGER_BIT : rounded, roundedExponent);
        } else {
            raise(met);
            result(sign | roundedExponent + BIAS, carried ? Fpu.INTEGER_BIT : rounded);
        }
    }

    private boolean up(boolean negative, long kept, long rest) {
        return switch (fpu.rounding()) {
            case 0 -> rest < 0 && (rest << 1 != 0 || (kept & 1) != 0);
            case 1 -> negative;
            case 2 -> !negative;
            default -> false;
        };
    }

    /** Unmasked, every tiny result is an underflow; masked, one that loses bits by being tiny. */
    private void tiny(
            boolean negative,
            int e,
            long high,
            long low,
            int flags,
            int precision,
            int metUnbounded,
            long unbounded,
            int unboundedExponent) {
        int sign = negative ? SIGN : 0;
        if (!fpu.masked(Fpu.UNDERFLOW)) {
            boolean wraps = unboundedExponent + WRAP + BIAS > 0;
            raise(wraps ? metUnbounded | Fpu.UNDERFLOW : flags | Fpu.UNDERFLOW | Fpu.INEXACT);
            result(wraps ? sign | unboundedExponent + WRAP + BIAS : sign, wraps ? unbounded : 0);
            return;
        }
        int shift = Math.min(LEAST - e, 127);
        long l = shift < 64
                ? low >>> shift | high << 1 << 63 - shift | sticky(low, shift)
                : high >>> shift - 64 | sticky(high, shift - 64) | (low != 0 ? 1 : 0);
        long h = shift < 64 ? high >>> shift : 0;
        int dropped = 64 - precision;
        long kept = dropped == 0 ? h : h >>> dropped << dropped;
        long rest = dropped == 0 ? l : (h ^ kept) << precision | (l != 0 ? 1 : 0);
        boolean up = rest != 0 && up(negative, kept >>> dropped, rest);
        long rounded = up ? kept + (1L << dropped) : kept;
        raise(flags | (rest != 0 ? Fpu.INEXACT | Fpu.UNDERFLOW : 0) | (up ? Fpu.C1 : 0));
        result(sign | (rounded < 0 ? 1 : 0), rounded); // rounding may have made it normal
    }

    private void tooLarge(boolean negative, int met, int precision, long rounded, int roundedExponent) {
        int sign = negative ? SIGN : 0;
        boolean wraps = roundedExponent - WRAP + BIAS < MAX_EXPONENT;
        if (!fpu.masked(Fpu.OVERFLOW) && wraps) {
            raise(met | Fpu.OVERFLOW);
            result(sign | roundedExponent - WRAP + BIAS, rounded);
            return;
        }
        boolean infinite = !fpu.masked(Fpu.OVERFLOW) || fpu.rounding() == 0 || fpu.rounding() == (negative ? 1 : 2);
        raise(met & ~Fpu.C1 | Fpu.OVERFLOW | Fpu.INEXACT | (infinite ? Fpu.C1 : 0));
        result(sign | (infinite ? MAX_EXPONENT : MAX_EXPONENT - 1), infinite ? Fpu.INTEGER_BIT : -1L << 64 - precision);
    }

    /** A one when bits that a shift drops are not all zero. */
    static long sticky(long value, int shift) {
        return shift == 0 || value << 64 - shift == 0 ? 0 : 1;
    }
}
