package org.ringone.emulator.real;

/** Arithmetic on unsigned numbers of 64 and 128 bits. */
public final class Wide {
    private static final long LOW = 0xFFFF_FFFFL;

    private Wide() {}

    /** The upper half of an unsigned product. */
    public static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /**
     * Divides 128 bits by 64 (Knuth, The Art of Computer Programming, volume 2, algorithm 4.3.1 D, with digits of 32 bits).
     *
     * @param high less than the divisor
     * @param divisor with bit 63 set
     */
    public static long divide(long high, long low, long divisor) {
        long d1 = divisor >>> 32;
        long d0 = divisor & LOW;
        long q1 = digit(high, low >>> 32, d1, d0);
        long rest = (high << 32 | low >>> 32) - q1 * divisor;
        long q0 = digit(rest, low & LOW, d1, d0);
        return q1 << 32 | q0;
    }

    /** One digit: the dividend's upper 64 bits and its next 32. */
    private static long digit(long upper, long next, long d1, long d0) {
        long q = Long.divideUnsigned(upper, d1);
        long rest = upper - q * d1;
        while (q > LOW || Long.compareUnsigned(q * d0, rest << 32 | next) > 0) {
            q--;
            rest += d1;
            if (rest > LOW) {
                break;
            }
        }
        return q;
    }
}
