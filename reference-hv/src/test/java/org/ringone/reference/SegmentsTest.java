package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.Outcomes.completes;
import static org.ringone.reference.Outcomes.faults;
import static org.ringone.reference.Outcomes.kills;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.Register;
import org.ringone.guest.Trap;
import org.ringone.reference.memory.PageType;

class SegmentsTest {

    private static final int SET_GDT = 2;
    private static final int UPDATE_DESCRIPTOR = 10;
    private static final int UPDATE_VA_MAPPING = 14;
    private static final int VM_ASSIST = 21;
    private static final int MMUEXT_OP = 26;

    private final BootedGuest guest = BootedGuest.ordinary();
    private final Probe probe = guest.probe;
    private final int table = probe.symbol("scratch_pages");
    private final int list = table + 4096;

    private void protect(int address, boolean readOnly) throws Exception {
        Page page = probe.page(address);
        long entry = page.entry(readOnly ? 0x61 : 0x63);
        assertThat(probe.hypercall(UPDATE_VA_MAPPING, address, (int) entry, (int) (entry >>> 32), 2))
                .isZero();
    }

    /** Installs a GDT of one page with descriptors from index 1 on. */
    private void gdt(String... descriptors) throws Exception {
        probe.fill(table, 4096, 0);
        for (int i = 0; i < descriptors.length; i++) {
            probe.write64(table + 8 * (i + 1), Long.parseUnsignedLong(descriptors[i], 16));
        }
        protect(table, true);
        probe.write32(list, probe.page(table).mfn());
        assertThat(probe.hypercall(SET_GDT, list, 512)).isZero();
    }

    private int update(int index, String descriptor) throws Exception {
        long at = probe.page(table).machine(8 * index);
        long bits = Long.parseUnsignedLong(descriptor, 16);
        return probe.hypercall(UPDATE_DESCRIPTOR, (int) at, (int) (at >>> 32), (int) bits, (int) (bits >>> 32));
    }

    @Test
    void aGdtPageIsFixedUpAndHeld() throws Exception {
        gdt("00cf9a000000ffff", "00cff2000000ffff");
        assertThat(probe.read64(table + 8)).isEqualTo(0x00CFBA00000067FFL);
        assertThat(probe.read64(table + 16)).isEqualTo(0x00CFF200000067FFL);
        Page page = probe.page(table);
        long entry = page.entry(0x63);
        assertThat(probe.hypercall(UPDATE_VA_MAPPING, table, (int) entry, (int) (entry >>> 32), 2))
                .isEqualTo(-22);
        faults(guest.ring1("mov [scratch_pages], eax"), 14, 3);
        assertThat(completes(guest.ring1("mov ax, 0x13\n lsl ecx, eax")).ecx()).isEqualTo(0xF67FFFFF);
        assertThat(probe.hypercall(SET_GDT, 0, 0)).isZero();
        protect(table, false);
    }

    @Test
    void aBadEntryOrAWritablePageRefusesTheWhole() throws Exception {
        probe.fill(table, 4096, 0);
        probe.write32(list, probe.page(table).mfn());
        assertThat(probe.hypercall(SET_GDT, list, 512)).isEqualTo(-22);
        probe.write64(table + 8, 0x0000890000000067L);
        protect(table, true);
        assertThat(probe.hypercall(SET_GDT, list, 512)).isEqualTo(-22);
        assertThat(probe.read64(table + 8)).isEqualTo(0x0000A90000000067L);
        assertThat(probe.hypercall(SET_GDT, list, 7169)).isEqualTo(-22);
        assertThat(probe.hypercall(SET_GDT, 0xF5800000, 512)).isEqualTo(-14);
        assertThat(probe.hypercall(SET_GDT, 0xF5800000, 0)).isZero();
        protect(table, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1238, 0x1238",
        "0xDFF8, 0xDFF8",
        "0xE008, 0xE008",
        "0xE010, 0xE010",
        "0xE040, 0xE040",
        "0xF000, 0xF000",
        "0x0C, 0x0C"
    })
    void loadsOfWhatIsNotTheGuestsFault(String selector, String error) throws Exception {
        faults(guest.ring1("mov ax, " + selector + "\n mov es, ax"), 13, Integer.decode(error));
    }

    @Test
    void descriptorsThatAreNotPresentFaultSo() throws Exception {
        gdt("00cf7200000067ff", "00cff200000067ff");
        faults(guest.ring1("mov ax, 0x0B\n mov es, ax"), 11, 8);
        assertThat(update(1, "00cff2000000ffff")).isZero();
        assertThat(completes(guest.ring1("mov ax, 0x0B\n mov es, ax")).es()).isEqualTo(0x0B);
        assertThat(update(1, "0000890000000067")).isEqualTo(-22);
        assertThat(probe.read64(table + 8) & ~(1L << 40)).isEqualTo(0x00CFF200000067FFL);
    }

    @Test
    void updateDescriptorAlsoWritesToAnOrdinaryPage() throws Exception {
        assertThat(update(5, "00cf92000000ffff")).isZero();
        assertThat(probe.read64(table + 40)).isEqualTo(0x00CFB200000067FFL);
        long at = probe.page(table).machine(4);
        assertThat(probe.hypercall(UPDATE_DESCRIPTOR, (int) at, 0, 0, 0)).isEqualTo(-22);
        assertThat(probe.hypercall(UPDATE_DESCRIPTOR, 0, 0x7FFFFFFF, 0, 0)).isEqualTo(-22);
        assertThat(probe.hypercall(UPDATE_DESCRIPTOR, 0x1000, 0, 0, 0)).isEqualTo(-22);
        int base = guest.vcpu().baseMfn;
        assertThat(probe.hypercall(UPDATE_DESCRIPTOR, base << 12, 0, 0, 0)).isEqualTo(-22);
    }

    @Test
    void anLdtIsMappedWhenUsed() throws Exception {
        probe.fill(table, 8192, 0);
        probe.write64(table + 8, 0x00CFF2000000FFFFL);
        probe.write64(table + 4096, 0x00CFF2000000FFFFL);
        int writable = list + 4096;
        probe.write32(writable, 13);
        probe.write32(writable + 4, table);
        probe.write32(writable + 8, 1024);
        assertThat(probe.hypercall(MMUEXT_OP, writable, 1, 0, 0x7FF0)).isZero();
        Trap trap = faults(guest.ring1("mov ax, 0x0F\n mov es, ax"), 14, 0);
        assertThat(trap.cr2()).isEqualTo(table + 8);
        protect(table, true);
        assertThat(completes(guest.ring1("mov ax, 0x0F\n mov es, ax")).es()).isEqualTo(0x0F);
        assertThat(probe.read64(table + 8) & ~(1L << 40)).isEqualTo(0x00CFF200000067FFL);
        protect(table + 4096, true);
        assertThat(completes(guest.ring1("mov ax, 0x1007\n mov gs, ax")).gs()).isEqualTo(0x1007);
        faults(guest.ring1("mov ax, 0x2007\n mov gs, ax"), 13, 0x2004);
        int mfn = probe.page(table).mfn();
        assertThat(guest.machine.machineMemory.frames().type(mfn)).isEqualTo(PageType.LDT);
        probe.write32(writable + 8, 0);
        assertThat(probe.hypercall(MMUEXT_OP, writable, 1, 0, 0x7FF0)).isZero();
        protect(table, false);
        faults(guest.ring1("mov ax, 0x0F\n mov es, ax"), 13, 0x0C);
    }

    @Test
    void callGatesLeadFromRingThreeToRingOne() throws Exception {
        gdt("0000ec00e0190000");
        int gateTarget = table + 8192; // mov ecx, cs; mov edx, ss; retf
        probe.write(gateTarget, (byte) 0x8C, (byte) 0xC9, (byte) 0x8C, (byte) 0xD2, (byte) 0xCB);
        long gate = 0x0000EC0000000000L | (long) (gateTarget >>> 16) << 48 | 0xE0190000L | gateTarget & 0xFFFF;
        assertThat(update(1, Long.toHexString(gate))).isZero();
        Outcome outcome = guest.ring3("call far 0x0B:0");
        assertThat(completes(outcome).ecx() & 0xFFFF).isEqualTo(0xE019);
        assertThat(completes(outcome).edx() & 0xFFFF).isEqualTo(0xE021);
    }

    @Test
    void theAssistTurnsACutSegmentOver() throws Exception {
        int data = probe.symbol("user_data");
        int base = data + 2048;
        long up = (long) (base >>> 24) << 56
                | 0x00C0F20000000000L
                | (long) (base >>> 16 & 0xFF) << 32
                | 0xF000000000000L
                | (long) (base & 0xFFFF) << 16
                | 0xFFFF;
        gdt(Long.toHexString(up), "00cffa000000ffff");
        probe.write32(data + 2048 - 16, 0x1234567);
        String use =
                "mov ax, 0x0B\n mov gs, ax\n jmp far 0x13:next\n next: mov ebx, [gs:-16]\n jmp far 0xE02B:last\n last: nop";
        faults(guest.ring3(use), 13, 0);
        assertThat(probe.hypercall(VM_ASSIST, 0, 0)).isZero();
        assertThat(completes(guest.ring3(use)).ebx()).isEqualTo(0x1234567);
        assertThat(probe.read32(table + 12) & 0x400).isEqualTo(0x400);
        String positive = use.replace("-16", "16");
        completes(guest.ring3(positive));
        assertThat(probe.read32(table + 12) & 0x400).isZero();
        faults(guest.ring1(use.replace("0x13", "0xE019").replace("jmp far 0xE02B:last", "nop")), 13, 0);
        faults(guest.ring3("mov ax, 0x0B\n mov gs, ax\n mov ebx, [gs:-16]"), 13, 0);
        assertThat(probe.hypercall(VM_ASSIST, 0, 1)).isZero();
        faults(guest.ring3(use), 15, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mov ax, 0xE010\n mov ss, ax", "jmp far 0xE008:0", "call far 0xE008:0"})
    void nothingReachesRingZero(String code) throws Exception {
        Outcome outcome = guest.run(CodeRun.ring1(code).with(Register.EAX, 0));
        assertThat(outcome).isInstanceOf(Outcome.Trapped.class);
        assertThat(((Outcome.Trapped) outcome).trap().vector()).isEqualTo(13);
    }

    @Test
    void aBadFailsafeCallbackKills() throws Exception {
        assertThat(probe.hypercall(4, 0xE019, probe.upcallHandler(), 0x1239, 0)).isZero();
        kills(guest.ring1("push 0x202\n push 0x1239\n push 0\n push eax\n mov eax, 23\n int 0x82"));
    }
}
