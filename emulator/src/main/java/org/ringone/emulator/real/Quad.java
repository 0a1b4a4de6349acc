package org.ringone.emulator.real;

/** Arithmetic on finite {@link Real} numbers with all 128 bits of their significands; results are cut, not rounded. */
final class Quad {
    private Quad() {}

    /** Multiplies; the result may be one of the operands. */
    static void multiply(Real a, Real b, Real r) {
        if (a.zero() || b.zero()) {
            r.finite(a.negative != b.negative, 0, 0, 0);
            return;
        }
        boolean negative = a.negative != b.negative;
        int e = a.exponent + b.exponent + 1;
        long middle = Wide.multiplyHigh(a.high, b.low);
        long other = Wide.multiplyHigh(a.low, b.high);
        long high = Wide.multiplyHigh(a.high, b.high);
        long low = a.high * b.high;
        low += middle;
        high += Long.compareUnsigned(low, middle) < 0 ? 1 : 0;
        low += other;
        high += Long.compareUnsigned(low, other) < 0 ? 1 : 0;
        r.finite(negative, e, high, low);
    }

    /** Adds; the result may be one of the operands. */
    static void add(Real a, Real b, Real r) {
        if (a.zero() || b.zero()) {
            r.copy(a.zero() ? b : a);
            return;
        }
        boolean swap = a.exponent < b.exponent
                || a.exponent == b.exponent
                        && (Long.compareUnsigned(a.high, b.high) < 0
                                || a.high == b.high && Long.compareUnsigned(a.low, b.low) < 0);
        Real large = swap ? b : a;
        Real small = swap ? a : b;
        int shift = large.exponent - small.exponent;
        boolean negative = large.negative;
        boolean same = large.negative == small.negative;
        int e = large.exponent;
        long h = large.high;
        long l = large.low;
        long sh = shift < 64 ? small.high >>> shift : 0;
        long sl = shift == 0
                ? small.low
                : shift < 64
                        ? small.low >>> shift | small.high << 64 - shift
                        : shift < 128 ? small.high >>> shift - 64 : 0;
        sl |= shift >= 64 ? 1 : 0; // so that a difference is never taken for exact
        if (!same) {
            long low = l - sl;
            r.finite(negative, e, h - sh - (Long.compareUnsigned(l, sl) < 0 ? 1 : 0), low);
            return;
        }
        long low = l + sl;
        long in = Long.compareUnsigned(low, l) < 0 ? 1 : 0;
        long high = h + sh + in;
        boolean carry = in != 0 ? Long.compareUnsigned(high, h) <= 0 : Long.compareUnsigned(high, h) < 0;
        if (carry) {
            r.finite(negative, e + 1, high >>> 1 | Real.INTEGER_BIT, low >>> 1 | high << 63);
        } else {
            r.finite(negative, e, high, low);
        }
    }

    /** Divides; the result may be one of the operands. */
    static void divide(Real a, Real b, Real r) {
        boolean negative = a.negative != b.negative;
        int e = a.exponent - b.exponent;
        long h = a.high;
        long l = a.low;
        long dh = b.high;
        long dl = b.low;
        long qh = 0;
        long ql = 0;
        boolean over = false;
        for (int n = 0; n < 128; n++) {
            qh = qh << 1 | ql >>> 63;
            ql <<= 1;
            int first = Long.compareUnsigned(h, dh);
            if (over || first > 0 || first == 0 && Long.compareUnsigned(l, dl) >= 0) {
                h = h - dh - (Long.compareUnsigned(l, dl) < 0 ? 1 : 0);
                l -= dl;
                ql |= 1;
            }
            over = h < 0;
            h = h << 1 | l >>> 63;
            l <<= 1;
        }
        r.finite(negative, e, qh, ql);
    }
}
