package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Machine;
import org.ringone.api.Profile;

@Timeout(60)
class CommandHypervisorTest {

    private static final Budget SHORT = new Budget(1, Duration.ofMillis(200));
    private static final Budget LONG = new Budget(1, Duration.ofSeconds(20));
    private static final DomainSpec SPEC = DomainSpec.of(new byte[] {0x7F, 'E', 'L', 'F'}, 16, true);

    private static final String READINGS = """
            started: 'guest runs'
            start-seconds: 20
            log: '^hv: '
            endings:
              refused: ['no such kernel']
              killed: ['killed guest']
              poweroff: ['guest halted']
              crash: ['guest crashed']
              failed: ['PANIC']
            statuses: {3: reboot, 4: refused}
            advice: {'no notes': 'give it notes'}
            """;

    private Set<Path> directoriesBefore;
    private Machine machine;

    @BeforeEach
    void look() {
        directoriesBefore = directories();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        if (machine != null) {
            machine.close();
        }
        assertThat(directories()).isEqualTo(directoriesBefore);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aGuestSpeaksAndListens() throws Exception {
        Domain domain = start("say:hv: booting", "say:guest runs", "echo");
        assertThat(read(domain, "runs\n")).isEqualTo("hv: booting\nguest runs\n");
        byte[] text = "over\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(domain.console().write(text, 0, text.length)).isEqualTo(5);
        assertThat(read(domain, "over\n")).isEqualTo("over\n");
        assertThat(domain.exit()).isEqualTo(new Exit.Running());
        assertThat(domain.console().read(SHORT)).isEmpty();
        assertThat(machine.domains()).containsExactly(domain);
        domain.close();
        assertThat(machine.domains()).isEmpty();
    }

    @Test
    void theImageIsAFileAndTheOtherPlacesAreFilledIn() throws Exception {
        Domain domain = start("tell:{image}", "say:{mib+80},{cmdline,,},{vcpus},{{x}", "say:guest runs", "wait:60000");
        assertThat(read(domain, "runs\n")).isEqualTo("4 bytes\n96,a,,b c,1,{x}\nguest runs\n");
    }

    @Test
    void aProgramThatDiesAtOnceHasFailed() throws Exception {
        Domain domain = start("complain:no accelerator", "exit:7");
        assertThat(domain.exit())
                .isInstanceOfSatisfying(
                        Exit.HypervisorFailed.class,
                        failed -> assertThat(failed.detail()).contains("ended with status 7", "no accelerator"));
        assertThat(domain.console().read(LONG)).isEmpty();
        assertThat(domain.console().write(new byte[10], 0, 10)).isLessThanOrEqualTo(10);
    }

    @Test
    void aProgramThatIsNotThereHasFailed() throws Exception {
        machine = hypervisor(List.of("/no/such/program"), "").start();
        Domain domain = machine.createDomain(SPEC);
        assertThat(domain.exit())
                .isInstanceOfSatisfying(
                        Exit.HypervisorFailed.class,
                        failed -> assertThat(failed.detail()).contains("cannot be started", "/no/such/program"));
        assertThat(domain.console().read(LONG)).isEmpty();
    }

    @Test
    void aProgramThatNeverStartsTheGuestHasFailed() throws Exception {
        machine = hypervisor(Misbehaviour.command("cut:thinking", "wait:60000"), "started: runs\nstart-seconds: 1.5\n")
                .start();
        Domain domain = machine.createDomain(SPEC);
        assertThat(domain.exit())
                .isInstanceOfSatisfying(
                        Exit.HypervisorFailed.class,
                        failed -> assertThat(failed.detail()).contains("within 1.5 s", "thinking"));
    }

    @Test
    void deathInTheMiddleOfALineGivesWhatWasSaid() throws Exception {
        Domain domain = start("say:guest runs", "cut:half a fra", "exit:1");
        assertThat(read(domain, "fra")).endsWith("half a fra");
        assertThat(domain.console().read(LONG)).isEmpty();
        assertThat(domain.exit())
                .isInstanceOfSatisfying(
                        Exit.HypervisorFailed.class,
                        failed -> assertThat(failed.detail()).contains("status 1"));
    }

    @Test
    void whatIsSaidAfterTheEndingIsNotLost() throws Exception {
        Domain domain =
                start("say:guest runs", "say:hv: killed guest", "wait:20", "say:hv: its registers", "wait:60000");
        assertThat(read(domain, "registers\n")).contains("killed guest\nhv: its registers");
        assertThat(domain.exit()).isInstanceOf(Exit.Killed.class);
    }

    @Test
    void aKilledGuestIsNotAFailedHypervisor() throws Exception {
        Domain domain = start("say:guest runs", "say:hv: page fault|hv: killed guest|guest crashed", "wait:60000");
        assertThat(read(domain, "guest crashed\n")).contains("page fault");
        assertThat(domain.console().read(LONG)).as("nobody waits for the dead").isEmpty();
        assertThat(domain.exit())
                .isInstanceOfSatisfying(
                        Exit.Killed.class,
                        killed -> assertThat(killed.detail())
                                .contains("hv: page fault", "hv: killed guest")
                                .doesNotContain("guest runs"));
        assertThat(((CommandMachine) machine).drainTrace()).containsExactly("hv: page fault", "hv: killed guest");
        domain.close();
        assertThat(domain.exit()).isInstanceOf(Exit.Killed.class);
    }

    @Test
    void aHypervisorThatPanicsAfterKillingAGuestHasFailed() throws Exception {
        Domain domain = start("say:guest runs", "say:killed guest", "wait:1", "cut:PANIC", "wait:60000");
        read(domain, "killed guest\n");
        assertThat(domain.exit()).isInstanceOf(Exit.HypervisorFailed.class);
    }

    @Test
    void aShutDownIsToldByALineOrByTheStatus() throws Exception {
        Domain domain = start("say:guest runs", "say:guest halted", "exit:0");
        read(domain, "halted\n");
        assertThat(domain.exit()).isEqualTo(new Exit.ShutDown(Exit.Reason.POWEROFF));
        machine.close();
        domain = start("say:guest runs", "exit:3");
        read(domain, "runs\n");
        domain.console().read(LONG);
        assertThat(domain.exit()).isEqualTo(new Exit.ShutDown(Exit.Reason.REBOOT));
    }

    @Test
    void aRefusedImageIsABuildError() {
        assertThatThrownBy(() -> start("say:hv: no notes", "say:PANIC", "say:hv: no such kernel", "wait:60000"))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("refuses the image: give it notes")
                .hasMessageContaining("hv: no notes");
        machine.close();
        assertThatThrownBy(() -> start("complain:not an ELF file", "exit:4"))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("not an ELF file");
    }

    @Test
    void aGuestCannotSpeakOfARefusal() throws Exception {
        Domain domain = start("say:guest runs", "say:no such kernel", "echo");
        read(domain, "kernel\n");
        assertThat(domain.exit()).isEqualTo(new Exit.Running());
    }

    @Test
    void aFloodIsBounded() throws Exception {
        Domain domain = start("say:guest runs", "flood");
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        Thread.sleep(500);
        for (int i = 0; i < 100; i++) {
            assertThat(domain.console().read(LONG).length).isBetween(1, 1 << 20);
        }
        assertThat(domain.exit()).isEqualTo(new Exit.Running());
        long after = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(after - before).isLessThan(200L << 20);
    }

    @Test
    void aGuestThatDoesNotListenFillsUpAndDoesNotBlock() throws Exception {
        Domain domain = start("say:guest runs", "wait:60000");
        byte[] chunk = new byte[64 * 1024];
        int taken = 1;
        int total = 0;
        for (int i = 0; i < 1000 && taken > 0; i++) {
            taken = domain.console().write(chunk, 0, chunk.length);
            total += taken;
            Thread.sleep(1);
        }
        assertThat(total).isBetween(1, 1 << 20);
    }

    @Test
    void silenceLastsAsLongAsTheBudget() throws Exception {
        Domain domain = start("say:guest runs", "wait:1000", "say:late", "wait:60000");
        read(domain, "runs\n");
        long before = System.nanoTime();
        assertThat(domain.console().read(SHORT)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(190), Duration.ofMillis(900));
        assertThat(domain.exit()).isEqualTo(new Exit.Running());
        assertThat(read(domain, "late\n")).isEqualTo("late\n");
    }

    @Test
    void everyHundredthByteWrongComesThroughAsItIs() throws Exception {
        Domain domain = start("say:guest runs", "corrupt:100");
        read(domain, "runs\n");
        byte[] text = "a".repeat(250).getBytes(StandardCharsets.US_ASCII);
        domain.console().write(text, 0, text.length);
        StringBuilder back = new StringBuilder();
        while (back.length() < 250) {
            back.append(new String(domain.console().read(LONG), StandardCharsets.ISO_8859_1));
        }
        assertThat(back.chars().filter(c -> c == 'a')).hasSize(248);
    }

    @Test
    void aClosedOutputOfALivingProgramIsAFailure() throws Exception {
        Domain domain = start("say:guest runs", "close", "wait:60000");
        read(domain, "runs\n");
        assertThat(domain.console().read(LONG)).isEmpty();
        assertThat(domain.exit()).isInstanceOf(Exit.HypervisorFailed.class);
    }

    @Test
    void grandchildrenEndToo() throws Exception {
        Domain domain = start("grandchild", "say:guest runs", "wait:60000");
        String said = read(domain, "runs\n");
        long pid = Long.parseLong(said.substring("grandchild ".length(), said.indexOf('\n')));
        assertThat(ProcessHandle.of(pid)).matches(h -> h.isPresent() && h.get().isAlive());
        machine.close();
        for (int i = 0;
                i < 100
                        && ProcessHandle.of(pid).isPresent()
                        && ProcessHandle.of(pid).get().isAlive();
                i++) {
            Thread.sleep(20);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void whatTheProfileExcludesIsABuildError() {
        machine = hypervisor(Misbehaviour.command("echo"), "").start();
        assertThatThrownBy(() -> machine.createDomain(DomainSpec.of(new byte[0], 16, false)))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("initial domain only");
        assertThatThrownBy(() -> machine.createDomain(SPEC.withVcpus(2)))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("at most 1 vcpus, not 2");
        assertThatThrownBy(() -> machine.createDomain(SPEC.withRamdisk(new byte[1])))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("command-with-ramdisk");
    }

    @Test
    void oneDomainAMachine() throws Exception {
        start("say:guest runs", "echo");
        assertThatThrownBy(() -> machine.createDomain(SPEC))
                .isInstanceOf(DomainBuildException.class)
                .hasMessageContaining("one domain");
    }

    private Domain start(String... arguments) throws DomainBuildException {
        machine = hypervisor(Misbehaviour.command(arguments), READINGS).start();
        return machine.createDomain(SPEC.withCommandLine("a,b c"));
    }

    private static CommandHypervisor hypervisor(List<String> command, String readings) {
        String words = command.stream()
                .map(word -> "  - '" + word.replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        CommandHypervisor hypervisor = CommandHypervisor.parse("""
                name: misbehaving
                version: "1"
                era: "3.1"
                host: 32-bit PAE
                privilege: initial domain
                command:
                """ + words + readings, "test");
        assertThat(hypervisor.profile())
                .isEqualTo(new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, Profile.Privilege.INITIAL));
        return hypervisor;
    }

    private static String read(Domain domain, String until) {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(until) < 0) {
            byte[] bytes = domain.console().read(LONG);
            assertThat(bytes).as("after " + text).isNotEmpty();
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static Set<Path> directories() {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String ours = "ringone-" + ProcessHandle.current().pid() + "-";
            return entries.filter(p -> p.getFileName().toString().startsWith(ours))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
