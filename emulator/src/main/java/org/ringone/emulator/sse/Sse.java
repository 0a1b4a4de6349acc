package org.ringone.emulator.sse;

/** The registers XMM0 to XMM7 and MXCSR. */
public final class Sse {
    /** The bits that MXCSR has, denormals-are-zeros among them. */
    public static final int MXCSR_MASK = 0xFFFF;

    static final int FLAGS = 0x3F;
    static final int DENORMALS_ARE_ZEROS = 1 << 6;
    static final int MASK_SHIFT = 7;
    static final int ROUNDING_SHIFT = 13;
    static final int FLUSH_TO_ZERO = 1 << 15;
    private static final int INITIAL = 0x1F80;

    private final boolean mmx;
    private final boolean present;
    private final boolean second;
    /** Two halves a register, the lower one first. */
    private final long[] halves = new long[16];

    private int mxcsr = INITIAL;

    /** The destination operand of the present instruction, and its result: lower and upper half. */
    long a0;

    long a1;
    /** The source operand. */
    long b0;

    long b1;
    final VectorArithmetic arithmetic = new VectorArithmetic(this);

    /** @param mmx whether the processor has MMX, @param present SSE, @param second SSE2 */
    public Sse(boolean mmx, boolean present, boolean second) {
        this.mmx = mmx;
        this.present = present;
        this.second = second;
    }

    /** Whether the processor has an extension: mmx, sse or sse2. */
    boolean has(String extension) {
        return switch (extension) {
            case "mmx" -> mmx;
            case "sse" -> present;
            default -> second;
        };
    }

    public void copyFrom(Sse o) {
        System.arraycopy(o.halves, 0, halves, 0, halves.length);
        mxcsr = o.mxcsr;
    }

    public boolean present() {
        return present;
    }

    public int mxcsr() {
        return mxcsr;
    }

    public void mxcsr(int value) {
        mxcsr = value & MXCSR_MASK;
    }

    /** Half a register: number 2n is the lower half of XMMn, 2n + 1 the upper. */
    public long half(int n) {
        return halves[n];
    }

    public void half(int n, long value) {
        halves[n] = value;
    }
}
