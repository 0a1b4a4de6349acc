package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.Outcomes.completes;
import static org.ringone.reference.Outcomes.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Probe;
import org.ringone.guest.Register;
import org.ringone.guest.Registers;

class PrivilegedInstructionsTest {

    private final BootedGuest guest = BootedGuest.ordinary();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hlt",
                "lgdt [scratch_pages]",
                "lidt [scratch_pages]",
                "lldt ax",
                "ltr ax",
                "lmsw ax",
                "invlpg [scratch_pages]",
                "invd",
                "sysexit",
                "rdpmc",
                "cli",
                "sti",
                "in al, dx",
                "out dx, eax",
                "insb",
                "outsd",
                "mov dr4, eax",
                "sysenter",
                "mov cr4, esi",
                "mov cr0, esi",
                "mov cr3, esi",
            })
    void faultWithGeneralProtection(String instruction) throws Exception {
        faults(guest.run(CodeRun.ring1(instruction).with(Register.ESI, 0)), 13, 0);
    }

    @Test
    void controlRegistersReadAsTheGuestMaySeeThem() throws Exception {
        Registers r = completes(guest.ring1("mov eax, cr0\n mov ebx, cr3\n mov ecx, cr4\n mov edx, cr2"));
        assertThat(r.eax()).isEqualTo(0x80050033);
        assertThat(r.ebx()).isEqualTo(guest.vcpu().baseMfn << 12);
        assertThat(r.ecx()).isEqualTo(0x660);
    }

    @Test
    void taskSwitchedIsVirtual() throws Exception {
        Registers r =
                completes(guest.ring1("mov eax, cr0\n or eax, 8\n mov cr0, eax\n mov ebx, cr0\n clts\n mov ecx, cr0"));
        assertThat(r.ebx()).isEqualTo(0x8005003B);
        assertThat(r.ecx()).isEqualTo(0x80050033);
    }

    @Test
    void emulationTouchesNothingElse() throws Exception {
        CodeRun run = CodeRun.ring1("mov ebp, cr2").with(Register.EFLAGS, 0xAD7);
        for (Register register :
                new Register[] {Register.EAX, Register.ECX, Register.EDX, Register.EBX, Register.ESI}) {
            run = run.with(register, 0x11111111 * (register.ordinal() + 1));
        }
        Registers r = completes(guest.run(run));
        assertThat(r.ecx()).isEqualTo(0x11111111 * (Register.ECX.ordinal() + 1));
        assertThat(r.esi()).isEqualTo(0x11111111 * (Register.ESI.ordinal() + 1));
        assertThat(r.eflags() & 0xCD5).isEqualTo(0x8D5 | 0x400 & 0xAD7);
    }

    @Test
    void forcedCpuidGivesTheFilteredView() throws Exception {
        Registers plain = completes(guest.ring1("mov eax, 1\n cpuid"));
        Registers forced = completes(guest.ring1("mov eax, 1\n db 0x0f, 0x0b, 'x', 'e', 'n'\n cpuid"));
        int hidden = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 11 | 1 << 12 | 1 << 13;
        assertThat(forced.edx()).isEqualTo(plain.edx() & ~hidden).isNotEqualTo(plain.edx());
        Registers leaf = completes(guest.ring1("mov eax, 0x40000000\n db 0x0f, 0x0b, 'x', 'e', 'n'\n cpuid"));
        assertThat(leaf.eax()).isEqualTo(0x40000002);
        assertThat(leaf.ebx()).isEqualTo(0x566E6558);
        faults(guest.ring1("db 0x0f, 0x0b, 'x', 'e', 'n'\n rdtsc"), 6, -1);
        faults(guest.ring1("ud2"), 6, -1);
    }

    @Test
    void modelSpecificRegisters() throws Exception {
        Registers efer = completes(guest.ring1("mov ecx, 0xC0000080\n rdmsr"));
        assertThat(efer.eax()).isEqualTo(0x800);
        faults(guest.ring1("mov ecx, 0x12345678\n rdmsr"), 13, 0);
        completes(guest.ring1("mov ecx, 0xC0000080\n xor eax, eax\n xor edx, edx\n wrmsr"));
        assertThat(completes(guest.ring1("mov ecx, 0xC0000080\n rdmsr")).eax()).isEqualTo(0x800);
    }

    @Test
    void virtualIoPrivilege() throws Exception {
        Probe probe = guest.probe;
        int scratch = probe.symbol("scratch_pages");
        probe.write32(scratch, 1);
        assertThat(probe.hypercall(33, 6, scratch)).isZero();
        Registers r = completes(
                guest.run(CodeRun.ring1("cli\n sti\n mov dx, 0x40\n in al, dx").with(Register.EAX, 0)));
        assertThat(r.eax()).isEqualTo(0xFF);
        assertThat(completes(guest.ring1("mov eax, 0x12345678\n in ax, dx")).eax())
                .isEqualTo(0x1234FFFF);
        assertThat(completes(guest.ring1("in eax, 0x80")).eax()).isEqualTo(-1);
        Registers ins = completes(guest.ring1("cld\n mov edi, scratch_pages\n mov ecx, 5\n rep insb"));
        assertThat(ins.ecx()).isZero();
        assertThat(ins.edi()).isEqualTo(scratch + 5);
        assertThat(probe.read(scratch, 6)).containsExactly(-1, -1, -1, -1, -1, 0);
        faults(guest.ring3("cli"), 13, 0);
        faults(guest.ring3("in al, dx"), 13, 0);
        probe.write32(scratch, 3);
        assertThat(probe.hypercall(33, 6, scratch)).isZero();
        completes(guest.ring3("cli\n in al, dx"));
        faults(guest.ring1("hlt"), 13, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0xF5800000", "7, 0x2000", "7, 0x20000"})
    void debugRegistersRefuse(int register, String value) throws Exception {
        faults(
                guest.run(CodeRun.ring1("mov dr" + register + ", eax")
                        .with(Register.EAX, Long.decode(value).intValue())),
                13,
                0);
    }

    @Test
    void debugRegistersFirstReadZeroAndKeepWhatIsWritten() throws Exception {
        Registers r = completes(
                guest.ring1("mov eax, dr6\n mov ebx, dr7\n mov ecx, 0xC0001000\n mov dr3, ecx\n mov edx, dr3"));
        assertThat(r.eax()).isZero();
        assertThat(r.ebx()).isZero();
        assertThat(r.edx()).isEqualTo(0xC0001000);
        assertThat(guest.probe.hypercall(8, 0, 0xF5800000)).isEqualTo(-1);
        assertThat(guest.probe.hypercall(9, 3)).isEqualTo(0xC0001000);
    }
}
