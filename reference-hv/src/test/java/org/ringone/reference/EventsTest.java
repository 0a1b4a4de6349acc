package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.Outcomes.completes;
import static org.ringone.reference.Outcomes.kills;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.api.Exit;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Entry;
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.Register;
import org.ringone.guest.Upcall;
import org.ringone.xen.SharedInfo;

class EventsTest {

    private static final int EVTCHN_OP = 32;

    private final BootedGuest guest = BootedGuest.ordinary();
    private final Probe probe = guest.probe;
    private final int scratch = probe.symbol("scratch_pages");

    private int operation(int command, int... words) throws Exception {
        for (int i = 0; i < words.length; i++) {
            probe.write32(scratch + 4 * i, words[i]);
        }
        return probe.hypercall(EVTCHN_OP, command, scratch);
    }

    /** A port that the guest sends to itself by. */
    private int ipi() throws Exception {
        assertThat(operation(7, 0, -1)).isZero();
        return probe.read32(scratch + 4);
    }

    private void unmaskChannel(int port) throws Exception {
        assertThat(operation(9, port)).isZero();
    }

    private static List<Entry> upcalls(Outcome outcome) {
        return outcome.log().stream().filter(Upcall.class::isInstance).toList();
    }

    /** Sends through a port; the argument structure must hold it. */
    private static final String SEND = "mov eax, 32\n mov ebx, 4\n mov ecx, scratch_pages\n int 0x82\n";

    @Test
    void anUnmaskedSendIsDeliveredBeforeTheNextInstruction() throws Exception {
        int port = ipi();
        unmaskChannel(port);
        probe.write32(scratch, port);
        Outcome outcome =
                guest.run(CodeRun.ring1(SEND + "here: nop").withMask(0).on(Handling.upcalls(10)));
        completes(outcome);
        assertThat(upcalls(outcome)).hasSize(1);
        Upcall upcall = (Upcall) upcalls(outcome).get(0);
        assertThat(upcall.frame().savedMask()).isZero();
        assertThat(upcall.entry().mask()).isEqualTo(1);
        assertThat(upcall.entry().pending()).isEqualTo(1);
        assertThat(upcall.entry().pendingSelector()).isEqualTo(1);
        assertThat(upcall.frame().eflags() & 0x200).isEqualTo(0x200);
    }

    @Test
    void aMaskedSendWaitsForTheNextEntryAfterUnmasking() throws Exception {
        int port = ipi();
        unmaskChannel(port);
        probe.write32(scratch, port);
        int mask = probe.sharedInfo() + SharedInfo.UPCALL_MASK;
        String code = SEND + "mov byte [" + mask + "], 0\n times 50 nop\n mov edi, 1\n"
                + "mov eax, 17\n mov ebx, 0\n int 0x82\n after: nop";
        Outcome outcome = guest.run(CodeRun.ring1(code).withMask(1).on(Handling.upcalls(10)));
        completes(outcome);
        assertThat(upcalls(outcome)).hasSize(1);
        assertThat(((Upcall) upcalls(outcome).get(0)).registers().edi()).isEqualTo(1);
    }

    @Test
    void iretUnmasksAndDelivers() throws Exception {
        int port = ipi();
        unmaskChannel(port);
        probe.write32(scratch, port);
        String code = SEND + "push 0x202\n push 0x10E019\n push target\n push 5\n mov eax, 23\n int 0x82\n target: nop";
        Outcome outcome = guest.run(CodeRun.ring1(code).withMask(1).on(Handling.upcalls(10)));
        assertThat(completes(outcome).eax()).isEqualTo(5);
        assertThat(upcalls(outcome)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 20, 50, 51, 52, 53})
    void noEventIsLostWhateverInstructionItMeets(int boundary) throws Exception {
        int port = ipi();
        unmaskChannel(port);
        guest.machine.raise(guest.domain, port, boundary);
        Outcome outcome = guest.run(
                CodeRun.ring1("mov ecx, 100000\n again: loop again").withMask(0).on(Handling.upcalls(10)));
        completes(outcome);
        probe.hypercall(17, 0);
        assertThat(guest.domain.shared.upcallPending(0)).isFalse();
    }

    @Test
    void allocationFailsWhenAllPortsAreTaken() throws Exception {
        int before = guest.domain.ports.size();
        assertThat(before).isEqualTo(128);
        int result = 0;
        for (int i = 0; i < 1100 && result == 0; i++) {
            result = operation(6, 0x7FF0 | 0x7FF0 << 16, 0);
        }
        assertThat(result).isEqualTo(-28);
        assertThat(operation(5, 0x7FF0, 1023, 0, 0, 0, 0)).isZero();
        assertThat(operation(10, 0x7FF0)).isZero();
    }

    @Test
    void errorsAreTheHeaders() throws Exception {
        assertThat(operation(3, 0)).isEqualTo(-22);
        assertThat(operation(3, 127)).isEqualTo(-22);
        assertThat(operation(3, 5000)).isEqualTo(-22);
        assertThat(operation(4, 127)).isEqualTo(-22);
        assertThat(operation(1, 24, 0, 0)).isEqualTo(-22);
        assertThat(operation(1, 2, 1, 0)).isEqualTo(-22);
        assertThat(operation(1, 0, 1, 0)).isEqualTo(-2);
        assertThat(operation(7, 1, 0)).isEqualTo(-2);
        assertThat(operation(0, 0x7FF0, 100, 0)).isEqualTo(-22);
        assertThat(operation(0, 77, 100, 0)).isEqualTo(-3);
        assertThat(operation(6, 0, 0)).isEqualTo(-1);
        assertThat(operation(11, 0)).isEqualTo(-38);
        assertThat(probe.hypercall(EVTCHN_OP, 4, 0xF5800000)).isEqualTo(-14);
    }

    @Test
    void anEventThatIsMaskedInItsChannelComesWithUnmask() throws Exception {
        int port = ipi();
        probe.write32(scratch, port);
        Outcome masked = guest.run(CodeRun.ring1(
                        "bts dword [" + (probe.sharedInfo() + SharedInfo.EVTCHN_MASK) + "], " + port + "\n" + SEND)
                .withMask(0)
                .on(Handling.upcalls(10)));
        completes(masked);
        assertThat(upcalls(masked)).isEmpty();
        Outcome unmasked = guest.run(CodeRun.ring1("mov eax, 32\n mov ebx, 9\n mov ecx, scratch_pages\n int 0x82")
                .withMask(0)
                .on(Handling.upcalls(10)));
        assertThat(upcalls(unmasked)).hasSize(1);
    }

    @Test
    void blockWakesWithTheTimer() throws Exception {
        int port = bindTimer();
        unmaskChannel(port);
        String code = "mov eax, 24\n mov ebx, 7\n mov ecx, 0\n mov edx, 0\n int 0x82\n" // no periodic timer
                + "mov eax, [" + (probe.sharedInfo() + SharedInfo.TIME_SYSTEM_TIME) + "]\n"
                + "mov edx, [" + (probe.sharedInfo() + SharedInfo.TIME_SYSTEM_TIME + 4) + "]\n"
                + "add eax, 1000000000\n adc edx, 0\n mov ebx, eax\n mov ecx, edx\n mov eax, 15\n int 0x82\n"
                + "mov eax, 29\n mov ebx, 1\n mov ecx, 0\n int 0x82\n";
        long before = guest.machine.now();
        Outcome outcome = guest.run(CodeRun.ring1(code).withMask(1).on(Handling.upcalls(10)));
        completes(outcome);
        assertThat(upcalls(outcome)).isNotEmpty();
        assertThat(guest.machine.now() - before).isGreaterThan(900_000_000);
    }

    private int bindTimer() throws Exception {
        assertThat(operation(1, 0, 0, 0)).isZero();
        return probe.read32(scratch + 8);
    }

    @Test
    void thePeriodicTimerTicksWhileTheGuestRuns() throws Exception {
        int port = bindTimer();
        unmaskChannel(port);
        Outcome outcome = guest.run(CodeRun.ring1("mov ecx, 12000000\n again: dec ecx\n jnz again")
                .withMask(0)
                .on(Handling.upcalls(100)));
        completes(outcome);
        assertThat(upcalls(outcome)).hasSizeBetween(1, 4);
    }

    @Test
    void systemTimeFollowsTheTimeStampCounter() throws Exception {
        byte[] info = probe.read(probe.sharedInfo(), 64);
        ByteBuffer b = ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(b.getInt(SharedInfo.TIME_VERSION) & 1).isZero();
        assertThat(b.getLong(SharedInfo.TIME_SYSTEM_TIME)).isEqualTo(b.getLong(SharedInfo.TIME_TSC_TIMESTAMP));
        assertThat(Integer.toUnsignedLong(b.getInt(SharedInfo.TIME_TSC_TO_SYSTEM_MUL)) << info[60] >>> 32)
                .isEqualTo(1);
    }

    @Test
    void shutdownEndsTheDomainWithItsReason() throws Exception {
        probe.write32(scratch, 1);
        Outcome outcome = probe.call(29, 2, scratch);
        assertThat(outcome).isEqualTo(new Outcome.DomainEnded(new Exit.ShutDown(Exit.Reason.REBOOT)));
    }

    @Test
    void unmaskingWithoutACallbackKills() throws Exception {
        int port = ipi();
        unmaskChannel(port);
        probe.write32(scratch, port);
        kills(guest.run(CodeRun.ring1(
                        "mov eax, 4\n xor ebx, ebx\n xor ecx, ecx\n xor edx, edx\n xor esi, esi\n int 0x82\n" + SEND)
                .withMask(0)));
    }

    @Test
    void pollReturnsWhenAPortIsPending() throws Exception {
        int port = ipi();
        probe.write32(scratch, port);
        assertThat(probe.hypercall(EVTCHN_OP, 4, scratch)).isZero();
        probe.write32(scratch + 64, scratch);
        probe.write32(scratch + 68, 1);
        probe.write64(scratch + 72, 0);
        assertThat(probe.hypercall(29, 3, scratch + 64)).isZero();
        probe.write32(scratch + 68, 129);
        assertThat(probe.hypercall(29, 3, scratch + 64)).isEqualTo(-22);
        probe.write32(scratch, 1024);
        probe.write32(scratch + 68, 1);
        assertThat(probe.hypercall(29, 3, scratch + 64)).isEqualTo(-22);
        assertThat(Register.EAX).isNotNull();
    }
}
