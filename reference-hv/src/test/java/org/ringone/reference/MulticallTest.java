package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;

class MulticallTest {

    private static final int MULTICALL = 13;

    private final BootedGuest guest = BootedGuest.ordinary();
    private final Probe probe = guest.probe;
    private final int list = probe.symbol("scratch_pages");

    private void entry(int index, int op, int... arguments) throws Exception {
        int at = list + 32 * index;
        probe.fill(at, 32, 0x55);
        probe.write32(at, op);
        for (int i = 0; i < arguments.length; i++) {
            probe.write32(at + 8 + 4 * i, arguments[i]);
        }
    }

    private int result(int index) throws Exception {
        return probe.read32(list + 32 * index + 4);
    }

    @Test
    void entriesArePerformedInOrderAndFailuresDoNotStopThem() throws Exception {
        entry(0, 17, 0, 0);
        entry(1, 63);
        entry(2, 99999);
        entry(3, MULTICALL, list, 1);
        entry(4, 17, 7, 0);
        assertThat(probe.hypercall(MULTICALL, list, 5)).isZero();
        assertThat(result(0)).isEqualTo(0x30000);
        assertThat(result(1)).isEqualTo(-38);
        assertThat(result(2)).isEqualTo(-38);
        assertThat(result(3)).isEqualTo(-22);
        assertThat(result(4)).isEqualTo(4096);
        assertThat(probe.hypercall(MULTICALL, list, 0)).isZero();
    }

    @Test
    void aBadPointerIsRefusedAfterWhatWasDone() throws Exception {
        assertThat(probe.hypercall(MULTICALL, 0xF5800000, 1)).isEqualTo(-14);
        assertThat(probe.hypercall(MULTICALL, 0xF57FFFF0, 1)).isEqualTo(-14);
        assertThat(probe.hypercall(MULTICALL, list, 0x7FFFFFFF)).isEqualTo(-14);
        assertThat(probe.hypercall(MULTICALL, 0xB0000000, 1)).isEqualTo(-14);
        assertThat(probe.hypercall(17, 0)).isEqualTo(0x30000);
    }

    @Test
    void aLongBatchIsInterruptedUnseen() throws Exception {
        int entries = 8192 / 32 * 16;
        for (int page = 0; page < 32; page++) {
            probe.fill(list + 4096 * page, 4096, 0);
        }
        probe.write32(list + 32 * entries + 64, 0);
        String fill =
                "mov edi, scratch_pages\n mov ecx, " + entries + "\n l: mov dword [edi], 17\n add edi, 32\n loop l\n";
        String timer = "mov eax, 24\n mov ebx, 6\n xor ecx, ecx\n mov edx, scratch_pages + " + (32 * entries + 128)
                + "\n int 0x82\n";
        probe.write64(list + 32 * entries + 128, 1_000_000);
        probe.write32(list + 32 * entries + 256, 0);
        probe.write32(list + 32 * entries + 260, 0);
        assertThat(probe.hypercall(32, 1, list + 32 * entries + 256)).isZero();
        int port = probe.read32(list + 32 * entries + 264);
        probe.write32(list + 32 * entries + 256, port);
        assertThat(probe.hypercall(32, 9, list + 32 * entries + 256)).isZero();
        String batch = "again: mov ebp, 40\n more: mov eax, 13\n mov ebx, scratch_pages\n mov ecx, " + entries
                + "\n int 0x82\n or esi, eax\n dec ebp\n jnz more";
        Outcome outcome = guest.run(CodeRun.ring1(fill + timer + "xor esi, esi\n" + batch)
                .withMask(0)
                .on(Handling.upcalls(1000)));
        assertThat(Outcomes.completes(outcome).esi()).isZero();
        assertThat(outcome.log()).hasSizeGreaterThan(5);
        for (int i = 0; i < entries; i += 97) {
            assertThat(result(i)).isEqualTo(0x30000);
        }
    }
}
