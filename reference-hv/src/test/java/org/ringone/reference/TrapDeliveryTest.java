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
import org.ringone.guest.Command;
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.Register;
import org.ringone.guest.Trap;

class TrapDeliveryTest {

    private final BootedGuest guest = BootedGuest.ordinary();
    private final Probe probe = guest.probe;

    private int scratch() {
        return probe.symbol("scratch_pages");
    }

    /** Registers one trap handler. */
    private void handler(int vector, int flags, int cs, int address) throws Exception {
        probe.write32(scratch(), vector | flags << 8 | cs << 16);
        probe.write32(scratch() + 4, address);
        probe.write64(scratch() + 8, 0);
        assertThat(probe.hypercall(0, scratch())).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 0xE019", "3, 0xE02B"})
    void theFrameIsTheArchitecturesWithTheMaskInIt(int ring, String cs) throws Exception {
        CodeRun run = (ring == 1 ? CodeRun.ring1("ud2") : CodeRun.ring3("ud2"))
                .withMask(0)
                .with(Register.EFLAGS, 0x4ED7);
        Trap trap = faults(guest.run(run), 6);
        assertThat(trap.frame().cs()).isEqualTo(Integer.decode(cs));
        assertThat(trap.frame().savedMask()).isZero();
        assertThat(trap.frame().eflags() & ~0x10000).isEqualTo(0x4ED7);
        assertThat(trap.entry().eflags() & 0x14100).isZero();
        assertThat(trap.entry().cs()).isEqualTo(0xE019);
        assertThat(trap.frame().fromOuterRing()).isEqualTo(ring == 3);
        if (ring == 3) {
            assertThat(trap.frame().ss()).isEqualTo(0xE033);
        }
    }

    @Test
    void theSavedMaskIsThatOfTheInterruptedCode() throws Exception {
        Trap trap = faults(guest.run(CodeRun.ring1("ud2").withMask(1)), 6);
        assertThat(trap.frame().savedMask()).isEqualTo(1);
        assertThat(trap.frame().eflags() & 0x200).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xor ecx, ecx; div ecx       | 0  | -1",
                "int3                        | 3  | -1",
                "mov eax, 0x7FFFFFFF; add eax, 1; into | 4 | -1",
                "mov eax, 9; bound eax, [scratch_pages] | 5 | -1",
                "ud2                         | 6  | -1",
                "mov ax, 0xE033; mov ss, ax  | 13 | 0xE030",
                "mov ax, 0x1238; mov ds, ax  | 13 | 0x1238",
                "mov eax, [0xF6800000]       | 13 | 0",
                "mov eax, [ebp]              | 12 | 0",
                "mov eax, [0xB0000000]       | 14 | 0",
                "mov [0xF5800000], eax       | 14 | 3",
                "int 0x50                    | 13 | 0x282",
            })
    void exceptionsAreDeliveredWithTheirCodes(String code, int vector, String error) throws Exception {
        CodeRun run = CodeRun.ring1(code.replace(';', '\n')).with(Register.EBP, 0xF6800000);
        faults(guest.run(run), vector, Integer.decode(error));
    }

    @Test
    void aPageFaultTellsItsAddressAndItsRing() throws Exception {
        Trap kernel = faults(guest.ring1("mov eax, [0xB0000123]"), 14, 0);
        assertThat(kernel.cr2()).isEqualTo(0xB0000123);
        Trap user = faults(guest.ring3("mov eax, [" + probe.symbol("scratch_pages") + "]"), 14, 5);
        assertThat(user.cr2()).isEqualTo(scratch());
        Trap userWrite = faults(guest.ring3("mov [0xF5800000], eax"), 14, 7);
        assertThat(userWrite.cr2()).isEqualTo(0xF5800000);
    }

    @Test
    void softwareInterruptsObeyTheGuestsPrivilegeLevels() throws Exception {
        handler(0x50, 1, 0xE019, probe.handler(0x50));
        assertThat(faults(guest.ring1("int 0x50"), 0x50).registers()).isNotNull();
        faults(guest.ring3("int 0x50"), 13, 0x282);
        handler(0x50, 3, 0xE019, probe.handler(0x50));
        faults(guest.ring3("int 0x50"), 0x50);
        faults(guest.ring3("int 0x82"), 13, 0x412);
        Trap trap = faults(guest.ring3("start: int 0x50"), 0x50);
        assertThat(trap.eip()).isEqualTo(probe.symbol("user_code") + 2);
    }

    @Test
    void aHandlerMasksEventsWhenItWantsTo() throws Exception {
        handler(6, 4, 0xE019, probe.handler(6));
        assertThat(faults(guest.run(CodeRun.ring1("ud2").withMask(0)), 6)
                        .entry()
                        .mask())
                .isEqualTo(1);
        handler(6, 0, 0xE019, probe.handler(6));
        assertThat(faults(guest.run(CodeRun.ring1("ud2").withMask(0)), 6)
                        .entry()
                        .mask())
                .isZero();
    }

    @Test
    void interrupt80GoesStraightToTheKernel() throws Exception {
        handler(0x80, 3, 0xE019, probe.handler(0x80));
        long entries = guest.machine.hypervisorEntries();
        Trap trap = faults(guest.run(CodeRun.ring3("int 0x80").withMask(1)), 0x80);
        assertThat(trap.frame().csSlot()).isEqualTo(0xE02B);
        assertThat(trap.frame().eflags() & 0x200).isEqualTo(0x200);
        assertThat(trap.frame().fromOuterRing()).isTrue();
        assertThat(trap.entry().mask()).isEqualTo(1);
        assertThat(guest.machine.hypervisorEntries()).isGreaterThan(entries);
        handler(0x80, 7, 0xE019, probe.handler(0x80));
        assertThat(faults(guest.run(CodeRun.ring3("int 0x80").withMask(0)), 0x80)
                        .frame()
                        .savedMask())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xE010, 0xE033, 0x1239})
    void aBadKernelStackKillsWhenItIsUsed(int ss) throws Exception {
        assertThat(probe.hypercall(3, ss, probe.symbol("kernel_stack_top"))).isZero();
        kills(guest.ring3("ud2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aNullHandlerKills(int cs) throws Exception {
        handler(6, 0, cs, probe.handler(6));
        kills(guest.ring1("ud2"));
    }

    @Test
    void aHandlerInTheHypervisorsSegmentEndsInTheFailsafeCallback() throws Exception {
        handler(6, 0, 0xE008, probe.handler(6));
        assertThat(guest.ring1("ud2")).isInstanceOf(Outcome.FailedSafe.class);
    }

    @Test
    void anUnmappedStackKills() throws Exception {
        kills(guest.ring1("mov esp, 0xB0000000\n ud2"));
    }

    @Test
    void singleStepSeesEachInstructionAlsoBehindAnEmulatedOne() throws Exception {
        Outcome outcome = guest.run(CodeRun.ring1("nop\n mov eax, cr0\n nop\n nop")
                .with(Register.EFLAGS, 0x302)
                .on(Handling.go(1, 100)));
        completes(outcome);
        assertThat(outcome.log()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void virtual8086ModeIsEnteredByIret() throws Exception {
        // a frame for VM86 at 0000:0000 in segment 0x2000, which is not mapped: the first fetch faults
        String code =
                "push 0\n push 0\n push 0\n push 0\n push 0x2000\n push 0x100\n push 0x20202\n push 0x2000\n push 0\n push eax\n"
                        + " mov eax, 23\n int 0x82";
        Trap trap = faults(guest.ring1(code), 14, 0x14);
        assertThat(trap.cr2()).isEqualTo(0x20000);
        assertThat(trap.frame().eflags() & 0x20000).isEqualTo(0x20000);
    }

    @ParameterizedTest
    @CsvSource({"0xE008", "0xE00C", "0"})
    void iretToRingZeroKills(String cs) throws Exception {
        kills(guest.ring1("push 0x202\n push " + Integer.decode(cs) + "\n push 0\n push eax\n mov eax, 23\n int 0x82"));
    }

    @ParameterizedTest
    @CsvSource({"0x1239", "0xE021"})
    void iretToABadSegmentEndsInTheFailsafeCallback(String cs) throws Exception {
        Outcome outcome = guest.run(CodeRun.ring1(
                        "push 0x202\n push " + Integer.decode(cs) + "\n push 0x1234\n push 77\n mov eax, 23\n int 0x82")
                .withMask(1));
        assertThat(outcome).isInstanceOf(Outcome.FailedSafe.class);
        Outcome.FailedSafe failed = (Outcome.FailedSafe) outcome;
        assertThat(failed.failsafe().frame().eip()).isEqualTo(0x1234);
        assertThat(failed.failsafe().frame().cs()).isEqualTo(Integer.decode(cs));
        assertThat(failed.failsafe().ds()).isEqualTo(0xE021);
        assertThat(failed.failsafe().entry().mask()).isZero();
        assertThat(failed.failsafe().registers().ds()).isZero();
    }

    @Test
    void aSegmentThatGoesAwayEndsInTheFailsafeCallbackAtOnce() throws Exception {
        assertThat(probe.hypercall(2, 0, 0)).isZero();
        int page = scratch();
        probe.fill(page, 4096, 0);
        probe.write64(page + 8, 0x00CFF2000000FFFFL);
        int mfn = probe.page(page).mfn();
        probe.write32(page + 4096, mfn);
        assertThat(probe.hypercall(14, page, mfn << 12 | 1, mfn >>> 20, 2)).isZero();
        assertThat(probe.hypercall(2, page + 4096, 512)).isZero();
        Outcome outcome =
                guest.ring1("mov ax, 0x0B\n mov fs, ax\n mov ebx, 0\n mov ecx, 0\n mov eax, 2\n int 0x82\n nop");
        assertThat(outcome).isInstanceOf(Outcome.FailedSafe.class);
        Outcome.FailedSafe failed = (Outcome.FailedSafe) outcome;
        assertThat(failed.failsafe().fs()).isEqualTo(0x0B);
        assertThat(failed.failsafe().ds()).isEqualTo(0xE021);
    }

    @Test
    void anUnknownHypercallIsNone() throws Exception {
        assertThat(probe.hypercall(63)).isEqualTo(-38);
        assertThat(probe.hypercall(1000)).isEqualTo(-38);
        assertThat(probe.hypercall(11)).isEqualTo(-38);
    }

    @Test
    void aTrapTableThatCannotBeReadIsRefused() throws Exception {
        assertThat(probe.hypercall(0, 0xF5800000)).isEqualTo(-14);
        assertThat(probe.hypercall(0, 0xB0000000)).isEqualTo(-14);
        assertThat(probe.execute(new Command.Home())).isNotNull();
    }
}
