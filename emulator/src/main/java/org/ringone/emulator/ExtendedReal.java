package org.ringone.emulator;

/**
 * Conversions of the 80-bit format, and its addition. Exceptions are noted in the unit; a result that an unmasked exception prevents is
 * told by {@link #prevented}.
 */
final class ExtendedReal {
    static final int BIAS = 16383;
    private static final int LEAST = -16382;
    private static final int MOST = 16383;
    private static final int MAX_EXPONENT = 0x7FFF;
    private static final long QUIET = 1L << 62;

    private final Fpu fpu;
    /** Sign, exponent and significand of the last result in the extended format. */
    private long significand;

    private int exponent;
    private boolean prevented;

    ExtendedReal(Fpu fpu) {
        this.fpu = fpu;
    }

    long significand() {
        return significand;
    }

    int exponent() {
        return exponent;
    }

    /** Whether the last operation met an unmasked exception that leaves its destination unchanged. */
    boolean prevented() {
        return prevented;
    }

    private void raise(int flags) {
        prevented = !fpu.raise(flags);
    }

    // ---- to the extended format

    void fromFloat(int bits) {
        from((bits & 0x8000_0000) != 0, bits >>> 23 & 0xFF, (bits & 0x7F_FFFFL) << 40, 0xFF, 127);
    }

    void fromDouble(long bits) {
        from(bits < 0, (int) (bits >>> 52) & 0x7FF, (bits & 0xF_FFFF_FFFF_FFFFL) << 11, 0x7FF, 1023);
    }

    /** The fraction comes left-aligned below the integer bit. */
    private void from(boolean negative, int biased, long fraction, int most, int bias) {
        prevented = false;
        int sign = negative ? 0x8000 : 0;
        if (biased == most) {
            significand = Fpu.INTEGER_BIT | fraction;
            exponent = sign | MAX_EXPONENT;
            if (fraction != 0 && (fraction & QUIET) == 0) {
                raise(Fpu.INVALID);
                significand |= QUIET;
            }
        } else if (biased != 0) {
            significand = Fpu.INTEGER_BIT | fraction;
            exponent = sign | biased - bias + BIAS;
        } else if (fraction == 0) {
            significand = 0;
            exponent = sign;
        } else {
            raise(Fpu.DENORMAL);
            int shift = Long.numberOfLeadingZeros(fraction);
            significand = fraction << shift;
            exponent = sign | 1 - bias + BIAS - shift;
        }
    }

    void fromInteger(long value) {
        prevented = false;
        if (value == 0) {
            significand = 0;
            exponent = 0;
            return;
        }
        long magnitude = Math.abs(value);
        int shift = Long.numberOfLeadingZeros(magnitude);
        significand = magnitude << shift;
        exponent = (value < 0 ? 0x8000 : 0) | BIAS + 63 - shift;
    }

    // ---- from the extended format

    int toFloat(long value, int signAndExponent) {
        return (int) to(value, signAndExponent, 24, 8);
    }

    long toDouble(long value, int signAndExponent) {
        return to(value, signAndExponent, 53, 11);
    }

    /** To an IEEE format of that many bits of precision (the hidden one included) and of exponent. */
    private long to(long value, int signAndExponent, int precision, int exponentBits) {
        prevented = false;
        boolean negative = (signAndExponent & 0x8000) != 0;
        int biased = signAndExponent & MAX_EXPONENT;
        int fractionBits = precision - 1;
        int bias = (1 << exponentBits - 1) - 1;
        long sign = negative ? 1L << fractionBits + exponentBits : 0;
        long infinity = (2L * bias + 1) << fractionBits;
        long quiet = 1L << fractionBits - 1;
        if (unsupported(value, biased)) {
            raise(Fpu.INVALID);
            return 1L << fractionBits + exponentBits | infinity | quiet;
        }
        if (biased == MAX_EXPONENT) {
            if (value == Fpu.INTEGER_BIT) {
                return sign | infinity;
            }
            if ((value & QUIET) == 0) {
                raise(Fpu.INVALID);
            }
            return sign | infinity | quiet | value << 1 >>> 64 - fractionBits;
        }
        if (value == 0) {
            return sign;
        }
        int shift = Long.numberOfLeadingZeros(value);
        Rounded r = new Rounded(
                negative,
                Math.max(biased, 1) - BIAS - shift,
                value << shift,
                0,
                precision,
                1 - bias,
                bias,
                fpu.rounding());
        raise(tinyUnmasked(r, Math.max(biased, 1) - BIAS - shift, 1 - bias));
        if (r.tooLarge) {
            return sign | (r.infinite ? infinity : infinity - 1);
        }
        long fraction = r.significand << 1 >>> 64 - fractionBits;
        boolean normal = r.significand < 0;
        return sign | (normal ? (long) (r.exponent + bias) << fractionBits : 0) | fraction;
    }

    /** An unmasked underflow is raised for every tiny result, a masked one only when it is inexact too. */
    private int tinyUnmasked(Rounded r, int exponentBefore, int least) {
        return exponentBefore < least && !fpu.masked(Fpu.UNDERFLOW) ? r.flags | Fpu.UNDERFLOW : r.flags;
    }

    /**
     * To a signed integer of 16, 32 or 64 bits; what does not fit gives the smallest one and an invalid operation.
     */
    long toInteger(long value, int signAndExponent, int bits) {
        prevented = false;
        boolean negative = (signAndExponent & 0x8000) != 0;
        int biased = signAndExponent & MAX_EXPONENT;
        long indefinite = -1L << bits - 1;
        if (biased == MAX_EXPONENT || unsupported(value, biased)) {
            raise(Fpu.INVALID);
            return indefinite;
        }
        if (value == 0) {
            return 0;
        }
        int e = Math.max(biased, 1) - BIAS;
        if (e >= bits) {
            raise(Fpu.INVALID);
            return indefinite;
        }
        long whole = e >= 0 ? value >>> 63 - e : 0;
        long rest = e >= 63 ? 0 : e >= 0 ? value << e + 1 : e == -1 ? value : 1; // below a half: anything not 0
        int flags = 0;
        if (rest != 0) {
            flags = Fpu.INEXACT;
            boolean up =
                    switch (fpu.rounding()) {
                        case 0 -> rest < 0 && (rest << 1 != 0 || (whole & 1) != 0);
                        case 1 -> negative;
                        case 2 -> !negative;
                        default -> false;
                    };
            if (up) {
                whole++;
                flags |= Fpu.C1;
            }
        }
        long limit = 1L << bits - 1; // as an unsigned magnitude
        if (Long.compareUnsigned(whole, negative ? limit : limit - 1) > 0) {
            raise(Fpu.INVALID);
            return indefinite;
        }
        raise(flags);
        return negative ? -whole : whole;
    }

    /** Encodings that no operation gives: an integer bit of 0 with an exponent that is not 0. */
    private static boolean unsupported(long value, int biased) {
        return biased != 0 && value >= 0;
    }

    // ---- addition

    /** Adds two numbers, rounding as the control word says. */
    void add(long a, int aExponent, long b, int bExponent) {
        prevented = false;
        int ea = aExponent & MAX_EXPONENT;
        int eb = bExponent & MAX_EXPONENT;
        if (unsupported(a, ea) || unsupported(b, eb)) {
            raise(Fpu.INVALID);
            indefinite();
        } else if (ea == MAX_EXPONENT || eb == MAX_EXPONENT) {
            addSpecial(a, aExponent, b, bExponent);
        } else {
            int flags = ea == 0 && a != 0 || eb == 0 && b != 0 ? Fpu.DENORMAL : 0;
            addFinite(a, aExponent, b, bExponent, flags);
        }
    }

    private void indefinite() {
        significand = Fpu.INDEFINITE;
        exponent = Fpu.INDEFINITE_EXPONENT;
    }

    private static boolean isNan(long value, int e) {
        return (e & MAX_EXPONENT) == MAX_EXPONENT && value != Fpu.INTEGER_BIT;
    }

    private void addSpecial(long a, int aExponent, long b, int bExponent) {
        boolean aNan = isNan(a, aExponent);
        boolean bNan = isNan(b, bExponent);
        if (aNan || bNan) {
            if (aNan && (a & QUIET) == 0 || bNan && (b & QUIET) == 0) {
                raise(Fpu.INVALID);
            }
            boolean first = !bNan || aNan && Long.compareUnsigned(a | QUIET, b | QUIET) >= 0; // the larger one wins
            significand = (first ? a : b) | QUIET;
            exponent = first ? aExponent : bExponent;
            return;
        }
        boolean aInfinite = (aExponent & MAX_EXPONENT) == MAX_EXPONENT;
        boolean bInfinite = (bExponent & MAX_EXPONENT) == MAX_EXPONENT;
        if (aInfinite && bInfinite && aExponent != bExponent) {
            raise(Fpu.INVALID);
            indefinite();
            return;
        }
        significand = Fpu.INTEGER_BIT;
        exponent = aInfinite ? aExponent : bExponent;
    }

    private void addFinite(long a, int aExponent, long b, int bExponent, int flags) {
        boolean aNegative = (aExponent & 0x8000) != 0;
        boolean bNegative = (bExponent & 0x8000) != 0;
        if (a == 0 && b == 0) {
            significand = 0;
            exponent = aNegative == bNegative ? aExponent & 0x8000 : fpu.rounding() == 1 ? 0x8000 : 0;
            return;
        }
        if (a == 0 || b == 0) {
            pack(
                    a == 0 ? bNegative : aNegative,
                    exponentOf(a == 0 ? b : a, a == 0 ? bExponent : aExponent),
                    normalized(a == 0 ? b : a),
                    0,
                    flags);
            return;
        }
        int ea = exponentOf(a, aExponent);
        int eb = exponentOf(b, bExponent);
        long large = normalized(a);
        long small = normalized(b);
        boolean swap = ea < eb || ea == eb && Long.compareUnsigned(large, small) < 0;
        int e = swap ? eb : ea;
        int shift = Math.abs(ea - eb);
        long h = swap ? small : large;
        long other = swap ? large : small;
        boolean negative = swap ? bNegative : aNegative;
        long sh = shift < 64 ? other >>> shift : 0;
        long sl = shift == 0
                ? 0
                : shift < 64 ? other << 64 - shift : shift == 64 ? other : shift < 127 ? other >>> shift - 64 | 1 : 1;
        if (aNegative == bNegative) {
            long sum = h + sh;
            if (Long.compareUnsigned(sum, h) < 0) {
                pack(negative, e + 1, sum >>> 1 | Fpu.INTEGER_BIT, sl >>> 1 | sum << 63 | sl & 1, flags);
            } else {
                pack(negative, e, sum, sl, flags);
            }
            return;
        }
        long low = -sl;
        long high = h - sh - (sl != 0 ? 1 : 0);
        if (high == 0 && low == 0) {
            significand = 0;
            exponent = fpu.rounding() == 1 ? 0x8000 : 0;
            return;
        }
        int zeros = high == 0 ? 64 + Long.numberOfLeadingZeros(low) : Long.numberOfLeadingZeros(high);
        long nh = zeros >= 64 ? low << zeros - 64 : zeros == 0 ? high : high << zeros | low >>> 64 - zeros;
        long nl = zeros >= 64 ? 0 : low << zeros;
        pack(negative, e - zeros, nh, nl, flags);
    }

    private static int exponentOf(long value, int signAndExponent) {
        return Math.max(signAndExponent & MAX_EXPONENT, 1) - BIAS - Long.numberOfLeadingZeros(value);
    }

    private static long normalized(long value) {
        return value << Long.numberOfLeadingZeros(value);
    }

    private void pack(boolean negative, int e, long high, long low, int flags) {
        Rounded r = new Rounded(negative, e, high, low, fpu.precision(), LEAST, MOST, fpu.rounding());
        raise(flags | tinyUnmasked(r, e, LEAST));
        int sign = negative ? 0x8000 : 0;
        if (r.tooLarge) {
            significand = r.infinite ? Fpu.INTEGER_BIT : -1L << 64 - fpu.precision();
            exponent = sign | (r.infinite ? MAX_EXPONENT : MAX_EXPONENT - 1);
        } else {
            significand = r.significand;
            exponent = sign | (r.significand < 0 ? r.exponent + BIAS : 0);
        }
    }
}
