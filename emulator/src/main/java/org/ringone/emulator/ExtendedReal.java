package org.ringone.emulator;

/** Conversions between the extended format and the others. */
final class ExtendedReal extends ExtendedResult {

    /** Whether the last conversion to a whole number had no result. */
    private boolean indefinite;

    ExtendedReal(Fpu fpu) {
        super(fpu);
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

    /** As {@link #fromFloat}, for arithmetic to look at: a signalling NaN stays one and nothing is raised. */
    int operandFromFloat(int bits) {
        return operand((bits & 0x8000_0000) != 0, bits >>> 23 & 0xFF, (bits & 0x7F_FFFFL) << 40, 0xFF, 127);
    }

    int operandFromDouble(long bits) {
        return operand(bits < 0, (int) (bits >>> 52) & 0x7FF, (bits & 0xF_FFFF_FFFF_FFFFL) << 11, 0x7FF, 1023);
    }

    /** @return {@link Fpu#DENORMAL} for a denormal */
    private int operand(boolean negative, int biased, long fraction, int most, int bias) {
        int sign = negative ? SIGN : 0;
        if (biased == most) {
            result(sign | MAX_EXPONENT, Fpu.INTEGER_BIT | fraction);
        } else if (biased != 0) {
            result(sign | biased - bias + BIAS, Fpu.INTEGER_BIT | fraction);
        } else if (fraction == 0) {
            result(sign, 0);
        } else {
            int shift = Long.numberOfLeadingZeros(fraction);
            result(sign | 1 - bias + BIAS - shift, fraction << shift);
            return Fpu.DENORMAL;
        }
        return 0;
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
        int flags = r.tiny && !fpu.masked(Fpu.UNDERFLOW) ? r.flags | Fpu.UNDERFLOW : r.flags;
        raise(flags);
        prevented |= (flags & Fpu.OVERFLOW) != 0 && !fpu.masked(Fpu.OVERFLOW)
                || (flags & Fpu.UNDERFLOW) != 0 && !fpu.masked(Fpu.UNDERFLOW);
        if (r.tooLarge) {
            return sign | (r.infinite ? infinity : infinity - 1);
        }
        long fraction = r.significand << 1 >>> 64 - fractionBits;
        boolean normal = r.significand < 0;
        return sign | (normal ? (long) (r.exponent + bias) << fractionBits : 0) | fraction;
    }

    /**
     * To a signed integer of 16, 32 or 64 bits; what does not fit gives the smallest one and an invalid operation.
     */
    long toInteger(long value, int signAndExponent, int bits) {
        boolean negative = (signAndExponent & SIGN) != 0;
        long limit = 1L << bits - 1;
        long magnitude = toWhole(value, signAndExponent, negative ? limit : limit - 1);
        return indefinite ? -1L << bits - 1 : negative ? -magnitude : magnitude;
    }

    /** The magnitude of a number as a whole one below a limit, or -1 when it does not fit, which is an invalid operation. */
    long toDecimal(long value, int signAndExponent, long limit) {
        long magnitude = toWhole(value, signAndExponent, limit - 1);
        return indefinite ? -1 : magnitude;
    }

    /** The magnitude, rounded, up to the largest one, unsigned; {@link #indefinite} when it is larger or no number. */
    private long toWhole(long value, int signAndExponent, long largest) {
        prevented = false;
        indefinite = false;
        boolean negative = (signAndExponent & SIGN) != 0;
        int biased = signAndExponent & MAX_EXPONENT;
        if (value == 0 && biased == 0) {
            fpu.raise(0);
            return 0;
        }
        int e = Math.max(biased, 1) - BIAS;
        if (biased == MAX_EXPONENT || unsupported(value, biased) || e > 63) {
            indefinite = true;
            raise(Fpu.INVALID);
            return 0;
        }
        long whole = e >= 0 ? value >>> 63 - e : 0;
        long rest = e >= 63 ? 0 : e >= 0 ? value << e + 1 : e == -1 ? value : 1; // below a half: anything not 0
        boolean up = rest != 0
                && switch (fpu.rounding()) {
                    case 0 -> rest < 0 && (rest << 1 != 0 || (whole & 1) != 0);
                    case 1 -> negative;
                    case 2 -> !negative;
                    default -> false;
                };
        whole += up ? 1 : 0;
        if (Long.compareUnsigned(whole, largest) > 0 || up && whole == 0) {
            indefinite = true;
            raise(Fpu.INVALID);
            return 0;
        }
        raise((rest != 0 ? Fpu.INEXACT : 0) | (up ? Fpu.C1 : 0));
        return whole;
    }
}
