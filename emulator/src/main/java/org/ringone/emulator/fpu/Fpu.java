package org.ringone.emulator.fpu;

import org.ringone.emulator.real.Real;
import org.ringone.emulator.real.Rounder;

/**
 * The floating-point unit: eight registers in their 80-bit images, control and status, and the pointers to the last instruction and
 * operand.
 */
public final class Fpu {
    /** Exception flags of the status word; the same bits of the control word mask them. */
    static final int INVALID = Rounder.INVALID;

    static final int DENORMAL = Rounder.DENORMAL;
    static final int ZERO_DIVIDE = Rounder.ZERO_DIVIDE;
    static final int OVERFLOW = Rounder.OVERFLOW;
    static final int UNDERFLOW = Rounder.UNDERFLOW;
    static final int INEXACT = Rounder.INEXACT;
    static final int EXCEPTIONS = 63;
    /** Those that are found before anything is computed: unmasked, they leave all operands as they were. */
    private static final int BEFORE = INVALID | DENORMAL | ZERO_DIVIDE;
    /** Status: invalid because of the register stack. */
    static final int STACK = 64;
    /** Status: an unmasked exception is pending. */
    static final int SUMMARY = 1 << 7;
    /** Status: stack overflow (set) or underflow (clear); of an inexact result, rounded up. */
    static final int C1 = Rounder.UP;

    static final int C0 = 1 << 8;
    static final int C2 = 1 << 10;
    static final int C3 = 1 << 14;
    static final int CONDITIONS = C0 | C1 | C2 | C3;

    static final int BUSY = 1 << 15;
    private static final int TOP_SHIFT = 11;

    /** The default NaN: what invalid operations give. */
    static final long INDEFINITE = 0xC000_0000_0000_0000L;

    static final int INDEFINITE_EXPONENT = 0xFFFF;
    static final long INTEGER_BIT = Real.INTEGER_BIT;
    /** Sign and exponent that MMX instructions leave in a register. */
    private static final int MMX_EXPONENT = 0xFFFF;

    private static final int CONTROL_DEFINED = 0x1F7F;

    /** Significands of the physical registers 0 to 7, integer bit and all. */
    private final long[] significand = new long[8];
    /** Their signs (bit 15) and biased exponents. */
    private final int[] exponent = new int[8];

    private int control;
    /** The status word without the top-of-stack field. */
    private int status;

    private int top;
    /** A bit per physical register. */
    private int empty;

    int instructionPointer;
    int instructionSelector;
    int operandPointer;
    int operandSelector;
    int opcode;

    private final FpuArithmetic arithmetic = new FpuArithmetic(this);

    public Fpu() {
        reset();
    }

    public void copyFrom(Fpu o) {
        System.arraycopy(o.significand, 0, significand, 0, 8);
        System.arraycopy(o.exponent, 0, exponent, 0, 8);
        control = o.control;
        status = o.status;
        top = o.top;
        empty = o.empty;
        instructionPointer = o.instructionPointer;
        instructionSelector = o.instructionSelector;
        operandPointer = o.operandPointer;
        operandSelector = o.operandSelector;
        opcode = o.opcode;
    }

    /** As FNINIT: the registers keep what they hold, marked empty. */
    public void reset() {
        control = 0x37F;
        status = 0;
        top = 0;
        empty = 0xFF;
        instructionPointer = 0;
        instructionSelector = 0;
        operandPointer = 0;
        operandSelector = 0;
        opcode = 0;
    }

    public int control() {
        return control;
    }

    /** The unit's workspace. */
    FpuArithmetic arithmetic() {
        return arithmetic;
    }

    public void control(int value) {
        control = value & CONTROL_DEFINED | 0x40;
        summarize();
    }

    /** The status word. */
    public int status() {
        return status | top << TOP_SHIFT;
    }

    void status(int value) {
        top = value >> TOP_SHIFT & 7;
        status = value & 0xFFFF & ~(7 << TOP_SHIFT);
        summarize();
    }

    /** Rounding: 0 nearest, 1 down, 2 up, 3 towards zero. */
    int rounding() {
        return control >> 10 & 3;
    }

    /** Bits of the significand that arithmetic rounds to. */
    int precision() {
        return switch (control >> 8 & 3) {
            case 0 -> 24;
            case 2 -> 53;
            default -> 64;
        };
    }

    /** Whether an unmasked exception waits for the next waiting instruction. */
    public boolean pending() {
        return (status & SUMMARY) != 0;
    }

    private void summarize() {
        boolean unmasked = (status & ~control & EXCEPTIONS) != 0;
        status = unmasked ? status | SUMMARY | BUSY : status & ~(SUMMARY | BUSY);
    }

    void clearExceptions() {
        status &= ~(EXCEPTIONS | STACK | SUMMARY | BUSY);
    }

    /**
     * Notes exceptions of the present instruction, and clears C1 unless it is among them.
     *
     * @param flags {@link #INVALID} to {@link #INEXACT}, {@link #STACK}, {@link #C1}
     * @return whether none of those that leave the operands alone is unmasked
     */
    boolean raise(int flags) {
        status = status & ~C1 | flags;
        summarize();
        return (flags & ~control & BEFORE) == 0;
    }

    /** As {@link #raise}, but C1 stays unless it is set. */
    boolean note(int flags) {
        return raise(flags | status & C1);
    }

    /** Exceptions that are not masked, as flags. */
    int unmasked() {
        return ~control & EXCEPTIONS;
    }

    /** Sets C0 to C3. */
    void conditions(int bits) {
        status = status & ~CONDITIONS | bits;
    }

    /** Sets C2 alone, which says that a reduction is not complete or an operand is out of range. */
    void incomplete(boolean value) {
        status = value ? status | C2 : status & ~C2;
    }

    /** Whether one of these exceptions would leave the operands alone: then they are noted. */
    boolean prevented(int before) {
        return (before & ~control & BEFORE) != 0 && !raise(before);
    }

    private int physical(int n) {
        return top + n & 7;
    }

    public boolean isEmpty(int n) {
        return (empty >> physical(n) & 1) != 0;
    }

    public long significand(int n) {
        return significand[physical(n)];
    }

    /** Sign and biased exponent of ST(n). */
    public int exponent(int n) {
        return exponent[physical(n)];
    }

    void set(int n, long value, int signAndExponent) {
        int at = physical(n);
        significand[at] = value;
        exponent[at] = signAndExponent & 0xFFFF;
        empty &= ~(1 << at);
    }

    /** Pushes a value; a full stack gives the default NaN, or nothing when invalid operation is unmasked. */
    void push(long value, int signAndExponent) {
        if (!isEmpty(7)) {
            if (raise(INVALID | STACK | C1)) {
                top = top - 1 & 7;
                set(0, INDEFINITE, INDEFINITE_EXPONENT);
            }
            return;
        }
        status &= ~C1;
        top = top - 1 & 7;
        set(0, value, signAndExponent);
    }

    void pop() {
        empty |= 1 << top;
        top = top + 1 & 7;
    }

    /** Notes that an empty register was read; whether the masked response follows. */
    boolean underflow() {
        return raise(INVALID | STACK);
    }

    /** The full tag word, two bits a physical register: 0 valid, 1 zero, 2 special, 3 empty. */
    public int tags() {
        int tags = 0;
        for (int n = 0; n < 8; n++) {
            tags |= tag(n) << 2 * n;
        }
        return tags;
    }

    private int tag(int physical) {
        int e = exponent[physical] & 0x7FFF;
        if ((empty >> physical & 1) != 0) {
            return 3;
        }
        if (e == 0 && significand[physical] == 0) {
            return 1;
        }
        return e == 0 || e == 0x7FFF || significand[physical] >= 0 ? 2 : 0;
    }

    /** Takes the emptiness of the registers from a full tag word. */
    void tags(int word) {
        empty = 0;
        for (int n = 0; n < 8; n++) {
            empty |= (word >> 2 * n & 3) == 3 ? 1 << n : 0;
        }
    }

    /** The tag word of FXSAVE: a bit per physical register that is not empty. */
    int abridgedTags() {
        return ~empty & 0xFF;
    }

    void abridgedTags(int used) {
        empty = ~used & 0xFF;
    }

    /** ST(n) as the stack stands, its emptiness left alone: for restoring images. */
    void restore(int n, long value, int signAndExponent) {
        int at = physical(n);
        significand[at] = value;
        exponent[at] = signAndExponent & 0xFFFF;
    }

    /** Empties ST(n). */
    void free(int n) {
        status &= ~C1;
        empty |= 1 << physical(n);
    }

    /** Moves the top of the stack without touching registers. */
    void rotate(int by) {
        top = top + by & 7;
        status &= ~C1;
    }

    /** The register before the top becomes the top; what it holds is for the caller to set. */
    void rotateForPush() {
        top = top - 1 & 7;
    }

    /** After its environment was stored: all exceptions are masked. */
    void maskAll() {
        control |= EXCEPTIONS;
        summarize();
    }

    // ---- MMX registers, which are the significands of the physical registers

    /** An MMX instruction was met: all registers are in use, and the top of the stack is 0. */
    public void useAsMmx() {
        top = 0;
        empty = 0;
    }

    public long mmx(int n) {
        return significand[n];
    }

    public void mmx(int n, long value) {
        significand[n] = value;
        exponent[n] = MMX_EXPONENT;
    }

    /** EMMS. */
    public void emptyAll() {
        empty = 0xFF;
    }
}
