package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.api.Snapshots;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.xen.ConsoleRing;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;

class MachineTest {

    private static final byte[] IMAGE = ProbeImage.standard().elf();

    private static Probe attach(Domain domain) throws Exception {
        return Probe.attach(domain, ProbeImage.standard(), BootedGuest.BUDGET, new Transcript());
    }

    @Test
    void theReferenceIsFoundAsAService() {
        List<String> names = ServiceLoader.load(Hypervisor.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(Hypervisor::name)
                .filter(name -> name.startsWith("reference"))
                .toList();
        assertThat(names).containsExactlyInAnyOrder("reference", "reference-initial");
        assertThat(new InitialReferenceHypervisor().profile())
                .isEqualTo(new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, Profile.Privilege.INITIAL));
    }

    @Test
    void aMachineIsRememberedAndEachForkGoesItsOwnWay() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        int scratch = guest.probe.symbol("scratch_pages");
        guest.probe.write32(scratch, 1);
        Snapshots.Snapshot snapshot = guest.machine.snapshot();
        guest.probe.write32(scratch, 2);
        Machine first = snapshot.resume();
        Machine second = snapshot.resume();
        Probe one = guest.probe.onto(first.domains().get(0), new Transcript());
        Probe two = guest.probe.onto(second.domains().get(0), new Transcript());
        one.write32(scratch, 3);
        assertThat(two.read32(scratch)).isEqualTo(1);
        assertThat(one.read32(scratch)).isEqualTo(3);
        first.domains().get(0).close();
        assertThat(two.read32(scratch)).isEqualTo(1);
    }

    @Test
    void runsAreTheSameEveryTime() throws Exception {
        long[] retired = new long[2];
        long[] times = new long[2];
        for (int i = 0; i < 2; i++) {
            BootedGuest guest = BootedGuest.initial();
            guest.ring1("mov ecx, 100000\n l: loop l");
            guest.ring3("ud2");
            retired[i] = guest.machine.instructionsRetired();
            times[i] = guest.machine.now();
        }
        assertThat(retired[0]).isEqualTo(retired[1]);
        assertThat(times[0]).isEqualTo(times[1]);
    }

    @Test
    void aDeadDomainGivesEverythingBack() throws Exception {
        ReferenceMachine machine = new ReferenceHypervisor().start();
        int before = machine.machineMemory.freeFrames();
        for (int i = 0; i < 3; i++) {
            Domain domain = machine.createDomain(DomainSpec.of(IMAGE, 32, false));
            Probe probe = attach(domain);
            assertThat(probe.run(CodeRun.ring1("mov esp, 0\n ud2"))).isInstanceOf(Outcome.DomainEnded.class);
            assertThat(domain.exit()).isInstanceOf(Exit.Killed.class);
            domain.close();
            domain.close();
            assertThat(machine.machineMemory.freeFrames()).isEqualTo(before);
        }
        machine.close();
        assertThatThrownBy(() -> machine.createDomain(DomainSpec.of(IMAGE, 32, false)))
                .isInstanceOf(DomainBuildException.class);
    }

    @Test
    void domainsTalkThroughEventChannelsAndDoNotHoldEachOtherUp() throws Exception {
        ReferenceMachine machine = new ReferenceHypervisor().start();
        Domain first = machine.createDomain(DomainSpec.of(IMAGE, 24, false));
        Domain second = machine.createDomain(DomainSpec.of(IMAGE, 24, false));
        Probe one = attach(first);
        Probe two = attach(second);
        int scratch = one.symbol("scratch_pages");
        one.write32(scratch, 0x7FF0 | second.id() << 16);
        assertThat(one.hypercall(32, 6, scratch)).isZero();
        int port = one.read32(scratch + 4);
        two.write32(scratch, first.id());
        two.write32(scratch + 4, port);
        assertThat(two.hypercall(32, 0, scratch)).isZero();
        int local = two.read32(scratch + 8);
        two.write32(scratch, local);
        assertThat(two.hypercall(32, 4, scratch)).isZero();
        assertThat(((GuestDomain) first).shared().pending(port)).isTrue();
        // one spins with events masked; two goes on
        assertThat(one.within(new Budget(100_000, Duration.ofSeconds(5)))
                        .run(CodeRun.ring1("spin: jmp spin").withMask(1)))
                .isInstanceOf(Outcome.Silent.class);
        assertThat(two.hypercall(17, 0)).isEqualTo(0x30000);
        first.close();
        two.write32(scratch, 0x7FF0);
        two.write32(scratch + 4, local);
        assertThat(two.hypercall(32, 5, scratch)).isZero();
        assertThat(two.read32(scratch + 8)).as("unbound again").isEqualTo(1);
    }

    @Test
    void aGuestThatSleepsForEverEndsARead() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        long before = guest.machine.instructionsRetired();
        assertThat(guest.domain.console().read(new Budget(1_000_000_000, Duration.ofSeconds(5))))
                .isEmpty();
        assertThat(guest.machine.instructionsRetired() - before).isLessThan(10_000);
        assertThat(guest.domain.exit()).isInstanceOf(Exit.Running.class);
    }

    @Test
    void theConsoleTakesOnlyWhatThereIsRoomFor() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        byte[] much = "x".repeat(5000).getBytes(StandardCharsets.US_ASCII);
        assertThat(guest.domain.console().write(much, 0, much.length)).isEqualTo(ConsoleRing.INPUT_SIZE);
        assertThat(guest.domain.console().write(much, 0, 1)).isZero();
        BootedGuest initial = BootedGuest.initial();
        assertThat(initial.domain.console().write(much, 0, much.length)).isEqualTo(128);
        assertThat(initial.domain.console().write(much, 0, 1)).isZero();
    }

    @Test
    void anIndexThatTheGuestSpoiltIsSurvived() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        RingConsole console = (RingConsole) guest.domain.guestConsole();
        long page = (long) console.mfn() << 12;
        guest.machine.memory.write32(page + ConsoleRing.OUT_PROD, 0x7FFFFFFF);
        guest.machine.memory.write32(page + ConsoleRing.IN_CONS, 0x12345678);
        assertThat(console.write(new byte[] {1}, 0, 1)).isZero();
        assertThat(console.read(new Budget(10_000, Duration.ofSeconds(5)))).isEmpty();
    }

    @Test
    void aSecondVcpuRunsWithFlagsOfItsOwn() throws Exception {
        ReferenceMachine machine = new ReferenceHypervisor().start();
        GuestDomain domain = (GuestDomain)
                machine.createDomain(DomainSpec.of(IMAGE, 24, false).withVcpus(2));
        Probe probe = attach(domain);
        int context = probe.symbol("scratch_pages");
        int code = context + 4096;
        int flag = context + 8192;
        // inc dword [flag]; jmp $
        probe.write(code, (byte) 0xFF, (byte) 0x05, (byte) flag, (byte) (flag >> 8), (byte) (flag >> 16), (byte)
                (flag >> 24));
        probe.write(code + 6, (byte) 0xEB, (byte) 0xFE);
        probe.fill(context, 2800, 0);
        probe.write32(context + 512, 1 << 5);
        probe.write32(context + 516 + 32, code);
        probe.write32(context + 516 + 36, 0xE019);
        probe.write32(context + 516 + 40, 0x202);
        probe.write32(context + 516 + 44, flag + 4096);
        for (int at : new int[] {48, 52, 56, 60, 64}) {
            probe.write32(context + 516 + at, 0xE021);
        }
        probe.write32(context + 2716 + 12, domain.vcpus.get(0).baseMfn << 12);
        assertThat(probe.hypercall(24, 1, 1, 0)).isEqualTo(-22);
        assertThat(probe.hypercall(24, 0, 1, context)).isZero();
        assertThat(probe.hypercall(24, 0, 1, context)).isEqualTo(-17);
        assertThat(probe.hypercall(24, 0, 2, context)).isEqualTo(-2);
        assertThat(probe.hypercall(24, 3, 1, 0)).isEqualTo(1);
        probe.run(CodeRun.ring1("mov ecx, 5000000\n l: dec ecx\n jnz l"));
        assertThat(probe.read32(flag)).isEqualTo(1);
        assertThat(domain.shared().upcallMask(1)).isEqualTo(1);
        Snapshots.Snapshot snapshot = machine.snapshot();
        Probe forked = probe.onto(snapshot.resume().domains().get(0), new Transcript());
        assertThat(forked.hypercall(24, 2, 1, 0)).isZero();
        assertThat(forked.hypercall(24, 3, 1, 0)).isZero();
        assertThat(probe.hypercall(24, 3, 1, 0)).isEqualTo(1);
        domain.close();
        assertThat(machine.domains()).isEmpty();
    }

    @Test
    void traceLinesTellWhatHappened() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        guest.machine.drainTrace();
        guest.probe.hypercall(17, 0);
        guest.ring3("hlt");
        String trace = String.join("\n", guest.machine.drainTrace());
        assertThat(trace)
                .contains("xen_version(0, ")
                .contains("= 30000")
                .contains("trap 13 code 0")
                .contains("hlt");
        assertThat(guest.machine.drainTrace()).isEmpty();
    }

    @Test
    void traceOfATrapShowsTheInstructionsBeforeIt() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        guest.machine.drainTrace();
        guest.ring3("mov ecx, 2\nagain: dec ecx\njnz again\nhlt");
        List<String> lines = guest.machine.drainTrace();
        int trap = IntStream.range(0, lines.size())
                .filter(n -> lines.get(n).contains("trap 13 code 0"))
                .findFirst()
                .orElseThrow();
        List<String> before = lines.subList(trap - 5, trap).stream()
                .map(line -> line.replaceFirst("^d1v0 +[0-9a-f]{4}:[0-9a-f]{8}  ", "")
                        .replaceFirst(" short 0x.*", ""))
                .toList();
        assertThat(before).containsExactly("mov ecx, 2", "dec ecx", "jne", "dec ecx", "jne");
        assertThat(lines.get(trap)).endsWith("  hlt");
    }

    @Test
    void aTraceThatGrewTooLongSaysHowManyLinesAreLost() throws Exception {
        BootedGuest guest = BootedGuest.ordinary();
        guest.machine.drainTrace();
        guest.ring1("""
                mov esi, 2000
                more:
                mov eax, 17
                xor ebx, ebx
                int 0x82
                dec esi
                jnz more
                """);
        List<String> lines = guest.machine.drainTrace();
        assertThat(lines.get(0)).matches("[0-9]+ lines lost");
        int lost = Integer.parseInt(lines.get(0).split(" ")[0]);
        assertThat(lines.size() - 1 + lost).isGreaterThan(2000);
        assertThat(lines.get(1)).contains("xen_version");
        guest.probe.hypercall(17, 0);
        assertThat(guest.machine.drainTrace()).noneMatch(line -> line.contains("lost"));
    }

    /** Its console is the machine's to serve, whoever the initial domain is; closing the channel leaves that one's ports alone. */
    @Test
    void anOrdinaryDomainComesUpBesideAnInitialOne() throws Exception {
        BootedGuest initial = BootedGuest.initial();
        Domain ordinary =
                initial.machine.createDomain(DomainSpec.of(ProbeImage.standard().elf(), 32, false));
        Probe probe = Probe.attach(ordinary, ProbeImage.standard(), BootedGuest.BUDGET, new Transcript());
        assertThat(probe.boot().complete()).isTrue();

        int port = probe.startOfDay().storePort();
        probe.write32(probe.scratchPages().get(0).address(), port);
        int closed = probe.hypercall(
                Hypercall.EVENT_CHANNEL_OP.number(),
                EventChannelOp.CLOSE,
                probe.scratchPages().get(0).address());
        assertThat(closed).isZero();
        for (int other = 1; other < 8; other++) {
            if (initial.domain.ports.exists(other)) {
                assertThat(initial.domain.ports.state(other)).isNotEqualTo(EventPorts.UNBOUND);
            }
        }
    }
}
