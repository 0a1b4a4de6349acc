package org.ringone.emulator.real;

/**
 * Operations on finite numbers that are not zero, of 64 significant bits (their {@link Real#low} is 0), with results that are exact or
 * have a sticky bit: enough for any rounding.
 */
public final class Exact {
    private static final long TOP = Real.INTEGER_BIT;

    private Exact() {}

    /** Adds; a result of zero is positive (its sign is the rounding mode's business). */
    public static void add(Real a, Real b, Real r) {
        boolean swap = a.exponent < b.exponent || a.exponent == b.exponent && Long.compareUnsigned(a.high, b.high) < 0;
        Real large = swap ? b : a;
        Real small = swap ? a : b;
        int e = large.exponent;
        boolean negative = large.negative;
        int shift = e - small.exponent;
        long h = large.high;
        long s = small.high;
        long sh = shift < 64 ? s >>> shift : 0;
        long sl = shift == 0
                ? 0
                : shift < 64 ? s << 64 - shift : shift == 64 ? s : shift < 127 ? s >>> shift - 64 | 1 : 1;
        if (large.negative == small.negative) {
            long sum = h + sh;
            boolean carry = Long.compareUnsigned(sum, h) < 0;
            set(
                    r,
                    negative,
                    carry ? e + 1 : e,
                    carry ? sum >>> 1 | TOP : sum,
                    carry ? sl >>> 1 | sum << 63 | sl & 1 : sl);
        } else {
            r.finite(negative, e, h - sh - (sl != 0 ? 1 : 0), -sl);
            r.negative &= !r.zero();
        }
    }

    public static void multiply(Real a, Real b, Real r) {
        long h = Wide.multiplyHigh(a.high, b.high);
        long l = a.high * b.high;
        int e = a.exponent + b.exponent;
        boolean negative = a.negative != b.negative;
        if (h < 0) {
            set(r, negative, e + 1, h, l);
        } else {
            set(r, negative, e, h << 1 | l >>> 63, l << 1);
        }
    }

    public static void divide(Real a, Real b, Real r) {
        boolean less = Long.compareUnsigned(a.high, b.high) < 0;
        long h = less ? a.high : a.high >>> 1;
        long l = less ? 0 : a.high << 63;
        long divisor = b.high;
        long quotient = Wide.divide(h, l, divisor);
        long rest = l - quotient * divisor;
        set(r, a.negative != b.negative, a.exponent - b.exponent - (less ? 1 : 0), quotient, below(rest, divisor));
    }

    /** What a remainder adds below the last bit: nothing, less than a half, a half, more. */
    private static long below(long rest, long divisor) {
        if (rest == 0) {
            return 0;
        }
        int half = Long.compareUnsigned(rest, divisor - rest);
        return half < 0 ? TOP >>> 1 : half == 0 ? TOP : TOP | TOP >>> 1;
    }

    /** Of a positive number. */
    public static void squareRoot(Real a, Real r) {
        boolean odd = (a.exponent & 1) != 0;
        long h = odd ? a.high : a.high >>> 1;
        long l = odd ? 0 : a.high << 63;
        // digit by digit; the remainder has up to 66 bits, of which the root's length leaves room for 64 until the last
        // steps
        long root = 0;
        long rest = 0;
        boolean over = false; // the remainder's 65th bit
        for (int n = 0; n < 64; n++) {
            long top = rest >>> 62;
            rest = rest << 2 | h >>> 62;
            h = h << 2 | l >>> 62;
            l <<= 2;
            long trial = root << 2 | 1;
            long trialTop = root >>> 62;
            top |= over ? 4 : 0;
            root <<= 1;
            if (top > trialTop || top == trialTop && Long.compareUnsigned(rest, trial) >= 0) {
                top -= trialTop + (Long.compareUnsigned(rest, trial) < 0 ? 1 : 0);
                rest -= trial;
                root |= 1;
            }
            over = top != 0;
        }
        boolean aboveHalf = over || Long.compareUnsigned(rest, root) > 0;
        long low = rest == 0 && !over ? 0 : aboveHalf ? TOP | 1 : 1;
        set(r, false, a.exponent >> 1, root, low);
    }

    private static void set(Real r, boolean negative, int exponent, long high, long low) {
        r.kind = Real.Kind.FINITE;
        r.denormal = false;
        r.negative = negative;
        r.exponent = exponent;
        r.high = high;
        r.low = low;
    }
}
