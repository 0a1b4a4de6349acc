package org.ringone.emulator.differential;

import java.util.Random;

/** Random floating-point values, special ones and neighbours more often than not. */
public final class FloatingPoints {
    private static final long[] SIGNIFICANDS = {
        1L << 63,
        -1L,
        1L << 63 | 1,
        -2L,
        3L << 62,
        0xC000_0000_0000_0001L,
        0xA000_0000_0000_0000L,
        1L << 62,
        1,
        0,
        0x7FFF_FFFF_FFFF_FFFFL,
        0xFFFF_FF80_0000_0000L,
        0xFFFF_FF00_0000_0000L,
        0x8000_0080_0000_0000L,
        0xFFFF_FFFF_FFFF_FC00L,
        0xFFFF_FFFF_FFFF_F800L,
        0x8000_0000_0000_0400L,
        0x8000_0000_0000_0C00L,
        0xC90F_DAA2_2168_C235L,
        0xB504_F333_F9DE_6484L
    };
    private static final int[] EXPONENTS = {
        0,
        0,
        1,
        2,
        0x7FFF,
        0x7FFF,
        0x7FFE,
        0x7FFD,
        0x3FFF,
        0x3FFE,
        0x4000,
        0x3FFD,
        0x3FFF + 63,
        0x3FFF + 64,
        0x3FFF + 31,
        0x3FFF + 15,
        0x3FFF + 59,
        0x3FFF + 128,
        0x3FFF - 126,
        0x3FFF - 127,
        0x3FFF - 150,
        0x3FFF + 127,
        0x3FFF + 1023,
        0x3FFF + 1024,
        0x3FFF - 1022,
        0x3FFF - 1075,
        0x3FFF - 1023,
        64,
        65,
        100
    };

    private final Random random;

    public FloatingPoints(Random random) {
        this.random = random;
    }

    /** A significand of the extended format; {@link #exponent} goes with it. */
    long significand() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> SIGNIFICANDS[random.nextInt(SIGNIFICANDS.length)];
            case 2 -> random.nextLong() & -1L << random.nextInt(64) | 1L << 63;
            case 3 -> random.nextLong() >>> random.nextInt(64);
            default -> random.nextLong() | 1L << 63;
        };
    }

    /** Sign and biased exponent of the extended format. */
    int exponent() {
        int sign = random.nextBoolean() ? 0x8000 : 0;
        return sign
                | switch (random.nextInt(5)) {
                    case 0, 1 -> EXPONENTS[random.nextInt(EXPONENTS.length)];
                    case 2 -> random.nextInt(0x8000);
                    default -> 0x3FFF + random.nextInt(140) - 70;
                };
    }

    public long bits64() {
        long sign = random.nextBoolean() ? 1L << 63 : 0;
        long fraction = fraction(52);
        int e =
                switch (random.nextInt(4)) {
                    case 0 -> new int[] {0, 0, 1, 0x7FF, 0x7FE, 0x3FF, 0x41E, 0x3E7, 54}[random.nextInt(9)];
                    case 1 -> random.nextInt(0x800);
                    default -> 0x3FF + random.nextInt(70) - 35;
                };
        return sign | (long) e << 52 | fraction;
    }

    public int bits32() {
        int sign = random.nextBoolean() ? 1 << 31 : 0;
        int fraction = (int) fraction(23);
        int e =
                switch (random.nextInt(4)) {
                    case 0 -> new int[] {0, 0, 1, 0xFF, 0xFE, 0x7F, 0x9E, 0x9D, 25}[random.nextInt(9)];
                    case 1 -> random.nextInt(0x100);
                    default -> 0x7F + random.nextInt(40) - 20;
                };
        return sign | e << 23 | fraction;
    }

    private long fraction(int bits) {
        long all = (1L << bits) - 1;
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 ->
                new long[] {1, all, all - 1, 1L << bits - 1, 1L << bits - 1 | 1, 1L << bits - 2}[random.nextInt(6)];
            case 2 -> random.nextLong() & all & -1L << random.nextInt(bits);
            default -> random.nextLong() & all;
        };
    }
}
