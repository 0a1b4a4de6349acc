package org.ringone.emulator.op;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.StatusFlags;

/** Decimal adjustments: the sums and differences of all decimal numbers come out decimal. */
class DecimalTest {
    private final CpuState state = new CpuState();

    private static int packed(int n) {
        return n / 10 << 4 | n % 10;
    }

    @Test
    void packedSumsAndDifferencesAreDecimal() {
        for (int a = 0; a < 100; a++) {
            for (int b = 0; b < 100; b++) {
                for (int carry = 0; carry < 2; carry++) {
                    StatusFlags.unpack(state, carry);
                    int sum = Decimal.daa(state, Alu.adc(state, packed(a), packed(b), 1) & 0xFF);
                    assertThat(sum).isEqualTo(packed((a + b + carry) % 100));
                    assertThat(StatusFlags.carry(state)).isEqualTo(a + b + carry > 99);
                    assertThat(StatusFlags.zero(state)).isEqualTo(sum == 0);
                    StatusFlags.unpack(state, carry);
                    int difference = Decimal.das(state, Alu.sbb(state, packed(a), packed(b), 1) & 0xFF);
                    assertThat(difference).isEqualTo(packed((a - b - carry + 100) % 100));
                    assertThat(StatusFlags.carry(state)).isEqualTo(a - b - carry < 0);
                    assertThat(StatusFlags.sign(state)).isEqualTo(difference > 0x7F);
                }
            }
        }
    }

    @Test
    void unpackedSumsAndDifferencesAreDecimal() {
        for (int a = 0; a < 10; a++) {
            for (int b = 0; b < 10; b++) {
                int sum = Alu.add(state, a, b, 1) & 0xFF;
                assertThat(Decimal.aaa(state, 0x0300 | sum)).isEqualTo(0x0300 + ((a + b) / 10 << 8) | (a + b) % 10);
                assertThat(StatusFlags.carry(state)).isEqualTo(a + b > 9);
                assertThat(StatusFlags.adjust(state)).isEqualTo(a + b > 9);
                int difference = Alu.sub(state, a, b, 1) & 0xFF;
                int borrow = a < b ? 1 : 0;
                // the subtraction of 6 goes through AX: a borrow out of AL takes one more from AH
                assertThat(Decimal.aas(state, 0x0300 | difference))
                        .isEqualTo(0x0300 - (borrow << 8) | (a - b + 10) % 10);
                assertThat(StatusFlags.carry(state)).isEqualTo(a < b);
            }
        }
    }

    /** Values that are no sums of decimal digits, worked out from the manual's pseudo-code. */
    @Test
    void oddInputs() {
        StatusFlags.unpack(state, 0);
        assertThat(Decimal.aaa(state, 0x00FF)).isEqualTo(0x0205);
        StatusFlags.unpack(state, StatusFlags.AF);
        assertThat(Decimal.aas(state, 0x0105)).isEqualTo(0xFF0F & 0x0105 - 0x106);
        StatusFlags.unpack(state, StatusFlags.AF);
        assertThat(Decimal.das(state, 0x05)).isEqualTo(0xFF);
        assertThat(StatusFlags.carry(state)).isTrue();
        StatusFlags.unpack(state, 0);
        assertThat(Decimal.daa(state, 0x9A)).isZero();
        assertThat(StatusFlags.carry(state)).isTrue();
        assertThat(StatusFlags.zero(state)).isTrue();
    }

    @Test
    void multiplyAndDivideAdjustInAnyBase() {
        assertThat(Decimal.aam(state, 99, 10)).isEqualTo(0x0909);
        assertThat(Decimal.aam(state, 0xFF, 16)).isEqualTo(0x0F0F);
        assertThat(Decimal.aam(state, 0xFF, 0xFF)).isEqualTo(0x0100);
        assertThat(StatusFlags.zero(state)).isTrue();
        assertThat(Decimal.aad(state, 0x0909, 10)).isEqualTo(99);
        assertThat(Decimal.aad(state, 0xFFFF, 0xFF)).isEqualTo(0xFF + 0xFF * 0xFF & 0xFF);
        assertThat(StatusFlags.sign(state)).isFalse();
    }
}
