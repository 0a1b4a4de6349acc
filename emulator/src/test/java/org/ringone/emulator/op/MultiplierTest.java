package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.StatusFlags;

/** Multiplication and division against BigInteger. */
class MultiplierTest {
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        0x7F,
        0x80,
        0x81,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x10000,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0xFFFF_FFFE,
        0xFFFF_FFFF
    };

    private final CpuState state = new CpuState();
    private final Random random = new Random(3);

    private static BigInteger modulus(int bits) {
        return BigInteger.ONE.shiftLeft(bits);
    }

    private static BigInteger unsigned(long value, int bits) {
        return BigInteger.valueOf(value).mod(modulus(bits));
    }

    private static BigInteger signed(long value, int bits) {
        BigInteger u = unsigned(value, bits);
        return u.testBit(bits - 1) ? u.subtract(modulus(bits)) : u;
    }

    private void multiply(int a, int b, int size) {
        int bits = 8 * size;
        BigInteger product = unsigned(a, bits).multiply(unsigned(b, bits));
        long actual = Multiplier.mul(
                state, unsigned(a, bits).intValue(), unsigned(b, bits).intValue(), size);
        assertThat(unsigned(actual, 64)).isEqualTo(product);
        assertThat(StatusFlags.carry(state)).isEqualTo(product.bitLength() > bits);
        assertThat(StatusFlags.overflow(state)).isEqualTo(product.bitLength() > bits);
        product = signed(a, bits).multiply(signed(b, bits));
        actual = Multiplier.imul(
                state, signed(a, bits).intValue(), signed(b, bits).intValue(), size);
        assertThat(BigInteger.valueOf(actual)).isEqualTo(product);
        assertThat(StatusFlags.carry(state)).isEqualTo(product.bitLength() > bits - 1);
        assertThat(StatusFlags.overflow(state)).isEqualTo(product.bitLength() > bits - 1);
    }

    private void divide(long dividend, int divisor, int size) {
        int bits = 8 * size;
        BigInteger by = unsigned(divisor, bits);
        BigInteger of = unsigned(dividend, 2 * bits);
        long actual = Multiplier.div(of.longValue(), by.intValue(), size);
        if (by.signum() == 0 || of.divide(by).bitLength() > bits) {
            assertThat(actual).as("%x / %x", of, by).isEqualTo(Multiplier.UNSIGNED_ERROR);
        } else {
            assertThat(actual).isNotEqualTo(Multiplier.UNSIGNED_ERROR);
            assertThat(unsigned((int) actual, bits)).as("%x / %x", of, by).isEqualTo(of.divide(by));
            assertThat(unsigned(actual >> 32, bits)).as("%x %% %x", of, by).isEqualTo(of.remainder(by));
        }
        by = signed(divisor, bits);
        of = signed(dividend, 2 * bits);
        actual = Multiplier.idiv(of.longValue(), by.intValue(), size);
        if (by.signum() == 0 || of.divide(by).bitLength() > bits - 1) {
            assertThat(actual).as("%x / %x", of, by).isEqualTo(Multiplier.SIGNED_ERROR);
        } else {
            assertThat(actual).isNotEqualTo(Multiplier.SIGNED_ERROR);
            assertThat(signed((int) actual, bits)).as("%x / %x", of, by).isEqualTo(of.divide(by));
            assertThat(signed(actual >> 32, bits)).as("%x %% %x", of, by).isEqualTo(of.remainder(by));
        }
    }

    @Test
    void everyPairOfBytesMultiplies() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                multiply(a, b, 1);
            }
        }
    }

    @Test
    void everyWordDividesByBytes() {
        for (int a = 0; a < 0x1_0000; a += 1) {
            for (int b : new int[] {0, 1, 2, 3, 7, 0x7F, 0x80, 0x81, 0xFE, 0xFF, a & 0xFF, a >> 8}) {
                divide(a, b, 1);
            }
        }
    }

    @Test
    void edgesAndRandomOperands() {
        for (int size = 2; size <= 4; size += 2) {
            for (int a : EDGES) {
                for (int b : EDGES) {
                    multiply(a, b, size);
                    for (int c : EDGES) {
                        divide((long) a << 8 * size | c & (1L << 8 * size) - 1, b, size);
                    }
                }
            }
            for (int n = 0; n < 50_000; n++) {
                multiply(random.nextInt(), random.nextInt(), size);
                divide(random.nextLong() >> random.nextInt(64), random.nextInt() >> random.nextInt(32), size);
            }
        }
    }
}
