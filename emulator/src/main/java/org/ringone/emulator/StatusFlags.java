package org.ringone.emulator;

/**
 * The six status flags (CF, PF, AF, ZF, SF, OF), kept as two ints that an arithmetic instruction can write in a few operations
 * and that a condition reads without computing the others.
 *
 * <p>{@link CpuState#flagResult} is a result, sign-extended to 32 bits; {@link CpuState#flagAux} is the rest:
 *
 * <pre>
 *   CF = flagAux bit 31                       ZF = flagResult is 0
 *   OF = flagAux bit 31 ^ bit 30              SF = sign of flagResult ^ flagAux bit 0
 *   AF = flagAux bit 3                        PF = even parity of (low byte of flagResult ^ flagAux bits 8-15)
 * </pre>
 *
 * Bits 31, 30 and 3 are where the carry vector of an addition has them (bit 30 is the carry into the sign bit), so an addition
 * stores that vector masked. Bits 0 and 8-15 exist so that flag combinations no result has (ZF with SF, say) can be held too.
 */
public final class StatusFlags {
    public static final int CF = 1;
    public static final int PF = 1 << 2;
    public static final int AF = 1 << 4;
    public static final int ZF = 1 << 6;
    public static final int SF = 1 << 7;
    public static final int OF = 1 << 11;
    /** All six. */
    public static final int ALL = CF | PF | AF | ZF | SF | OF;

    private static final int CARRY_OUT = 1 << 31;
    private static final int CARRY_IN = 1 << 30;
    private static final int HALF_CARRY = 1 << 3;
    /** Bit n of this constant is set when the 4-bit number n has an even number of ones. */
    private static final int EVEN_NIBBLES = 0x9669;

    private StatusFlags() {}

    public static boolean carry(CpuState s) {
        return s.flagAux < 0;
    }

    /** CF as 0 or 1. */
    public static int carryBit(CpuState s) {
        return s.flagAux >>> 31;
    }

    public static boolean overflow(CpuState s) {
        return (s.flagAux ^ s.flagAux << 1) < 0;
    }

    public static boolean zero(CpuState s) {
        return s.flagResult == 0;
    }

    public static boolean sign(CpuState s) {
        return (s.flagResult ^ s.flagAux << 31) < 0;
    }

    public static boolean adjust(CpuState s) {
        return (s.flagAux & HALF_CARRY) != 0;
    }

    public static boolean parity(CpuState s) {
        int b = s.flagResult ^ s.flagAux >> 8;
        return (EVEN_NIBBLES >> ((b ^ b >> 4) & 15) & 1) != 0;
    }

    /** Signed "less": SF differs from OF. */
    public static boolean less(CpuState s) {
        return (s.flagResult ^ s.flagAux << 31 ^ s.flagAux ^ s.flagAux << 1) < 0;
    }

    /**
     * Whether a condition holds.
     *
     * @param code the condition code of Jcc, SETcc, CMOVcc (low four bits of their opcode)
     */
    public static boolean condition(CpuState s, int code) {
        return switch (code & 15) {
            case 0 -> overflow(s);
            case 1 -> !overflow(s);
            case 2 -> carry(s);
            case 3 -> !carry(s);
            case 4 -> zero(s);
            case 5 -> !zero(s);
            case 6 -> carry(s) || zero(s);
            case 7 -> !carry(s) && !zero(s);
            case 8 -> sign(s);
            case 9 -> !sign(s);
            case 10 -> parity(s);
            case 11 -> !parity(s);
            case 12 -> less(s);
            case 13 -> !less(s);
            case 14 -> zero(s) || less(s);
            default -> !zero(s) && !less(s);
        };
    }

    /** The six flags at their places in EFLAGS, all other bits 0. */
    public static int pack(CpuState s) {
        int aux = s.flagAux;
        return aux >>> 31
                | (parity(s) ? PF : 0)
                | (aux & HALF_CARRY) << 1
                | (zero(s) ? ZF : 0)
                | (sign(s) ? SF : 0)
                | ((aux ^ aux << 1) & CARRY_OUT) >>> 20;
    }

    /** Sets the six flags from an EFLAGS image; its other bits are ignored. */
    public static void unpack(CpuState s, int eflags) {
        s.flagResult = (eflags & ZF) != 0 ? 0 : 0x100;
        s.flagAux = (eflags & CF) << 31
                | ((eflags ^ eflags >> 11) & 1) << 30
                | (eflags & AF) >> 1
                | (~eflags & PF) << 6
                | (eflags & SF) >> 7;
    }

    /** Sets CF and leaves the others. */
    public static void carry(CpuState s, boolean value) {
        if (value != s.flagAux < 0) {
            s.flagAux ^= CARRY_OUT | CARRY_IN;
        }
    }

    /** Sets ZF and leaves the others: for the instructions that write nothing else. */
    public static void zero(CpuState s, boolean value) {
        if (value != (s.flagResult == 0)) {
            unpack(s, pack(s) ^ ZF);
        }
    }

    /** Sets OF and leaves the others. */
    public static void overflow(CpuState s, boolean value) {
        if (value != overflow(s)) {
            s.flagAux ^= CARRY_IN;
        }
    }

    /** Sets SF, ZF and PF by a result (sign-extended), CF and OF as given, AF to 0. */
    public static void set(CpuState s, int result, boolean carry, boolean overflow) {
        s.flagResult = result;
        s.flagAux = (carry ? CARRY_OUT : 0) | (carry != overflow ? CARRY_IN : 0);
    }
}
