package org.ringone.emulator;

/** Remainders, scaling, taking apart and rounding to whole numbers: exact, or rounded to the whole significand. */
final class ExtendedFunctions extends ExtendedResult {

    private static final int FULL = 64;
    private static final int FAR = 0x10000;

    private int codes;

    ExtendedFunctions(Fpu fpu) {
        super(fpu);
    }

    /** The condition codes that go with the last remainder. */
    int codes() {
        return codes;
    }

    // ---- remainders

    /**
     * The remainder of a / b: exact. When the exponents are far apart only part of the way is gone, and C2 says so; else C0, C3 and C1
     * are the last three bits of the quotient.
     *
     * @param nearest whether the quotient is rounded to nearest (FPREM1) and not towards zero (FPREM)
     */
    void remainder(long a, int aExponent, long b, int bExponent, boolean nearest) {
        codes = 0;
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int flags = denormal(a, aExponent) | denormal(b, bExponent);
        if (isInfinite(a, aExponent) || isZero(b, bExponent)) {
            indefinite();
        } else if (isInfinite(b, bExponent) || a == 0) {
            unchanged(a, aExponent, flags);
        } else {
            remainderOfFinite(a, aExponent, b, bExponent, flags, nearest);
        }
    }

    private void unchanged(long a, int aExponent, int flags) {
        if (a == 0 || (aExponent & MAX_EXPONENT) != 0) {
            raise(flags);
            result(aExponent, a);
        } else {
            pack((aExponent & SIGN) != 0, exponentOf(a, aExponent), normalized(a), 0, flags, FULL);
        }
    }

    private void remainderOfFinite(long a, int aExponent, long b, int bExponent, int flags, boolean nearest) {
        boolean negative = (aExponent & SIGN) != 0;
        int ea = exponentOf(a, aExponent);
        int distance = ea - exponentOf(b, bExponent);
        long rest = normalized(a);
        long divisor = normalized(b);
        if (distance == -1 && nearest && Long.compareUnsigned(rest, divisor) > 0) {
            codes = Fpu.C1; // more than half: the quotient is 1
            packRest(!negative, ea, (divisor << 1) - rest, flags);
            return;
        }
        if (distance < 0) {
            unchanged(a, aExponent, flags);
            return;
        }
        boolean partial = distance >= 64;
        int steps = partial ? distance & 31 | 32 : distance;
        long quotient = 0;
        boolean carry = false;
        for (int i = 0; i <= steps; i++) {
            if (i > 0) {
                carry = rest < 0;
                rest <<= 1;
            }
            boolean fits = carry || Long.compareUnsigned(rest, divisor) >= 0;
            quotient = quotient << 1 | (fits ? 1 : 0);
            rest = fits ? rest - divisor : rest;
        }
        if (partial) {
            codes = Fpu.C2;
        } else {
            if (nearest && beyondHalf(rest, divisor, quotient)) {
                rest = divisor - rest;
                negative = !negative;
                quotient++;
            }
            codes = ((quotient & 4) != 0 ? Fpu.C0 : 0)
                    | ((quotient & 2) != 0 ? Fpu.C3 : 0)
                    | ((quotient & 1) != 0 ? Fpu.C1 : 0);
        }
        packRest(negative, ea - steps, rest, flags);
    }

    /** Whether the rest is more than half of the divisor, or just half and the quotient odd. */
    private static boolean beyondHalf(long rest, long divisor, long quotient) {
        int order = Long.compareUnsigned(rest, divisor - rest);
        return order > 0 || order == 0 && (quotient & 1) != 0;
    }

    private void packRest(boolean negative, int e, long rest, int flags) {
        if (rest == 0) {
            raise(flags);
            result(negative ? SIGN : 0, 0);
        } else {
            int zeros = Long.numberOfLeadingZeros(rest);
            pack(negative, e - zeros, rest << zeros, 0, flags, FULL);
        }
    }

    // ---- scaling

    /** a x 2^b, b without its fraction. */
    void scale(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int flags = denormal(a, aExponent) | denormal(b, bExponent);
        boolean down = (bExponent & SIGN) != 0;
        int sign = aExponent & SIGN;
        if (isInfinite(b, bExponent)) {
            if (down ? isInfinite(a, aExponent) : isZero(a, aExponent)) {
                indefinite();
            } else {
                raise(flags);
                result(down ? sign : sign | MAX_EXPONENT, down ? 0 : Fpu.INTEGER_BIT);
            }
        } else if (isInfinite(a, aExponent) || isZero(a, aExponent)) {
            raise(flags);
            result(aExponent, a);
        } else {
            int e = b == 0 ? -1 : exponentOf(b, bExponent);
            int by = e < 0 ? 0 : e > 16 ? FAR : (int) (normalized(b) >>> 63 - e);
            pack(sign != 0, exponentOf(a, aExponent) + (down ? -by : by), normalized(a), 0, flags, FULL);
        }
    }

    // ---- taking apart

    /** The exponent of a number as a number. The significand is {@link #significandOf}. */
    void exponentAsNumber(long a, int aExponent) {
        if (odd(a, aExponent, a, aExponent)) {
            return;
        }
        if (isZero(a, aExponent)) {
            raise(Fpu.ZERO_DIVIDE);
            result(SIGN | MAX_EXPONENT, Fpu.INTEGER_BIT);
        } else if (isInfinite(a, aExponent)) {
            raise(0);
            result(MAX_EXPONENT, Fpu.INTEGER_BIT);
        } else {
            int e = exponentOf(a, aExponent);
            raise(denormal(a, aExponent));
            if (e == 0) {
                result(0, 0);
            } else {
                int zeros = Long.numberOfLeadingZeros(Math.abs(e));
                result((e < 0 ? SIGN : 0) | BIAS + 63 - zeros, (long) Math.abs(e) << zeros);
            }
        }
    }

    /** The significand of a number, as a number of the same sign from 1 up to 2. */
    void significandOf(long a, int aExponent) {
        boolean finite = (aExponent & MAX_EXPONENT) != MAX_EXPONENT && a != 0;
        result(finite ? aExponent & SIGN | BIAS : aExponent, finite ? normalized(a) : a);
    }

    // ---- whole numbers

    /** a rounded to a whole number. */
    void roundToWhole(long a, int aExponent) {
        if (odd(a, aExponent, a, aExponent)) {
            return;
        }
        int sign = aExponent & SIGN;
        int e = a == 0 ? 0 : exponentOf(a, aExponent);
        if (isInfinite(a, aExponent) || a == 0 || e >= 63) {
            raise(0);
            result(aExponent, a);
            return;
        }
        int flags = denormal(a, aExponent);
        long n = normalized(a);
        long whole = e >= 0 ? n >>> 63 - e : 0;
        long rest = e >= 0 ? n << e + 1 : e == -1 ? n : 1; // below a half: anything not 0
        boolean up = rest != 0
                && switch (fpu.rounding()) {
                    case 0 -> rest < 0 && (rest << 1 != 0 || (whole & 1) != 0);
                    case 1 -> sign != 0;
                    case 2 -> sign == 0;
                    default -> false;
                };
        whole += up ? 1 : 0;
        raise(flags | (rest != 0 ? Fpu.INEXACT : 0) | (up ? Fpu.C1 : 0));
        if (whole == 0) {
            result(sign, 0);
        } else {
            int zeros = Long.numberOfLeadingZeros(whole);
            result(sign | BIAS + 63 - zeros, whole << zeros);
        }
    }
}
