package org.ringone.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The context of a further vcpu is laid out as the public header's vcpu_guest_context (32 bits, PAE). */
class VcpuStartTest {

    private static final VcpuStart START = new VcpuStart(1, "nop", Map.of(), 0x1000, 0x3000, 0x3800, 0x4000);

    @Test
    void contextOfAProgramWithHandlers() {
        byte[] c =
                START.context(Map.of("upcall", 0x1100, "failsafe", 0x1200, "trap", 0x1300), 0x12345678, 0xE019, 0xE021);

        assertThat(c).hasSize(512 + 4 + 68 + 256 * 8 + 8 + 68 + 8 + 32 + 32 + 16 + 4);
        assertThat(Little.word(c, 512)).isEqualTo(4);
        int user = 516; // ebx ecx edx esi edi ebp eax error eip cs eflags esp ss es ds fs gs
        assertThat(Little.word(c, user + 8 * 4)).isEqualTo(0x1000);
        assertThat(Little.word(c, user + 9 * 4)).isEqualTo(0xE019);
        assertThat(Little.word(c, user + 10 * 4)).isEqualTo(0x202);
        assertThat(Little.word(c, user + 11 * 4)).isEqualTo(0x3000);
        for (int i = 12; i < 17; i++) {
            assertThat(Little.word(c, user + i * 4)).isEqualTo(0xE021);
        }
        int traps = user + 68;
        assertThat(c[traps + 8 * 255]).isEqualTo((byte) 255);
        assertThat(Little.word(c, traps + 8 * 255 + 4)).isEqualTo(0x1300);
        int stack = traps + 2048 + 8 + 68;
        assertThat(Little.word(c, stack)).isEqualTo(0xE021);
        assertThat(Little.word(c, stack + 4)).isEqualTo(0x3000);
        assertThat(Little.word(c, stack + 8 + 12)).as("CR3 in its guest form").isEqualTo(0x45678123);
        assertThat(Little.word(c, 2780)).isEqualTo(0xE019);
        assertThat(Little.word(c, 2784)).isEqualTo(0x1100);
        assertThat(Little.word(c, 2792)).isEqualTo(0x1200);
    }

    @Test
    void aProgramWithoutHandlersHasThoseBehindIt() {
        Map<String, Integer> labels = CodePlacement.of(
                        START.program(0xC0000000), ProbeProgram.at(ProbeImage.VIRT_BASE), BootReport.LAST_STAGE)
                .labels();
        byte[] c = START.context(labels, 1, 0xE019, 0xE021);
        assertThat(Little.word(c, 2784)).isEqualTo(labels.get("default_upcall"));
        assertThat(Little.word(c, 2792)).isEqualTo(labels.get("default_failsafe"));
        assertThat(Little.word(c, 584 + 14 * 8 + 4)).isEqualTo(labels.get("trap_14"));
        assertThat(Little.word(c, 584 + 32 * 8 + 4)).isZero();
    }

    @Test
    void itsOwnHandlersComeFirst() {
        Map<String, Integer> labels =
                Map.of("upcall", 1, "failsafe", 2, "trap", 3, "default_upcall", 4, "default_failsafe", 5, "trap_14", 6);
        byte[] c = START.context(labels, 1, 0xE019, 0xE021);
        assertThat(Little.word(c, 2784)).isEqualTo(1);
        assertThat(Little.word(c, 2792)).isEqualTo(2);
        assertThat(Little.word(c, 584 + 14 * 8 + 4)).isEqualTo(3);
    }

    @Test
    void theFirstVcpuIsNotStarted() {
        assertThatThrownBy(() -> new VcpuStart(0, "nop", Map.of(), 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
