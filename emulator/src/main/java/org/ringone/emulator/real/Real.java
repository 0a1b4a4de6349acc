package org.ringone.emulator.real;

/**
 * A floating-point number taken apart; one object is used again and again.
 *
 * <p>A finite number is {@code high.low * 2^exponent} with bit 63 of {@link #high} the integer bit and set; the lowest bit of
 * {@link #low} is sticky. Of a NaN, {@link #high} holds the significand as the extended format has it.
 */
public final class Real {
    /** What the number is. */
    public enum Kind {
        ZERO,
        /** Neither zero nor infinite nor NaN. */
        FINITE,
        INFINITE,
        QUIET,
        SIGNALING,
        /** An encoding of the extended format that is no number since the 387: its integer bit is clear, its exponent not 0. */
        UNSUPPORTED;

        public boolean nan() {
            return this == QUIET || this == SIGNALING;
        }
    }

    /** Bias of the extended format. */
    public static final int BIAS = 16383;

    public static final int EXTENDED_MOST = 0x7FFF;
    /** The explicit integer bit of the extended format. */
    public static final long INTEGER_BIT = 1L << 63;

    /** The bit of the extended significand that makes a NaN a quiet one. */
    public static final long QUIET_BIT = 1L << 62;

    public Kind kind = Kind.ZERO;
    public boolean negative;
    /** Unbiased. */
    public int exponent;

    public long high;
    public long low;
    /** Whether it came from a denormal (or pseudo-denormal) operand. */
    public boolean denormal;

    public boolean nan() {
        return kind.nan();
    }

    public boolean zero() {
        return kind == Kind.ZERO;
    }

    public boolean finite() {
        return kind == Kind.FINITE;
    }

    public boolean infinite() {
        return kind == Kind.INFINITE;
    }

    public void copy(Real o) {
        kind = o.kind;
        negative = o.negative;
        exponent = o.exponent;
        high = o.high;
        low = o.low;
        denormal = o.denormal;
    }

    /** Takes the extended format apart: significand, and sign (bit 15) with biased exponent. */
    public void fromExtended(long significand, int signAndExponent) {
        negative = (signAndExponent & 0x8000) != 0;
        int biased = signAndExponent & EXTENDED_MOST;
        high = significand;
        low = 0;
        denormal = false;
        if (biased != 0 && significand >= 0) {
            kind = Kind.UNSUPPORTED;
        } else if (biased == EXTENDED_MOST) {
            kind = significand == INTEGER_BIT
                    ? Kind.INFINITE
                    : (significand & QUIET_BIT) != 0 ? Kind.QUIET : Kind.SIGNALING;
        } else if (significand == 0) {
            kind = Kind.ZERO;
        } else {
            kind = Kind.FINITE;
            denormal = biased == 0;
            int shift = Long.numberOfLeadingZeros(significand);
            high = significand << shift;
            exponent = Math.max(biased, 1) - BIAS - shift;
        }
    }

    /** Takes the 32-bit format apart. */
    public void fromSingle(int bits) {
        from(bits < 0, bits >>> 23 & 0xFF, (bits & 0x7F_FFFFL) << 40, 0xFF, 127);
    }

    /** Takes the 64-bit format apart. */
    public void fromDouble(long bits) {
        from(bits < 0, (int) (bits >>> 52) & 0x7FF, (bits & 0xF_FFFF_FFFF_FFFFL) << 11, 0x7FF, 1023);
    }

    /** The fraction comes left-aligned below the integer bit. */
    private void from(boolean sign, int biased, long fraction, int most, int bias) {
        negative = sign;
        denormal = false;
        low = 0;
        high = INTEGER_BIT | fraction;
        exponent = biased - bias;
        if (biased == most) {
            kind = fraction == 0 ? Kind.INFINITE : (fraction & QUIET_BIT) != 0 ? Kind.QUIET : Kind.SIGNALING;
        } else if (biased != 0) {
            kind = Kind.FINITE;
        } else if (fraction == 0) {
            kind = Kind.ZERO;
            high = 0;
        } else {
            kind = Kind.FINITE;
            denormal = true;
            int shift = Long.numberOfLeadingZeros(fraction);
            high = fraction << shift;
            exponent = 1 - bias - shift;
        }
    }

    public void fromInteger(long value) {
        negative = value < 0;
        denormal = false;
        low = 0;
        if (value == 0) {
            kind = Kind.ZERO;
            high = 0;
            return;
        }
        kind = Kind.FINITE;
        long magnitude = Math.abs(value);
        int shift = Long.numberOfLeadingZeros(magnitude);
        high = magnitude << shift;
        exponent = 63 - shift;
    }

    /** A finite number from a significand of 128 bits of any alignment; zero when all are 0. */
    public void finite(boolean sign, int exponentOfBit63, long h, long l) {
        negative = sign;
        denormal = false;
        if (h == 0 && l == 0) {
            kind = Kind.ZERO;
            high = 0;
            low = 0;
            return;
        }
        kind = Kind.FINITE;
        int zeros = h == 0 ? 64 + Long.numberOfLeadingZeros(l) : Long.numberOfLeadingZeros(h);
        high = zeros >= 64 ? l << zeros - 64 : zeros == 0 ? h : h << zeros | l >>> 64 - zeros;
        low = zeros >= 64 ? 0 : l << zeros;
        exponent = exponentOfBit63 - zeros;
    }

    /**
     * Which is larger, of finite numbers and infinities.
     *
     * @return negative, 0 or positive as this is less than, equal to or greater than the other
     */
    public int compare(Real o) {
        if (zero() && o.zero()) {
            return 0;
        }
        int sign = negative ? -1 : 1;
        if (zero()) {
            return o.negative ? 1 : -1;
        }
        if (o.zero() || negative != o.negative) {
            return sign;
        }
        return sign * compareMagnitude(o);
    }

    /** Neither is zero. */
    private int compareMagnitude(Real o) {
        if (infinite() || o.infinite()) {
            return Boolean.compare(infinite(), o.infinite());
        }
        return exponent != o.exponent ? Integer.compare(exponent, o.exponent) : Long.compareUnsigned(high, o.high);
    }
}
