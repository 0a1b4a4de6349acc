package org.ringone.x86;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What holds for any bytes. */
class DecoderProperties {
    @Property(tries = 20000)
    void anyBytesDecodeWithinBounds(@ForAll @Size(max = 20) byte[] bytes, @ForAll boolean code32) {
        int[] asked = {0};
        Instruction instruction = Decoder.decode(
                offset -> {
                    assertThat(offset).as("asked in order").isEqualTo(asked[0]++);
                    return offset < bytes.length ? bytes[offset] & 255 : -1;
                },
                code32);
        if (instruction.form == Form.INCOMPLETE) {
            assertThat(instruction.length).isEqualTo(bytes.length).isLessThan(Decoder.MAX_LENGTH);
        } else if (instruction.form == Form.TOO_LONG) {
            assertThat(instruction.length).isEqualTo(Decoder.MAX_LENGTH);
        } else {
            assertThat(instruction.length).isEqualTo(asked[0]).isBetween(1, Decoder.MAX_LENGTH);
        }
        assertThat(instruction.operandSize).isIn(1, 2, 4);
        assertThat(instruction.addressSize).isIn(2, 4);
        assertThat(instruction.segment).isBetween(0, 5);
        assertThat(Disassembler.text(instruction, 0)).isNotBlank();
    }

    @Property(tries = 20000)
    void aPartOfAnInstructionIsIncomplete(@ForAll long seed, @ForAll boolean code32) {
        byte[] bytes = plausible(new Random(seed));
        Instruction whole = Decoding.of(bytes, code32);
        if (whole.form == Form.UNDEFINED || whole.form == Form.TOO_LONG) {
            return;
        }
        for (int length = 0; length < whole.length; length++) {
            Instruction part = Decoding.of(Arrays.copyOf(bytes, length), code32);
            assertThat(part.form).isSameAs(Form.INCOMPLETE);
            assertThat(part.length).isEqualTo(length);
        }
        Instruction alone = Decoding.of(Arrays.copyOf(bytes, whole.length), code32);
        assertThat(Decoding.meaning(alone)).isEqualTo(Decoding.meaning(whole));
    }

    @Property(tries = 20000)
    void whatIsDecodedCanBeAssembledAgain(@ForAll long seed, @ForAll boolean code32) {
        byte[] bytes = plausible(new Random(seed));
        Instruction instruction = Decoding.of(bytes, code32);
        if (instruction.form.index() > Form.INCOMPLETE.index()) {
            RoundTripTest.assertSame(instruction, bytes, code32);
        }
    }

    @Property(tries = 5000)
    void lockIsOnlyAllowedWhereTheTableSaysSo(@ForAll long seed, @ForAll boolean code32) {
        byte[] bytes = plausible(new Random(seed));
        byte[] locked = new byte[bytes.length + 1];
        locked[0] = (byte) 0xF0;
        System.arraycopy(bytes, 0, locked, 1, bytes.length);
        Instruction plain = Decoding.of(bytes, code32);
        Instruction instruction = Decoding.of(locked, code32);
        if (plain.form.index() > Form.INCOMPLETE.index() && plain.length < Decoder.MAX_LENGTH) {
            boolean allowed = plain.form.lockable() && plain.memory();
            assertThat(instruction.form).isSameAs(allowed ? plain.form : Form.UNDEFINED);
            assertThat(instruction.lock).isEqualTo(allowed);
        }
    }

    /** Bytes that mostly are an instruction: of any row, or of any opcode. */
    private static byte[] plausible(Random random) {
        int rows = InstructionTable.forms().size();
        if (random.nextInt(4) > 0) {
            return new Encodings(random).of(InstructionTable.forms().get(3 + random.nextInt(rows - 3)));
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }
}
