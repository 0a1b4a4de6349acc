package org.ringone.x86;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of decoded instructions. */
class DecoderTest {
    private static Instruction decode(String hex) {
        return Decoding.of(hex, true);
    }

    @ParameterizedTest
    @CsvSource({
        "01C8, 4",
        "6601C8, 2",
        "00C8, 1",
        "C3, 4",
        "66C3, 2",
        "0FB6C8, 4",
        "660FB6C8, 2",
        "0F90C0, 1",
        "EE, 1",
        "66EE, 1",
        "EF, 4",
        "66EF, 2",
        "8ED8, 2",
        "8CD8, 4",
        "668CD8, 2",
        "0F00D0, 2",
        "0F20C0, 4",
        "660F20C0, 4",
        "D3E0, 4",
        "D2E0, 1",
        "A4, 1",
        "A5, 4",
        "66A5, 2",
        "06, 4",
        "6606, 2",
        "0F0110, 4",
        "660F0110, 2",
        "6A01, 4",
        "666A01, 2",
        "CD80, 4",
        "6374, 2"
    })
    void operandSize(String hex, int size) {
        Instruction i = decode(hex + "2490909090909090");
        assertThat(i.operandSize).isEqualTo(size);
    }

    @Test
    void immediatesAreExtendedAsTheRowSays() {
        assertThat(decode("83C0FF").immediate).isEqualTo(-1);
        assertThat(decode("04FF").immediate).isEqualTo(0xFF);
        assertThat(decode("05FFFFFFFF").immediate).isEqualTo(-1);
        assertThat(decode("6605FFFF").immediate).isEqualTo(-1);
        assertThat(decode("C2FFFF").immediate).isEqualTo(0xFFFF);
        assertThat(decode("CDFF").immediate).isEqualTo(0xFF);
        assertThat(decode("6AFF").immediate).isEqualTo(-1);
        assertThat(decode("EBFE").immediate).isEqualTo(-2);
        assertThat(decode("E9FBFFFFFF").immediate).isEqualTo(-5);
        assertThat(decode("66E9FCFF").immediate).isEqualTo(-4);
        Instruction enter = decode("C8FFFF1F");
        assertThat(enter.immediate).isEqualTo(0xFFFF);
        assertThat(enter.immediate2).isEqualTo(0x1F);
        Instruction far = decode("9AFFFFFFFFFFFF");
        assertThat(far.immediate).isEqualTo(-1);
        assertThat(far.immediate2).isEqualTo(0xFFFF);
        Instruction shortFar = decode("66EA34127856");
        assertThat(shortFar.immediate).isEqualTo(0x1234);
        assertThat(shortFar.immediate2).isEqualTo(0x5678);
    }

    @ParameterizedTest
    @CsvSource({
        // bytes, base, index, scale, displacement, segment
        "8B00, 0, -1, 0, 0, 3",
        "8B4500, 5, -1, 0, 0, 2",
        "8B05FFFFFFFF, -1, -1, 0, -1, 3",
        "8B0424, 4, -1, 0, 0, 2",
        "8B44ACF8, 4, 5, 2, -8, 2",
        "8B04AD10000000, -1, 5, 2, 16, 3",
        "8B04E5FFFFFFFF, -1, -1, 0, -1, 3",
        "8B0428, 0, 5, 0, 0, 3",
        "8B848500000080, 5, 0, 2, -2147483648, 2",
        "678B00, 3, 6, 0, 0, 3",
        "678B02, 5, 6, 0, 0, 2",
        "678B06FFFF, -1, -1, 0, -1, 3",
        "678B4601, 5, -1, 0, 1, 2",
        "678B8780FF, 3, -1, 0, -128, 3",
        "A1FFFFFFFF, -1, -1, 0, -1, 3",
        "67A1FFFF, -1, -1, 0, 65535, 3",
        "658B4500, 5, -1, 0, 0, 5",
        "2665368B00, 0, -1, 0, 0, 2",
        "A4, -1, -1, 0, 0, 3",
        "64A4, -1, -1, 0, 0, 4"
    })
    void memoryOperands(String hex, int base, int index, int scale, int displacement, int segment) {
        Instruction i = decode(hex);
        assertThat(i.length).isEqualTo(hex.length() / 2);
        assertThat(new int[] {i.base, i.index, i.scale, i.displacement, i.segment})
                .containsExactly(base, index, scale, displacement, segment);
        assertThat(i.memory()).isEqualTo(!hex.endsWith("A4"));
    }

    @ParameterizedTest
    @CsvSource({
        "00C8, 0, ADDRESS",
        "0008, 1, READ_WRITE",
        "0108, 4, READ_WRITE",
        "660108, 2, READ_WRITE",
        "3908, 4, READ",
        "8D08, 0, ADDRESS",
        "8C18, 2, WRITE",
        "0F0110, 6, READ",
        "6208, 8, READ",
        "666208, 4, READ",
        "FF18, 6, READ",
        "66FF18, 4, READ",
        "0FC708, 8, READ_WRITE",
        "DD30, 108, WRITE",
        "66DD30, 94, WRITE",
        "0FAE00, 512, WRITE",
        "DB28, 10, READ",
        "0FB608, 1, READ",
        "660FB708, 2, READ",
        "A200000000, 1, WRITE",
        "0F0138, 0, ADDRESS",
        "A4, 0, ADDRESS"
    })
    void memoryWidthAndAccess(String hex, int width, Access access) {
        Instruction i = decode(hex);
        assertThat(i.memoryWidth()).isEqualTo(width);
        assertThat(i.memoryAccess()).isEqualTo(access);
    }

    @Test
    void fifteenBytesAreTheLimit() {
        assertThat(decode("66".repeat(14) + "90").form.mnemonic()).isEqualTo("NOP");
        assertThat(decode("66".repeat(14) + "90").length).isEqualTo(15);
        assertThat(decode("66".repeat(15) + "90").form).isSameAs(Form.TOO_LONG);
        assertThat(decode("66".repeat(14) + "0F0B").form).isSameAs(Form.TOO_LONG);
        assertThat(decode("2E".repeat(5) + "818480" + "00".repeat(6)).form).isSameAs(Form.INCOMPLETE);
        assertThat(decode("2E".repeat(4) + "818480" + "00".repeat(8)).length).isEqualTo(15);
        assertThat(decode("2E".repeat(5) + "818480" + "00".repeat(9)).form).isSameAs(Form.TOO_LONG);
        assertThat(decode("66".repeat(14)).form).isSameAs(Form.INCOMPLETE);
        assertThat(decode("").form).isSameAs(Form.INCOMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "0FFF",
        "0FB900",
        "0F0A",
        "0F04",
        "FEF8",
        "FFF8",
        "FFD8",
        "FFE8",
        "8DC0",
        "C4C0",
        "62C0",
        "0FC7C8",
        "0F01F8",
        "8EC8",
        "8EF0",
        "8CF0",
        "0F20C8",
        "0F22E8",
        "0F2400",
        "8FC8",
        "C6C8",
        "0FBAC0",
        "0F0038",
        "0F01E8",
        "0FB2C0",
        "F090",
        "F001C8",
        "F0803800",
        "F08B00",
        "F00FA300",
        "F00FBA2000"
    })
    void undefined(String hex) {
        assertThat(decode(hex + "0000000000").form).isSameAs(Form.UNDEFINED);
    }

    @ParameterizedTest
    @CsvSource({"F00100", "F0FF00", "F08600", "F00FC708", "F00FB100", "F00FBA2800", "F0F718", "F0830000"})
    void lockableWithMemory(String hex) {
        assertThat(decode(hex + "0000000000").lock).isTrue();
        assertThat(decode(hex + "0000000000").form.lockable()).isTrue();
    }

    @Test
    void theModFieldOfMovesFromControlRegistersIsIgnored() {
        Instruction i = decode("0F2005");
        assertThat(i.length).isEqualTo(3);
        assertThat(i.memory()).isFalse();
        assertThat(i.rm).isEqualTo(5);
    }

    @Test
    void ofTwoPrefixesOfAGroupTheLastCounts() {
        assertThat(decode("F2F3A4").repeat).isEqualTo(1);
        assertThat(decode("F3F2A4").repeat).isEqualTo(2);
        assertThat(decode("F390").form.mnemonic()).isEqualTo("PAUSE");
        assertThat(decode("F290").form.mnemonic()).isEqualTo("NOP");
        assertThat(decode("6690").form.mnemonic()).isEqualTo("NOP");
        assertThat(decode("91").form.mnemonic()).isEqualTo("XCHG");
    }

    @Test
    void the16BitModeIsTheOtherWayRound() {
        Instruction i = Decoding.of("8B4001", false);
        assertThat(i.operandSize).isEqualTo(2);
        assertThat(i.addressSize).isEqualTo(2);
        assertThat(i.base).isEqualTo(3);
        assertThat(i.code32).isFalse();
        Instruction wide = Decoding.of("66678B4001", false);
        assertThat(wide.operandSize).isEqualTo(4);
        assertThat(wide.addressSize).isEqualTo(4);
        assertThat(wide.base).isZero();
    }
}
