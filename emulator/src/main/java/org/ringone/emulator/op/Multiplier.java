package org.ringone.emulator.op;

import org.ringone.emulator.CpuState;
import org.ringone.emulator.StatusFlags;

/**
 * Multiplication and division at 8, 16 and 32 bits.
 *
 * <p>Multiplication sets CF and OF when the upper half is needed; SF, ZF and PF, undefined in the manual, follow the lower half and
 * AF is 0. Division leaves all flags.
 */
final class Multiplier {
    /** What {@link #div} returns for a divide error: no quotient has a remainder of all ones. */
    static final long UNSIGNED_ERROR = -1;
    /** What {@link #idiv} returns for a divide error: a remainder of -2^31 with a quotient of 0 would need a divisor beyond 32 bits. */
    static final long SIGNED_ERROR = Long.MIN_VALUE;

    private Multiplier() {}

    /** Unsigned product of two zero-extended operands, twice as wide as they. */
    static long mul(CpuState s, int a, int b, int size) {
        int shift = 32 - (size << 3);
        long product = (a & 0xFFFF_FFFFL) * (b & 0xFFFF_FFFFL);
        boolean wide = product >>> (size << 3) != 0;
        StatusFlags.set(s, (int) product << shift >> shift, wide, wide);
        return product;
    }

    /** Signed product of two sign-extended operands, twice as wide as they. */
    static long imul(CpuState s, int a, int b, int size) {
        int shift = 32 - (size << 3);
        long product = (long) a * b;
        int low = (int) product << shift >> shift;
        boolean wide = low != product;
        StatusFlags.set(s, low, wide, wide);
        return product;
    }

    /**
     * Unsigned division.
     *
     * @param dividend twice as wide as {@code size}, zero-extended (all 64 bits for size 4)
     * @param divisor zero-extended
     * @return remainder in the upper 32 bits, quotient in the lower, or {@link #UNSIGNED_ERROR}
     */
    static long div(long dividend, int divisor, int size) {
        long by = divisor & 0xFFFF_FFFFL;
        if (dividend >>> (size << 3) >= by) { // quotient too wide, or division by 0
            return UNSIGNED_ERROR;
        }
        long quotient = Long.divideUnsigned(dividend, by);
        return dividend - quotient * by << 32 | quotient;
    }

    /**
     * Signed division, truncating towards 0.
     *
     * @param dividend twice as wide as {@code size}, sign-extended
     * @param divisor sign-extended
     * @return remainder in the upper 32 bits, quotient in the lower, or {@link #SIGNED_ERROR}
     */
    static long idiv(long dividend, int divisor, int size) {
        if (divisor == 0) {
            return SIGNED_ERROR;
        }
        int shift = 64 - (size << 3);
        long quotient = dividend / divisor;
        if (quotient << shift >> shift != quotient) {
            return SIGNED_ERROR;
        }
        return dividend - quotient * divisor << 32 | quotient & 0xFFFF_FFFFL;
    }
}
