package org.ringone.x86;

/**
 * The memory operands that ModRM and SIB bytes mean, packed in an int as {@link Instruction} takes them: base register + 1,
 * index register + 1, scale, default segment; and for the decoder the number of displacement bytes.
 */
final class Addressing {
    /** A SIB byte follows the ModRM byte. */
    static final int SIB_FOLLOWS = 1 << 30;

    private static final int DISPLACEMENT_SHIFT = 20;
    private static final int SS = 2;
    private static final int DS = 3;
    private static final int[] WORD = new int[0xC0];
    private static final int[] DOUBLEWORD = new int[0xC0];
    private static final int[] SIB = new int[0x300];

    static {
        for (int modRm = 0; modRm < 0xC0; modRm++) {
            WORD[modRm] = word(modRm >> 6, modRm & 7);
            DOUBLEWORD[modRm] = doubleword(modRm >> 6, modRm & 7);
        }
        for (int i = 0; i < SIB.length; i++) {
            SIB[i] = sib(i >> 8, i & 255);
        }
    }

    private Addressing() {}

    /** Of a ModRM byte below C0; with {@link #SIB_FOLLOWS} the SIB byte decides. */
    static int of(int modRm, int addressSize) {
        return addressSize == 4 ? DOUBLEWORD[modRm] : WORD[modRm];
    }

    /** Of a ModRM byte and its SIB byte. */
    static int withSib(int modRm, int sib) {
        return SIB[modRm >> 6 << 8 | sib];
    }

    /** Bytes of displacement: 0, 1, 2 or 4. */
    static int displacementBytes(int packed) {
        return packed >> DISPLACEMENT_SHIFT & 7;
    }

    /** An operand without registers. */
    static int offset() {
        return pack(-1, -1, 0, DS, 0) | Decoder.MEMORY;
    }

    /** No memory operand; strings use DS. */
    static int none() {
        return pack(-1, -1, 0, DS, 0);
    }

    private static int pack(int base, int index, int scale, int segment, int displacement) {
        return base + 1 | index + 1 << 4 | scale << 8 | segment << 12 | displacement << DISPLACEMENT_SHIFT;
    }

    private static int word(int mod, int rm) {
        int displacement = mod == 0 ? (rm == 6 ? 2 : 0) : mod;
        int base =
                switch (rm) {
                    case 0, 1, 7 -> 3;
                    case 2, 3 -> 5;
                    case 4 -> 6;
                    case 5 -> 7;
                    default -> mod == 0 ? -1 : 5;
                };
        int index = rm < 4 ? 6 + (rm & 1) : -1;
        return pack(base, index, 0, base == 5 ? SS : DS, displacement) | Decoder.MEMORY;
    }

    private static int doubleword(int mod, int rm) {
        if (rm == 4) {
            return SIB_FOLLOWS;
        }
        int base = mod == 0 && rm == 5 ? -1 : rm;
        int displacement = mod == 0 ? (rm == 5 ? 4 : 0) : mod == 1 ? 1 : 4;
        return pack(base, -1, 0, base == 5 ? SS : DS, displacement) | Decoder.MEMORY;
    }

    private static int sib(int mod, int sib) {
        int base = mod == 0 && (sib & 7) == 5 ? -1 : sib & 7;
        int index = (sib >> 3 & 7) == 4 ? -1 : sib >> 3 & 7;
        int displacement = mod == 0 ? (base < 0 ? 4 : 0) : mod == 1 ? 1 : 4;
        int segment = base == 4 || base == 5 ? SS : DS;
        return pack(base, index, index < 0 ? 0 : sib >> 6, segment, displacement) | Decoder.MEMORY;
    }
}
