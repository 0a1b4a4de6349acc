package org.ringone.emulator;

/**
 * A finite number being rounded to a format: sign, exponent and significand, and the exceptions that the rounding met. The significand
 * is left-aligned: bit 63 has the weight of the exponent.
 */
final class Rounded {
    boolean negative;
    /** Unbiased. */
    int exponent;

    long significand;
    /** {@link Fpu} exception flags and C1. */
    int flags;
    /** The result is beyond the format's range; {@link #infinite} says which way rounding goes. */
    boolean tooLarge;

    boolean infinite;

    /** The number is smaller than the format's normal ones, even when rounded as if there were smaller ones. */
    boolean tiny;

    /**
     * Rounds.
     *
     * @param high the significand's upper half, normalized (bit 63 set)
     * @param low its lower half
     * @param precision bits of the format's significand, 1 to 64
     * @param least the format's smallest exponent of a normal number
     * @param most its largest
     * @param rounding the control word's rounding field
     */
    Rounded(boolean negative, int exponent, long high, long low, int precision, int least, int most, int rounding) {
        this.negative = negative;
        this.exponent = exponent;
        tiny = exponent < least && !(exponent == least - 1 && carries(high, low, precision, rounding));
        long h = high;
        long l = low;
        if (exponent < least) {
            int shift = Math.min(least - exponent, 127);
            l = shift < 64
                    ? l >>> shift | h << 1 << 63 - shift | sticky(l, shift)
                    : h >>> shift - 64 | sticky(h, shift - 64) | (l != 0 ? 1 : 0);
            h = shift < 64 ? h >>> shift : 0;
            this.exponent = least;
        }
        int dropped = 64 - precision;
        long kept = dropped == 0 ? h : h >>> dropped << dropped;
        long rest = dropped == 0 ? l : (h ^ kept) << precision | (l != 0 ? 1 : 0);
        // now rest, as an unsigned fraction of the last kept bit, is what rounding drops
        significand = kept;
        if (rest != 0) {
            flags |= Fpu.INEXACT;
            if (up(kept >>> dropped, rest, rounding)) {
                flags |= Fpu.C1;
                significand = kept + (1L << dropped);
                if (significand == 0) { // carried out of the top
                    significand = Fpu.INTEGER_BIT;
                    this.exponent++;
                }
            }
            if (tiny) {
                flags |= Fpu.UNDERFLOW;
            }
        }
        if (this.exponent > most) {
            tooLarge = true;
            flags |= Fpu.OVERFLOW | Fpu.INEXACT;
            infinite = rounding == 0 || rounding == (negative ? 1 : 2);
        }
    }

    /** A one when bits that a shift drops are not all zero. */
    private static long sticky(long value, int shift) {
        return shift == 0 || value << 64 - shift == 0 ? 0 : 1;
    }

    /** Whether rounding to the precision carries out of the top. */
    private boolean carries(long high, long low, int precision, int rounding) {
        int dropped = 64 - precision;
        long kept = dropped == 0 ? high : high >>> dropped << dropped;
        long rest = dropped == 0 ? low : (high ^ kept) << precision | (low != 0 ? 1 : 0);
        return rest != 0 && up(kept >>> dropped, rest, rounding) && kept + (1L << dropped) == 0;
    }

    private boolean up(long kept, long rest, int rounding) {
        return switch (rounding) {
            case 0 -> rest < 0 && (rest << 1 != 0 || (kept & 1) != 0);
            case 1 -> negative;
            case 2 -> !negative;
            default -> false;
        };
    }
}
