package org.ringone.properties.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Entry;
import org.ringone.guest.Handling;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Register;
import org.ringone.guest.Reply;
import org.ringone.guest.Transcript;
import org.ringone.guest.Trap;
import org.ringone.guest.Upcall;
import org.ringone.guest.VcpuResults;
import org.ringone.guest.VcpuStart;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SharedInfo;
import org.ringone.xen.VcpuOp;

/** What the probe's commands do, in a real domain. (What the hypervisor must do is judged elsewhere.) */
class ProbeCommandsTest {

    private static final Budget BUDGET = new Budget(20_000_000, Duration.ofSeconds(3));
    private static final int UD = 6;
    private static final int GP = 13;

    private Machine machine;
    private Domain domain;
    private Probe probe;
    private Page page;

    @BeforeEach
    void boot() throws Exception {
        Hypervisor reference = ServiceLoader.load(Hypervisor.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(h -> h.name().equals("reference"))
                .findFirst()
                .orElseThrow();
        machine = reference.start();
        domain = machine.createDomain(
                DomainSpec.of(ProbeImage.standard().elf(), 32, false).withVcpus(2));
        probe = Probe.attach(domain, ProbeImage.standard(), BUDGET, new Transcript());
        page = probe.scratchPages().get(0);
    }

    @AfterEach
    void powerOff() {
        machine.close();
    }

    @Test
    void memory() throws ProbeException {
        byte[] bytes = new byte[4096];
        new Random(1).nextBytes(bytes);
        probe.write(page.address(), bytes);
        assertThat(probe.read(page.address(), 4096)).isEqualTo(bytes);

        int digest = probe.digest(page.address(), 4096);
        probe.copy(page.address() + 4096, page.address(), 4096);
        assertThat(probe.digest(page.address() + 4096, 4096)).isEqualTo(digest);
        probe.write8(page.address() + 4095, bytes[4095] ^ 1);
        assertThat(probe.digest(page.address(), 4096)).isNotEqualTo(digest);

        probe.fill(page.address(), 4096, 0xA5);
        byte[] filled = new byte[4096];
        Arrays.fill(filled, (byte) 0xA5);
        assertThat(probe.read(page.address(), 4096)).isEqualTo(filled);

        probe.write64(page.address() + 8, 0x123456789ABCDEF0L);
        assertThat(probe.read64(page.address() + 8)).isEqualTo(0x123456789ABCDEF0L);
    }

    @Test
    void tableDigestsLeaveOutAccessedAndDirty() throws ProbeException {
        probe.fill(page.address(), 4096, 0);
        probe.write64(page.address() + 80, 0x123467);
        int digest = probe.tableDigest(page.address());
        probe.write64(page.address() + 80, 0x123407);
        assertThat(probe.tableDigest(page.address())).isEqualTo(digest);
        probe.write64(page.address() + 80, 0x123405);
        assertThat(probe.tableDigest(page.address())).isNotEqualTo(digest);
    }

    @Test
    void faultsDoNotStopAScript() throws ProbeException {
        List<Reply> replies = probe.execute(List.of(
                new Command.Read(0x10, 4),
                new Command.Write(0xF5800000, new byte[] {1}),
                new Command.Fill(0x10, 4, 0),
                new Command.Copy(page.address(), 0x10, 4),
                new Command.Digest(0x10, 4),
                Command.hypercall(Hypercall.XEN_VERSION.number(), 0, 0)));

        assertThat(replies.subList(0, 5)).allSatisfy(r -> assertThat(r).isInstanceOf(Reply.Interrupted.class));
        Trap write = (Trap) ((Reply.Interrupted) replies.get(1)).entry();
        assertThat(write.vector()).isEqualTo(14);
        assertThat(write.cr2()).isEqualTo(0xF5800000);
        assertThat(replies.get(5)).isEqualTo(new Reply.Value(0x30000));
        assertThat(probe.log()).hasSize(5);
        probe.clearLog();
        assertThat(probe.log()).isEmpty();
        assertThatThrownBy(() -> probe.read32(0x10))
                .isInstanceOfSatisfying(
                        ProbeException.class, e -> assertThat(e.kind()).isEqualTo(ProbeException.Kind.TRAPPED));
    }

    @Test
    void manyCommandsAreSplitIntoMessages() throws ProbeException {
        Command[] commands = new Command[400];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = i % 2 == 0
                    ? Command.words(page.address() + 4 * i, i)
                    : new Command.Read(page.address() + 4 * (i - 1), i % 4 == 1 ? 4 : 200);
        }
        List<Reply> replies = probe.execute(List.of(commands));
        for (int i = 1; i < commands.length; i += 2) {
            assertThat(((Reply.Bytes) replies.get(i)).bytes()[0]).isEqualTo((byte) (i - 1));
        }
    }

    @Test
    void codeStartsAsAskedAndReportsItsRegisters() throws ProbeException {
        for (CodeRun run :
                List.of(CodeRun.ring1("        xchg eax, edi\n"), CodeRun.ring3("        xchg eax, edi\n"))) {
            Outcome.Completed done = (Outcome.Completed) probe.run(run.with(Register.EAX, 1)
                    .with(Register.EDI, 2)
                    .with(Register.EFLAGS, 0x203)
                    .with(Register.FS, 0));
            assertThat(done.registers().eax()).isEqualTo(2);
            assertThat(done.registers().edi()).isEqualTo(1);
            assertThat(done.registers().ecx()).isEqualTo(0xA1010000);
            assertThat(done.registers().eflags() & 1).isEqualTo(1);
            assertThat(done.registers().fs()).isZero();
            assertThat(done.frame().ring()).isEqualTo(run.ring());
            assertThat(done.log()).isEmpty();
            assertThat(done.registers().esp())
                    .isEqualTo(probe.symbol(run.ring() == 1 ? "code_stack_top" : "user_stack_top"));
        }
    }

    @Test
    void codeCanLieElsewhereWithSymbolsOfItsOwn() throws ProbeException {
        CodeRun run = CodeRun.ring1("here:   mov eax, [answer]\n        jmp done\n        ud2\n")
                .at(page.address() + 0xFF0)
                .symbols(Map.of("answer", page.address()));
        probe.write32(page.address(), 42);
        assertThat(((Outcome.Completed) probe.run(run)).registers().eax()).isEqualTo(42);
        assertThat(probe.labels(run)).containsEntry("here", page.address() + 0xFF0);
    }

    @Test
    void handlingsLetCodeGoOn() throws ProbeException {
        CodeRun run = CodeRun.ring3("        hlt\n        ud2\n        hlt\nlast:   ud2\n")
                .on(Handling.skip(GP, 1, 1))
                .on(Handling.resumeAt(UD, 1, "last"));
        Outcome.Trapped end = (Outcome.Trapped) probe.run(run);

        assertThat(end.trap().vector()).isEqualTo(UD);
        assertThat(end.trap().eip()).isEqualTo(probe.labels(run).get("last"));
        assertThat(end.log()).extracting(e -> ((Trap) e).vector()).containsExactly(GP, UD, UD);
        assertThat(end.log()).extracting(Entry::order).containsExactly(0, 1, 2);
    }

    @Test
    void singleStepsRunAHookAtTheChosenOne() throws ProbeException {
        Outcome.Completed done = (Outcome.Completed)
                probe.run(CodeRun.ring1("        nop\n        nop\n        mov eax, [scratch_pages]\n")
                        .stepping(10, 2, Command.words(page.address(), 7), new Command.Read(page.address(), 4)));

        assertThat(done.log()).hasSize(3);
        assertThat(done.registers().eax()).isEqualTo(7);
        assertThat(done.hooks()).hasSize(2);
    }

    @Test
    void longLogsAreReadWhole() throws ProbeException {
        Outcome.Completed done = (Outcome.Completed)
                probe.run(CodeRun.ring1("        mov ecx, 100\nagain:  dec ecx\n        jnz again\n")
                        .stepping(300, 0));
        assertThat(done.log()).hasSize(201);
        assertThat(done.log()).extracting(Entry::order).isSorted();
    }

    @Test
    void upcallsAreLoggedAcknowledgedAndReturnedFrom() throws ProbeException {
        int port = ownPort();
        CodeRun run = CodeRun.ring1("        mov byte [evtchn_upcall_mask], 0\n        mov ecx, 0\n        mov ebx, 0\n"
                        + "        call hypercall_page + 17 * 32\n        mov dl, [evtchn_upcall_pending]\n")
                .with(Register.EDX, 0);
        send(port);
        Outcome.Completed done = (Outcome.Completed) probe.run(run);
        assertThat(done.log()).singleElement().isInstanceOfSatisfying(Upcall.class, u -> {
            assertThat(u.entry().mask()).isEqualTo(1);
            assertThat(u.entry().pending()).isEqualTo(1);
            assertThat(u.frame().savedMask()).isZero();
        });
        assertThat(done.registers().edx()).isZero();
        assertThat(done.mask()).isZero();

        probe.mask(1);
        send(port);
        Outcome.Completed kept = (Outcome.Completed)
                probe.run(run.on(Handling.go(Handling.UPCALL, 1).returning(Handling.Return.KEEPING_MASK)));
        assertThat(kept.mask()).isEqualTo(1);
        assertThat(kept.registers().edx()).isEqualTo(1);
        probe.execute(new Command.Settle());
        assertThat(probe.read8(probe.sharedInfo())).isZero();

        probe.mask(1);
        send(port);
        assertThat(probe.run(run.on(Handling.end(Handling.UPCALL)))).isInstanceOf(Outcome.Interrupted.class);
    }

    @Test
    void handlersComeBackAfterATestHasChangedThem() throws ProbeException {
        probe.execute(List.of(
                Command.words(page.address(), 0x0000_0006 | 0xE019 << 16, probe.handler(UD + 1), 0, 0),
                Command.hypercall(Hypercall.SET_TRAP_TABLE.number(), page.address())));
        assertThat(((Outcome.Trapped) probe.run(CodeRun.ring1("        ud2\n")))
                        .trap()
                        .vector())
                .isEqualTo(UD + 1);
        probe.restoreHandlers();
        assertThat(((Outcome.Trapped) probe.run(CodeRun.ring1("        ud2\n")))
                        .trap()
                        .vector())
                .isEqualTo(UD);
    }

    @Test
    void codeMayWreckItsRegistersSegmentsAndFlags() throws ProbeException {
        Outcome.Trapped end = (Outcome.Trapped) probe.run(CodeRun.ring1(
                "        std\n        xor eax, eax\n        mov ds, eax\n        mov es, eax\n        mov fs, eax\n        mov gs, eax\n"
                        + "        xor ebp, ebp\n        ud2\n"));
        assertThat(end.trap().registers().ds()).isZero();
        assertThat(probe.hypercall(Hypercall.XEN_VERSION.number(), 0, 0)).isEqualTo(0x30000);
        assertThat(probe.read(page.address(), 64)).hasSize(64);
    }

    @Test
    void silenceAndEndsAreOutcomes() throws ProbeException {
        assertThat(probe.within(new Budget(100_000, Duration.ofSeconds(1))).run(CodeRun.ring1("        jmp $\n")))
                .isInstanceOf(Outcome.Silent.class);
    }

    @Test
    void aStackThatIsNotThereEndsTheDomain() throws ProbeException {
        Outcome end = probe.run(CodeRun.ring1("        mov esp, 0x1000\n        ud2\n"));
        assertThat(end)
                .isInstanceOfSatisfying(
                        Outcome.DomainEnded.class, e -> assertThat(e.exit()).isInstanceOf(Exit.Killed.class));
        assertThat(probe.attempt(new Command.Forget())).isInstanceOf(Reply.Ended.class);
        assertThatThrownBy(() -> probe.clearLog())
                .isInstanceOfSatisfying(
                        ProbeException.class, e -> assertThat(e.kind()).isEqualTo(ProbeException.Kind.DOMAIN_ENDED));
    }

    @Test
    void aFurtherVcpuRunsItsProgram() throws ProbeException {
        int at = page.address();
        VcpuStart start = new VcpuStart(
                1,
                "        mov dword [scratch_pages], 99\nsleep:  mov ebx, 1\n        xor ecx, ecx\n"
                        + "        call hypercall_page + 29 * 32\n        jmp sleep\nupcall: ud2\n",
                Map.of(),
                at + 4096,
                at + 3 * 4096,
                at + 4 * 4096,
                at + 3 * 4096);
        assertThat(probe.startVcpu(start)).isZero();
        for (int i = 0; i < 100 && probe.read32(at) != 99; i++) {
            probe.hypercall(Hypercall.SCHED_OP.number(), 0, 0);
        }
        assertThat(probe.read32(at)).isEqualTo(99);
    }

    @Test
    void aFurtherVcpuTellsHowItEnded() throws ProbeException {
        VcpuStart start = started("        mov eax, 7\n        mov edi, 8\n");
        VcpuResults results = awaited(start);
        assertThat(results.state()).isEqualTo(VcpuResults.State.FINISHED);
        assertThat(results.registers()[0]).isEqualTo(7);
        assertThat(results.registers()[7]).isEqualTo(8);
        assertThat(probe.hypercall(Hypercall.VCPU_OP.number(), VcpuOp.IS_UP, 1, 0))
                .isZero();
    }

    @Test
    void anExceptionOfAFurtherVcpuIsTold() throws ProbeException {
        VcpuStart start = started("        mov eax, 7\n        ud2\n");
        VcpuResults results = awaited(start);
        assertThat(results.state()).isEqualTo(VcpuResults.State.TRAPPED);
        assertThat(results.vector()).isEqualTo(6);
        assertThat(results.frame()[0]).isEqualTo(start.code() + 5);
    }

    private VcpuStart started(String program) throws ProbeException {
        int at = page.address();
        VcpuStart start = new VcpuStart(1, program, Map.of(), at + 4096, at + 3 * 4096, at + 4 * 4096, at + 3 * 4096);
        assertThat(probe.startVcpu(start)).isZero();
        return start;
    }

    private VcpuResults awaited(VcpuStart start) throws ProbeException {
        VcpuResults results = probe.results(start);
        for (int i = 0; i < 100 && results.state() == VcpuResults.State.RUNNING; i++) {
            probe.hypercall(Hypercall.SCHED_OP.number(), 0, 0);
            results = probe.results(start);
        }
        return results;
    }

    /** A port of the domain's own, bound to itself and not masked. */
    private int ownPort() throws ProbeException {
        Page arguments = probe.scratchPages().get(9);
        probe.write64(arguments.address(), 0);
        probe.hypercall(Hypercall.EVENT_CHANNEL_OP.number(), EventChannelOp.BIND_IPI, arguments.address());
        int port = probe.read32(arguments.address() + 4);
        int masks = probe.sharedInfo() + SharedInfo.EVTCHN_MASK;
        probe.write32(masks, probe.read32(masks) & ~(1 << port));
        probe.write32(arguments.address(), port);
        return port;
    }

    private void send(int port) throws ProbeException {
        int arguments = probe.scratchPages().get(9).address();
        assertThat(probe.read32(arguments)).isEqualTo(port);
        assertThat(probe.hypercall(Hypercall.EVENT_CHANNEL_OP.number(), EventChannelOp.SEND, arguments))
                .isZero();
    }
}
