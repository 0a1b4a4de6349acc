package org.ringone.x86;

/** The bits of EFLAGS, and the letters that the instruction table writes for them. */
public final class Flag {
    /** Carry. */
    public static final int C = 1;
    /** Parity. */
    public static final int P = 1 << 2;
    /** Auxiliary carry. */
    public static final int A = 1 << 4;
    /** Zero. */
    public static final int Z = 1 << 6;
    /** Sign. */
    public static final int S = 1 << 7;
    /** Trap. */
    public static final int T = 1 << 8;
    /** Interrupt enable. */
    public static final int I = 1 << 9;
    /** Direction. */
    public static final int D = 1 << 10;
    /** Overflow. */
    public static final int O = 1 << 11;
    /** I/O privilege level, two bits. */
    public static final int IOPL = 3 << 12;
    /** Nested task. */
    public static final int N = 1 << 14;
    /** Resume. */
    public static final int R = 1 << 16;
    /** Virtual-8086 mode. */
    public static final int VM = 1 << 17;
    /** Alignment check. */
    public static final int AC = 1 << 18;
    /** Virtual interrupt flag and virtual interrupt pending. */
    public static final int VIRTUAL = 3 << 19;
    /** CPUID can be used. */
    public static final int ID = 1 << 21;
    /** The six status flags. */
    public static final int STATUS = O | S | Z | A | P | C;

    private static final String LETTERS = "CPAZSTIDOLNRVKWU";
    private static final int[] MASKS = {C, P, A, Z, S, T, I, D, O, IOPL, N, R, VM, AC, VIRTUAL, ID};

    private Flag() {}

    /** The mask for letters of the table: {@code ODITSZAPC}, N NT, L IOPL, R RF, V VM, K AC, W VIF and VIP, U ID. */
    static int mask(String letters) {
        int mask = 0;
        for (char letter : letters.toCharArray()) {
            int at = LETTERS.indexOf(letter);
            if (at < 0) {
                throw new IllegalArgumentException("no such flag: " + letter);
            }
            mask |= MASKS[at];
        }
        return mask;
    }
}
