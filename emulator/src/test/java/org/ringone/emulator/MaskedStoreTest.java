package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** MASKMOVQ and MASKMOVDQU: the bytes whose mask byte has its sign set are stored at DS:(E)DI. */
class MaskedStoreTest {
    private static final int DATA = 0x1_0000;

    private final FlatMachine machine = new FlatMachine(0x40);
    private final CpuState s = machine.s;

    MaskedStoreTest() {
        machine.cpu.control().cr4(CpuState.CR4_OSFXSR);
    }

    @Test
    void storesTheBytesOfTheMask() {
        Random random = new Random(7);
        for (int n = 0; n < 300; n++) {
            boolean wide = random.nextBoolean();
            int size = wide ? 16 : 8;
            byte[] value = new byte[16];
            byte[] mask = new byte[16];
            byte[] before = new byte[64];
            random.nextBytes(value);
            random.nextBytes(mask);
            random.nextBytes(before);
            machine.memory.write(DATA, before, 0, 64);
            machine.memory.write(0x1000, value, 0, 16);
            machine.memory.write(0x1010, mask, 0, 16);
            int offset = random.nextInt(48); // aligned or not
            s.r[CpuState.EDI] = DATA + offset;
            machine.execute(
                    3,
                    wide
                            ? "movdqu xmm1, [0x1000]\n movdqu xmm2, [0x1010]\n maskmovdqu xmm1, xmm2"
                            : "movq mm1, [0x1000]\n movq mm2, [0x1010]\n maskmovq mm1, mm2");
            assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
            for (int k = 0; k < size; k++) {
                before[offset + k] = mask[k] < 0 ? value[k] : before[offset + k];
            }
            byte[] after = new byte[64];
            machine.memory.read(DATA, after, 0, 64);
            assertThat(after).isEqualTo(before);
            assertThat(s.r[CpuState.EDI]).isEqualTo(DATA + offset);
        }
    }

    @Test
    void addressesBySegmentAndSixteenBits() {
        machine.segment(CpuState.FS, 0x1_0000, 0xFFFF, true);
        machine.execute(3, "pcmpeqb xmm2, xmm2\n mov edi, 0xABCD0020\n fs a16 maskmovdqu xmm2, xmm2");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertThat(machine.memory.read64(DATA + 0x20)).isEqualTo(-1L);
        assertThat(machine.memory.read64(DATA + 0x28)).isEqualTo(-1L);
        assertThat(machine.memory.read64(0x20)).isZero();
    }

    /** With no byte to store memory is not touched: there is no fault (the manual leaves it to the processor). */
    @Test
    void emptyMaskDoesNotFault() {
        machine.segment(CpuState.DS, 0, 0xFFF, true);
        machine.execute(3, "pxor xmm2, xmm2\n mov edi, 0x2000\n maskmovdqu xmm1, xmm2");
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        machine.execute(3, "pcmpeqb xmm2, xmm2\n mov edi, 0x2000\n maskmovdqu xmm1, xmm2");
        assertThat(machine.vector).isEqualTo(Vector.GP);
    }
}
