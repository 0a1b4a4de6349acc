package org.ringone.emulator.sse;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.Vector;
import org.ringone.emulator.real.Exact;
import org.ringone.emulator.real.Real;
import org.ringone.emulator.real.Rounder;

/**
 * Arithmetic on elements of vectors, single or double precision, as MXCSR says. Exceptions of all elements are gathered: those found
 * before anything is computed count first (SDM volume 1, 11.5.3).
 */
final class VectorArithmetic {
    /** The formats of elements. */
    enum Format {
        SINGLE(24, 127),
        DOUBLE(53, 1023);

        final int precision;
        final int bias;

        Format(int precision, int bias) {
            this.precision = precision;
            this.bias = bias;
        }

        private int fractionBits() {
            return precision - 1;
        }

        private long infinity() {
            return (2L * bias + 1) << fractionBits();
        }

        private long sign() {
            return this == SINGLE ? 1L << 31 : 1L << 63;
        }

        private long quiet() {
            return 1L << precision - 2;
        }

        long indefinite() {
            return sign() | infinity() | quiet();
        }
    }

    /** The operations on elements. */
    enum Operator {
        ADD,
        SUB,
        MUL,
        DIV,
        MIN,
        MAX,
        SQRT
    }

    private final Sse sse;
    final Real a = new Real();
    final Real b = new Real();
    private final Real r = new Real();
    final Rounder rounder = new Rounder();

    private int before;
    private int after;
    private int unmasked;
    private boolean zeros;
    private boolean flush;
    int mode;

    VectorArithmetic(Sse sse) {
        this.sse = sse;
    }

    /** Begins an instruction. */
    void begin() {
        int mxcsr = sse.mxcsr();
        before = 0;
        after = 0;
        unmasked = ~(mxcsr >> Sse.MASK_SHIFT) & Sse.FLAGS;
        zeros = (mxcsr & Sse.DENORMALS_ARE_ZEROS) != 0;
        flush = (mxcsr & Sse.FLUSH_TO_ZERO) != 0 && (unmasked & Rounder.UNDERFLOW) == 0;
        mode = mxcsr >> Sse.ROUNDING_SHIFT & 3;
    }

    /** Ends an instruction: notes its exceptions. False when an unmasked one is raised; then there is no result. */
    boolean end(Cpu cpu) {
        boolean early = (before & unmasked) != 0;
        sse.mxcsr(sse.mxcsr() | before | (early ? 0 : after));
        if (!early && (after & unmasked) == 0) {
            return true;
        }
        cpu.fault((cpu.s.cr4() & CpuState.CR4_OSXMMEXCPT) != 0 ? Vector.XF : Vector.UD);
        return false;
    }

    /** Notes exceptions that are found before anything is computed. */
    void before(int flags) {
        before |= flags;
    }

    /** Notes exceptions of a result. */
    void after(int flags) {
        after |= flags & Sse.FLAGS;
    }

    /** Takes an element apart. */
    void load(Real to, long bits, Format format) {
        if (format == Format.SINGLE) {
            to.fromSingle((int) bits);
        } else {
            to.fromDouble(bits);
        }
        if (to.denormal && zeros) {
            to.kind = Real.Kind.ZERO;
            to.denormal = false;
        }
    }

    /** Operates on two elements; of the square root the second counts. */
    long operate(Operator operator, long first, long second, Format format) {
        load(a, first, format);
        load(b, second, format);
        if (operator == Operator.MIN || operator == Operator.MAX) {
            return extreme(first, second, operator == Operator.MIN, format);
        }
        if (operator == Operator.SQRT) {
            return squareRoot(second, format);
        }
        if (a.nan() || b.nan()) {
            if (a.kind == Real.Kind.SIGNALING || b.kind == Real.Kind.SIGNALING) {
                before |= Rounder.INVALID;
            }
            return (a.nan() ? first : second) | format.quiet();
        }
        return switch (operator) {
            case ADD -> add(format);
            case SUB -> {
                b.negative = !b.negative;
                yield add(format);
            }
            case MUL -> multiply(format);
            default -> divide(format);
        };
    }

    private long add(Format format) {
        if (a.infinite() && b.infinite() && a.negative != b.negative) {
            return invalid(format);
        }
        denormals();
        if (a.infinite() || b.infinite()) {
            return infinity(a.infinite() ? a.negative : b.negative, format);
        }
        if (a.zero() && b.zero()) {
            return zero(a.negative == b.negative ? a.negative : mode == Rounder.DOWN, format);
        }
        if (a.zero() || b.zero()) {
            r.copy(a.zero() ? b : a);
        } else {
            Exact.add(a, b, r);
        }
        return r.zero() ? zero(mode == Rounder.DOWN, format) : round(r, format);
    }

    private long multiply(Format format) {
        boolean negative = a.negative != b.negative;
        if (a.infinite() && b.zero() || a.zero() && b.infinite()) {
            return invalid(format);
        }
        denormals();
        if (a.infinite() || b.infinite()) {
            return infinity(negative, format);
        }
        if (a.zero() || b.zero()) {
            return zero(negative, format);
        }
        Exact.multiply(a, b, r);
        return round(r, format);
    }

    private long divide(Format format) {
        boolean negative = a.negative != b.negative;
        if (a.infinite() && b.infinite() || a.zero() && b.zero()) {
            return invalid(format);
        }
        if (b.zero() && a.finite()) {
            before |= Rounder.ZERO_DIVIDE;
            return infinity(negative, format);
        }
        denormals();
        if (a.infinite()) {
            return infinity(negative, format);
        }
        if (a.zero() || b.infinite()) {
            return zero(negative, format);
        }
        Exact.divide(a, b, r);
        return round(r, format);
    }

    private long squareRoot(long bits, Format format) {
        if (b.nan()) {
            before |= b.kind == Real.Kind.SIGNALING ? Rounder.INVALID : 0;
            return bits | format.quiet();
        }
        if (b.zero()) {
            return zero(b.negative, format);
        }
        if (b.negative) {
            return invalid(format);
        }
        if (b.infinite()) {
            return bits;
        }
        before |= b.denormal ? Rounder.DENORMAL : 0;
        Exact.squareRoot(b, r);
        return round(r, format);
    }

    /** The second operand when they are equal or one is a NaN. */
    private long extreme(long first, long second, boolean least, Format format) {
        long other = b.zero() ? zero(b.negative, format) : second;
        if (a.nan() || b.nan()) {
            before |= Rounder.INVALID;
            return other;
        }
        denormals();
        int order = a.compare(b);
        boolean firstWins = least ? order < 0 : order > 0;
        return firstWins ? a.zero() ? zero(a.negative, format) : first : other;
    }

    private void denormals() {
        before |= a.denormal || b.denormal ? Rounder.DENORMAL : 0;
    }

    /** An invalid operation: the default NaN. */
    long invalid(Format format) {
        before |= Rounder.INVALID;
        return format.indefinite();
    }

    long infinity(boolean negative, Format format) {
        return format.infinity() | (negative ? format.sign() : 0);
    }

    long zero(boolean negative, Format format) {
        return negative ? format.sign() : 0;
    }

    /**
     * Rounds a finite number to an element. When an unmasked underflow or overflow makes that no result, it is inexact only if it
     * would be with an exponent without bounds.
     */
    long round(Real x, Format format) {
        rounder.round(x, format.precision, 1 - format.bias, format.bias, mode, unmasked, true);
        if (rounder.tiny && flush) {
            after |= Rounder.UNDERFLOW | Rounder.INEXACT;
            return zero(x.negative, format);
        }
        after(rounder.flags);
        long fraction = rounder.significand << 1 >>> 64 - format.fractionBits();
        long biased = rounder.significand < 0 ? rounder.exponent + format.bias : 0;
        return biased << format.fractionBits() | fraction | (x.negative ? format.sign() : 0);
    }

    /** An element of one format in the other. */
    long convert(long bits, Format from, Format to) {
        load(a, bits, from);
        if (a.nan()) {
            before |= a.kind == Real.Kind.SIGNALING ? Rounder.INVALID : 0;
            long fraction = a.high << 1 >>> 64 - to.fractionBits();
            return (a.negative ? to.sign() : 0) | to.infinity() | to.quiet() | fraction;
        }
        if (a.infinite()) {
            return infinity(a.negative, to);
        }
        if (a.zero()) {
            return zero(a.negative, to);
        }
        before |= a.denormal ? Rounder.DENORMAL : 0;
        return round(a, to);
    }

    long fromInteger(int value, Format format) {
        a.fromInteger(value);
        return a.zero() ? 0 : round(a, format);
    }

    /** An element as a signed integer of 32 bits; what does not fit gives the smallest one. */
    int toInteger(long bits, Format format, int roundingMode) {
        load(a, bits, format);
        if (a.zero()) {
            return 0;
        }
        if (!a.finite() || a.exponent >= 32) {
            before |= Rounder.INVALID;
            return Integer.MIN_VALUE;
        }
        long whole = rounder.integer(a, roundingMode);
        if (whole > (a.negative ? 1L << 31 : (1L << 31) - 1)) {
            before |= Rounder.INVALID;
            return Integer.MIN_VALUE;
        }
        after(rounder.flags);
        return (int) (a.negative ? -whole : whole);
    }

    /**
     * Compares two elements.
     *
     * @param quiet whether quiet NaNs are no invalid operands
     * @return -1, 0, 1 for less, equal, greater; 2 for unordered
     */
    int compare(long first, long second, boolean quiet, Format format) {
        load(a, first, format);
        load(b, second, format);
        if (a.nan() || b.nan()) {
            boolean signaling = a.kind == Real.Kind.SIGNALING || b.kind == Real.Kind.SIGNALING;
            before |= signaling || !quiet ? Rounder.INVALID : 0;
            return 2;
        }
        denormals();
        return Integer.signum(a.compare(b));
    }

    /**
     * The approximations of RCPPS and RSQRTPS: here the reciprocal, or that of the square root, rounded to 12 bits, which is within
     * their bound of 1.5 * 2^-12. Denormals count as zero, and no exception is noted.
     */
    long approximate(long bits, boolean root) {
        Format format = Format.SINGLE;
        b.fromSingle((int) bits);
        boolean zero = b.zero() || b.denormal;
        if (b.nan()) {
            return bits | format.quiet();
        }
        if (root && b.negative && !zero) {
            return format.indefinite();
        }
        if (zero) {
            return infinity(b.negative, format);
        }
        if (b.infinite()) {
            return zero(b.negative, format);
        }
        if (root) {
            Exact.squareRoot(b, r);
            r.low = 0;
            b.copy(r);
        }
        a.fromInteger(1);
        Exact.divide(a, b, r);
        rounder.round(r, 12, -126, 127, Rounder.NEAREST, 0, false);
        if (rounder.tiny) {
            return zero(r.negative, format);
        }
        long fraction = rounder.significand << 1 >>> 64 - format.fractionBits();
        return (long) (rounder.exponent + format.bias) << format.fractionBits()
                | fraction
                | (r.negative ? format.sign() : 0);
    }
}
