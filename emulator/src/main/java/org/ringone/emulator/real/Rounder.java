package org.ringone.emulator.real;

/**
 * Rounding of a finite number to a format, with the exceptions that it meets. Tininess is detected after rounding, as the architecture
 * does (SDM volume 1, 4.9.1.5).
 */
public final class Rounder {
    /** Exception flags: their places are those of the x87 status word and of MXCSR. */
    public static final int INVALID = 1;

    public static final int DENORMAL = 2;
    public static final int ZERO_DIVIDE = 4;
    public static final int OVERFLOW = 8;
    public static final int UNDERFLOW = 16;
    public static final int INEXACT = 32;
    /** The magnitude was rounded up: C1 of the x87 status word. */
    public static final int UP = 1 << 9;

    /** Rounding modes: their numbers are those of the control word and of MXCSR. */
    public static final int NEAREST = 0;

    public static final int DOWN = 1;
    public static final int UPWARD = 2;
    public static final int ZERO = 3;

    /** What the exponent of a result is changed by when overflow or underflow is unmasked and the result is kept. */
    public static final int WRAP = 24576;

    /** The result's significand, left-aligned; bit 63 is clear in a denormal result. */
    public long significand;
    /** Unbiased. */
    public int exponent;
    /** {@link #INVALID} to {@link #UP}. */
    public int flags;
    /** Whether the result is beyond the range: an infinity, or the largest number when {@link #infinite} is false. */
    public boolean tooLarge;

    public boolean infinite;
    /** Whether the result is tiny: less than the least normal number. */
    public boolean tiny;

    private long kept;
    private boolean inexact;
    private boolean up;
    private boolean carry;

    /**
     * Rounds.
     *
     * @param r finite
     * @param precision bits of the result's significand
     * @param least exponent of the least normal number
     * @param most exponent of the largest
     * @param mode rounding mode
     * @param unmasked exceptions that are not masked: overflow and underflow change the result
     * @param wrap whether unmasked overflow and underflow give a result with its exponent changed; else the result means nothing
     */
    public void round(Real r, int precision, int least, int most, int mode, int unmasked, boolean wrap) {
        tooLarge = false;
        tiny = false;
        cut(r.negative, r.high, r.low, precision, mode);
        significand = carry ? Real.INTEGER_BIT : kept;
        exponent = carry ? r.exponent + 1 : r.exponent;
        flags = (inexact ? INEXACT : 0) | (up ? UP : 0);
        if (exponent > most) {
            overflow(r.negative, precision, most, mode, (unmasked & OVERFLOW) != 0, wrap);
        } else if (exponent < least) {
            tiny = true;
            if ((unmasked & UNDERFLOW) != 0 && wrap) {
                wrapUpwards(least);
            } else {
                denormalize(r, precision, least, mode, (unmasked & UNDERFLOW) != 0);
            }
        }
    }

    /** A number that is still too small with its exponent changed, which only scaling can give, becomes zero. */
    private void wrapUpwards(int least) {
        if (exponent + WRAP >= least) {
            flags |= UNDERFLOW;
            exponent += WRAP;
        } else {
            flags = UNDERFLOW | INEXACT;
            significand = 0;
            exponent = least;
        }
    }

    private void overflow(boolean negative, int precision, int most, int mode, boolean unmasked, boolean wrap) {
        flags |= OVERFLOW;
        if (unmasked && wrap && exponent - WRAP <= most) {
            exponent -= WRAP;
            return;
        }
        if (!unmasked || wrap) {
            flags |= INEXACT;
        }
        tooLarge = true;
        infinite = unmasked || mode == NEAREST || mode == (negative ? DOWN : UPWARD);
        flags = infinite ? flags | UP : flags & ~UP;
        significand = infinite ? Real.INTEGER_BIT : -1L << 64 - precision;
        exponent = infinite ? most + 1 : most;
    }

    private void denormalize(Real r, int precision, int least, int mode, boolean unmasked) {
        int shift = Math.min(least - r.exponent, 127);
        long h = shift < 64 ? r.high >>> shift : 0;
        long l = shift < 64
                ? r.low >>> shift | r.high << 64 - shift | sticky(r.low, shift)
                : r.high >>> shift - 64 | sticky(r.high, shift - 64) | (r.low != 0 ? 1 : 0);
        cut(r.negative, h, l, precision, mode);
        significand = kept;
        exponent = least;
        flags = (inexact ? INEXACT : 0) | (up ? UP : 0) | (inexact || unmasked ? UNDERFLOW : 0);
    }

    /** A one when bits that a shift drops are not all zero. */
    private static long sticky(long value, int shift) {
        return shift == 0 || value << 64 - shift == 0 ? 0 : 1;
    }

    /** Keeps {@code precision} bits from bit 63 down. */
    private void cut(boolean negative, long high, long low, int precision, int mode) {
        int dropped = 64 - precision;
        long head = high >>> dropped << dropped;
        long rest = dropped == 0 ? low : (high ^ head) << precision | (low != 0 ? 1 : 0);
        inexact = rest != 0;
        up = inexact && up(head >>> dropped, rest, negative, mode);
        kept = up ? head + (1L << dropped) : head;
        carry = up && kept == 0;
    }

    /** The dropped bits come as an unsigned fraction of the last one kept. */
    private static boolean up(long last, long rest, boolean negative, int mode) {
        return switch (mode) {
            case NEAREST -> rest < 0 && (rest << 1 != 0 || (last & 1) != 0);
            case DOWN -> negative;
            case UPWARD -> !negative;
            default -> false;
        };
    }

    /**
     * Rounds to an integer's magnitude.
     *
     * @param r finite, its exponent at most 63
     * @return the magnitude, unsigned; {@link #flags} tells how it was rounded. 2^64, which needs exponent 63, cannot occur
     */
    public long integer(Real r, int mode) {
        int e = r.exponent;
        long whole = e >= 0 ? r.high >>> 63 - e : 0;
        // below a half: anything that is not 0
        long rest = e >= 63 ? 0 : e >= 0 ? r.high << e + 1 : e == -1 ? r.high : 1;
        inexact = rest != 0;
        up = inexact && up(whole, rest, r.negative, mode);
        flags = (inexact ? INEXACT : 0) | (up ? UP : 0);
        return up ? whole + 1 : whole;
    }
}
