package org.ringone.emulator;

/** Addition to square root in the extended format, and comparisons: integer arithmetic on the significands, rounded once. */
final class ExtendedArithmetic extends ExtendedResult {

    private long high;
    private long low;
    private int source;

    ExtendedArithmetic(Fpu fpu) {
        super(fpu);
    }

    /**
     * Says what the operand that comes from memory was before it became an extended number.
     *
     * @param flags {@link Fpu#DENORMAL} or 0; for the operations that follow
     */
    void source(int flags) {
        source = flags;
    }

    // ---- addition

    /** a + b. */
    void add(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int flags = source | denormal(a, aExponent) | denormal(b, bExponent);
        boolean aInfinite = isInfinite(a, aExponent);
        boolean bInfinite = isInfinite(b, bExponent);
        if (aInfinite && bInfinite && aExponent != bExponent) {
            indefinite();
        } else if (aInfinite || bInfinite) {
            raise(flags);
            result(aInfinite ? aExponent : bExponent, Fpu.INTEGER_BIT);
        } else {
            addFinite(a, aExponent, b, bExponent, flags);
        }
    }

    /** a - b. */
    void subtract(long a, int aExponent, long b, int bExponent) {
        add(a, aExponent, b, isNan(b, bExponent) ? bExponent : bExponent ^ SIGN);
    }

    private void addFinite(long a, int aExponent, long b, int bExponent, int flags) {
        boolean aNegative = (aExponent & SIGN) != 0;
        boolean bNegative = (bExponent & SIGN) != 0;
        if (a == 0 && b == 0) {
            raise(flags);
            result(aNegative == bNegative ? aExponent & SIGN : zeroSign(), 0);
            return;
        }
        if (a == 0 || b == 0) {
            long other = a == 0 ? b : a;
            int otherExponent = a == 0 ? bExponent : aExponent;
            pack((otherExponent & SIGN) != 0, exponentOf(other, otherExponent), normalized(other), 0, flags);
            return;
        }
        int ea = exponentOf(a, aExponent);
        int eb = exponentOf(b, bExponent);
        long na = normalized(a);
        long nb = normalized(b);
        boolean swap = ea < eb || ea == eb && Long.compareUnsigned(na, nb) < 0;
        int e = swap ? eb : ea;
        long h = swap ? nb : na;
        long other = swap ? na : nb;
        boolean negative = swap ? bNegative : aNegative;
        int shift = Math.abs(ea - eb);
        long sh = shift < 64 ? other >>> shift : 0;
        long sl = shift == 0
                ? 0
                : shift < 64
                        ? other << 64 - shift
                        : shift == 64 ? other : shift < 127 ? other >>> shift - 64 | sticky(other, shift - 64) : 1;
        if (aNegative == bNegative) {
            long sum = h + sh;
            if (Long.compareUnsigned(sum, h) < 0) {
                pack(negative, e + 1, sum >>> 1 | Fpu.INTEGER_BIT, sl >>> 1 | sum << 63 | sl & 1, flags);
            } else {
                pack(negative, e, sum, sl, flags);
            }
            return;
        }
        long differenceLow = -sl;
        long differenceHigh = h - sh - (sl != 0 ? 1 : 0);
        if (differenceHigh == 0 && differenceLow == 0) {
            raise(flags);
            result(zeroSign(), 0);
            return;
        }
        packWide(negative, e, differenceHigh, differenceLow, flags);
    }

    /** The sign of an exact zero that is the sum of opposites. */
    private int zeroSign() {
        return fpu.rounding() == 1 ? SIGN : 0;
    }

    /** Packs a number of 128 bits, not 0, wherever its first bit is; {@code e} is the exponent of the uppermost. */
    private void packWide(boolean negative, int e, long h, long l, int flags) {
        int zeros = h == 0 ? 64 + Long.numberOfLeadingZeros(l) : Long.numberOfLeadingZeros(h);
        long nh = zeros >= 64 ? l << zeros - 64 : zeros == 0 ? h : h << zeros | l >>> 64 - zeros;
        long nl = zeros >= 64 ? 0 : l << zeros;
        pack(negative, e - zeros, nh, nl, flags);
    }

    // ---- multiplication and division

    /** a x b. */
    void multiply(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int sign = (aExponent ^ bExponent) & SIGN;
        int flags = source | denormal(a, aExponent) | denormal(b, bExponent);
        if (isInfinite(a, aExponent) || isInfinite(b, bExponent)) {
            if (isZero(a, aExponent) || isZero(b, bExponent)) {
                indefinite();
            } else {
                raise(flags);
                result(sign | MAX_EXPONENT, Fpu.INTEGER_BIT);
            }
            return;
        }
        if (a == 0 || b == 0) {
            raise(flags);
            result(sign, 0);
            return;
        }
        multiplyWide(normalized(a), normalized(b));
        packWide(sign != 0, exponentOf(a, aExponent) + exponentOf(b, bExponent) + 1, high, low, flags);
    }

    private void multiplyWide(long a, long b) {
        low = a * b;
        high = Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /** a / b. */
    void divide(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int sign = (aExponent ^ bExponent) & SIGN;
        int flags = source | denormal(a, aExponent) | denormal(b, bExponent);
        boolean aInfinite = isInfinite(a, aExponent);
        boolean bInfinite = isInfinite(b, bExponent);
        if (aInfinite && bInfinite || isZero(a, aExponent) && isZero(b, bExponent)) {
            indefinite();
        } else if (aInfinite) {
            raise(flags);
            result(sign | MAX_EXPONENT, Fpu.INTEGER_BIT);
        } else if (b == 0) {
            raise(Fpu.ZERO_DIVIDE);
            result(sign | MAX_EXPONENT, Fpu.INTEGER_BIT);
        } else if (bInfinite || a == 0) {
            raise(flags);
            result(sign, 0);
        } else {
            divideFinite(sign != 0, a, aExponent, b, bExponent, flags);
        }
    }

    private void divideFinite(boolean negative, long a, int aExponent, long b, int bExponent, int flags) {
        long na = normalized(a);
        long nb = normalized(b);
        int e = exponentOf(a, aExponent) - exponentOf(b, bExponent);
        boolean less = Long.compareUnsigned(na, nb) < 0;
        // the quotient's first bit: of na / nb when na is not less, else one further down
        long remainder = less ? na : na - nb;
        long whole = less ? 0 : 1;
        long fraction = divideWide(remainder, nb);
        long rest = high;
        long h = less ? fraction : whole << 63 | fraction >>> 1;
        long l = (less ? 0 : fraction << 63) | (rest != 0 ? 1 : 0);
        if (less) {
            // one more bit below, for rounding
            long next = rest << 1;
            boolean one = rest < 0 || Long.compareUnsigned(next, nb) >= 0;
            long left = one ? next - nb : next;
            l = (one ? Fpu.INTEGER_BIT : 0) | (left != 0 ? 1 : 0);
            e--;
        }
        pack(negative, e, h, l, flags);
    }

    /** {@code dividend x 2^64 / divisor} for a dividend below the divisor, whose first bit is set; the remainder goes to {@link #high}. */
    private long divideWide(long dividend, long divisor) {
        long d1 = divisor >>> 32;
        long d0 = divisor & 0xFFFF_FFFFL;
        long q1 = Long.divideUnsigned(dividend, d1);
        long r = Long.remainderUnsigned(dividend, d1);
        while (q1 >>> 32 != 0 || Long.compareUnsigned(q1 * d0, r << 32) > 0) {
            q1--;
            r += d1;
            if (r >>> 32 != 0) {
                break;
            }
        }
        long middle = (dividend << 32) - q1 * divisor;
        long q0 = Long.divideUnsigned(middle, d1);
        r = Long.remainderUnsigned(middle, d1);
        while (q0 >>> 32 != 0 || Long.compareUnsigned(q0 * d0, r << 32) > 0) {
            q0--;
            r += d1;
            if (r >>> 32 != 0) {
                break;
            }
        }
        high = (middle << 32) - q0 * divisor;
        return q1 << 32 | q0;
    }

    // ---- square root

    /** The square root of a. */
    void squareRoot(long a, int aExponent) {
        if (odd(a, aExponent, a, aExponent)) {
            return;
        }
        if (isZero(a, aExponent)) {
            raise(0);
            result(aExponent, a);
        } else if ((aExponent & SIGN) != 0) {
            indefinite();
        } else if (isInfinite(a, aExponent)) {
            raise(0);
            result(aExponent, a);
        } else {
            int e = exponentOf(a, aExponent);
            boolean oddExponent = (e & 1) != 0;
            long n = normalized(a);
            // a root of 64 bits and a bit more from the significand as a number with 130 bits
            root(oddExponent ? n : n >>> 1, oddExponent ? 0 : n << 63);
            pack(false, e >> 1, high, low, denormal(a, aExponent));
        }
    }

    /** The integer root of {@code h:l x 2^0}: 64 bits in {@link #high}; what is below the last, and whether there is a rest, in low. */
    private void root(long h, long l) {
        long rootBits = 0;
        long remainderHigh = 0;
        long remainder = 0;
        long restHigh = h;
        long restLow = l;
        for (int i = 0; i < 65; i++) {
            // bring down two bits
            remainderHigh = remainderHigh << 2 | remainder >>> 62;
            remainder = remainder << 2 | restHigh >>> 62;
            restHigh = restHigh << 2 | restLow >>> 62;
            restLow <<= 2;
            if (i == 64) {
                break;
            }
            // try 4 x root + 1
            long trialHigh = rootBits >>> 62;
            long trial = rootBits << 2 | 1;
            boolean fits = remainderHigh != trialHigh
                    ? Long.compareUnsigned(remainderHigh, trialHigh) > 0
                    : Long.compareUnsigned(remainder, trial) >= 0;
            if (fits) {
                long before = remainder;
                remainder -= trial;
                remainderHigh -= trialHigh + (Long.compareUnsigned(before, trial) < 0 ? 1 : 0);
            }
            rootBits = rootBits << 1 | (fits ? 1 : 0);
        }
        // the remainder has been brought down once more: the next bit of the root
        long trialHigh = rootBits >>> 62;
        long trial = rootBits << 2 | 1;
        boolean next = remainderHigh != trialHigh
                ? Long.compareUnsigned(remainderHigh, trialHigh) > 0
                : Long.compareUnsigned(remainder, trial) >= 0;
        boolean exact = remainderHigh == 0 && remainder == 0;
        high = rootBits;
        low = (next ? Fpu.INTEGER_BIT : 0) | (exact ? 0 : 1);
    }

    // ---- comparison

    /**
     * Compares a with b.
     *
     * @param quietly whether a quiet NaN is no exception
     * @return the condition codes C0 (less), C3 (equal), or C0, C2 and C3 (not comparable)
     */
    int compare(long a, int aExponent, long b, int bExponent, boolean quietly) {
        boolean unsupported = unsupported(a, aExponent) || unsupported(b, bExponent);
        boolean nan = isNan(a, aExponent) || isNan(b, bExponent);
        if (unsupported || nan) {
            boolean signalling = isSignalling(a, aExponent) || isSignalling(b, bExponent);
            raise(unsupported || signalling || !quietly ? Fpu.INVALID : 0);
            return Fpu.C0 | Fpu.C2 | Fpu.C3;
        }
        raise(source | denormal(a, aExponent) | denormal(b, bExponent));
        int order = order(a, aExponent, b, bExponent);
        return order == 0 ? Fpu.C3 : order < 0 ? Fpu.C0 : 0;
    }

    private static int order(long a, int aExponent, long b, int bExponent) {
        boolean aNegative = (aExponent & SIGN) != 0 && a != 0;
        boolean bNegative = (bExponent & SIGN) != 0 && b != 0;
        if (aNegative != bNegative) {
            return aNegative ? -1 : 1;
        }
        int magnitude;
        if (a == 0 || b == 0) {
            magnitude = Boolean.compare(a != 0, b != 0);
        } else {
            int exponents = Integer.compare(exponentOf(a, aExponent), exponentOf(b, bExponent));
            magnitude = exponents != 0 ? exponents : Long.compareUnsigned(normalized(a), normalized(b));
        }
        return aNegative ? -magnitude : magnitude;
    }
}
