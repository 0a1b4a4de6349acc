package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringone.api.Budget;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;

@Timeout(60)
class PluginProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Budget BUDGET = new Budget(1000, Duration.ofMillis(100));
    private static final DomainSpec SPEC = DomainSpec.of(new byte[5], 16, false);

    private final List<PluginProcess> opened = new ArrayList<>();

    @AfterEach
    void nothingIsLeftBehind() {
        opened.forEach(PluginProcess::close);
        assertThat(children()).isEmpty();
    }

    @Test
    void aPlugInIntroducesItself() {
        PluginProcess plugin = strange(PATIENCE);
        assertThat(plugin.name()).isEqualTo("strange");
        assertThat(plugin.version()).isEqualTo("0.1");
        assertThat(plugin.profile()).isEqualTo(StrangeHypervisor.PROFILE);
    }

    @Test
    void domainsSpeakAndListen() throws Exception {
        try (Machine machine = strange(PATIENCE).start()) {
            Domain first = machine.createDomain(SPEC);
            Domain second = machine.createDomain(SPEC);
            assertThat(machine.domains()).containsExactly(first, second);
            assertThat(second.id()).isEqualTo(2);
            assertThat(write(first, "one")).isEqualTo(3);
            assertThat(write(second, "x".repeat(150))).isEqualTo(150);
            assertThat(read(first)).isEqualTo("one");
            assertThat(read(second)).hasSize(150);
            assertThat(first.exit()).isEqualTo(new Exit.Running());
            write(first, "kill");
            write(second, "reboot");
            assertThat(first.exit()).isEqualTo(new Exit.Killed("page fault"));
            assertThat(second.exit()).isEqualTo(new Exit.ShutDown(Exit.Reason.REBOOT));
            first.close();
            assertThat(machine.domains()).containsExactly(second);
        }
    }

    @Test
    void inputWithoutRoomWaitsUntilTheGuestTakesIt() throws Exception {
        try (Machine machine = strange(PATIENCE).start()) {
            Domain domain = machine.createDomain(SPEC);
            assertThat(write(domain, "a".repeat(100) + "b".repeat(100) + "c".repeat(50)))
                    .isEqualTo(250);
            assertThat(read(domain)).isEqualTo("a".repeat(100));
            assertThat(read(domain)).isEqualTo("b".repeat(100));
            assertThat(read(domain)).isEqualTo("c".repeat(50));
            assertThat(read(domain)).isEmpty();
            assertThat(write(domain, "d".repeat(100_000)))
                    .as("of more than can wait")
                    .isEqualTo(1 << 16);
            assertThat(write(domain, "e")).isZero();
        }
    }

    @Test
    void aSnapshotHasWhatWasWrittenBefore() throws Exception {
        Machine machine = strange(PATIENCE).start();
        write(machine.createDomain(SPEC), "a".repeat(100) + "b".repeat(50));
        Snapshots.Snapshot snapshot =
                machine.ability(Snapshots.class).orElseThrow().snapshot();
        machine.close();
        try (Machine resumed = snapshot.resume()) {
            assertThat(read(resumed.domains().get(0))).isEqualTo("a".repeat(100) + "b".repeat(50));
        }
    }

    @Test
    void everyDomainGetsItsOwnRamdisk() throws Exception {
        try (Machine machine = strange(PATIENCE).start()) {
            for (String ramdisk : List.of("one", "one", "two", "", "two")) {
                machine.createDomain(SPEC.withRamdisk(ramdisk.getBytes(StandardCharsets.US_ASCII)));
            }
            assertThat(machine.ability(Traces.class).orElseThrow().drainTrace())
                    .filteredOn(line -> line.startsWith("and"))
                    .containsExactly("and one", "and one", "and two", "and two");
        }
    }

    @Test
    void itsAbilitiesComeThrough() throws Exception {
        try (Machine machine = strange(PATIENCE).start()) {
            Domain domain = machine.createDomain(SPEC);
            Counts counts = machine.ability(Counts.class).orElseThrow();
            assertThat(counts.instructionsRetired()).isEqualTo(1L << 40);
            assertThat(counts.hypervisorEntries()).isEqualTo(7);
            machine.ability(InjectsEvents.class).orElseThrow().raise(domain, 3, 12);
            Traces traces = machine.ability(Traces.class).orElseThrow();
            assertThat(traces.drainTrace()).containsExactly("built with 5 bytes", "port 3 of domain 1 after 12");
            assertThat(traces.drainTrace()).isEmpty();
        }
    }

    @Test
    void snapshotsResumeAsOftenAsWanted() throws Exception {
        Machine machine = strange(PATIENCE).start();
        write(machine.createDomain(SPEC), "before");
        Snapshots.Snapshot snapshot =
                machine.ability(Snapshots.class).orElseThrow().snapshot();
        assertThat(snapshot.independent()).isTrue();
        write(machine.domains().get(0), "after");
        machine.close();
        try (Machine one = snapshot.resume();
                Machine two = snapshot.resume()) {
            write(one.domains().get(0), " and one");
            assertThat(read(two.domains().get(0))).isEqualTo("before");
            assertThat(read(one.domains().get(0))).isEqualTo("before and one");
        }
    }

    @Test
    void onceClosedItStartsNothing() {
        PluginProcess plugin = strange(PATIENCE);
        plugin.close();
        assertThatThrownBy(plugin::start).isInstanceOf(PluginFailure.class).hasMessageContaining("it was closed");
        assertThat(children()).isEmpty();
    }

    @Test
    void aRefusedImageIsABuildErrorAndTheMachineGoesOn() throws Exception {
        try (Machine machine = strange(PATIENCE).start()) {
            assertThatThrownBy(() -> machine.createDomain(SPEC.withCommandLine("refuse")))
                    .isInstanceOf(DomainBuildException.class)
                    .hasMessage("no such kernel");
            assertThat(machine.createDomain(SPEC).exit()).isEqualTo(new Exit.Running());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throw, IllegalStateException: out of tape",
        "overflow, StackOverflowError",
        "memory, OutOfMemoryError",
        "exit, it ended with status 9",
        "hang, hangs: no answer to 'create' within 1500 ms",
        "junk, it sent nonsense"
    })
    void aPlugInThatFailsWhileBuildingHasFailed(String how, String message) {
        PluginProcess plugin = strange(how.equals("hang") ? SHORT : PATIENCE);
        try (Machine machine = plugin.start()) {
            assertThatThrownBy(() -> machine.createDomain(SPEC.withCommandLine(how)))
                    .isInstanceOf(PluginFailure.class)
                    .hasMessageStartingWith("the plug-in 'strange'")
                    .hasMessageContaining(message);
            assertThatThrownBy(() -> machine.createDomain(SPEC)).isInstanceOf(PluginFailure.class);
        }
        assertThat(plugin.start().domains()).as("the next machine").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "throw, out of tape",
        "exit, status 9",
        "hang, hangs",
        "junk, nonsense",
        "null, NullPointerException",
        "vanish, Domain.exit gave null"
    })
    void aPlugInThatFailsWhileRunningHasFailed(String how, String message) throws Exception {
        try (Machine machine = strange(how.equals("hang") ? SHORT : PATIENCE).start()) {
            Domain domain = machine.createDomain(SPEC);
            write(domain, how);
            assertThat(domain.console().read(BUDGET)).isEmpty();
            assertThat(domain.exit())
                    .isInstanceOfSatisfying(
                            Exit.HypervisorFailed.class,
                            failed -> assertThat(failed.detail()).contains(message));
            assertThat(domain.console().read(BUDGET)).isEmpty();
            assertThat(write(domain, "more")).isZero();
        }
    }

    @Test
    void aChildInWhichNothingWentWrongServesTheNextMachine() {
        PluginProcess plugin = strange(PATIENCE);
        plugin.start().close();
        List<Long> first = children();
        Machine one = plugin.start();
        assertThat(children()).isEqualTo(first);
        Machine other = plugin.start();
        assertThat(children()).as("two at a time").hasSize(2);
        one.close();
        other.close();
        Machine broken = plugin.start();
        assertThatThrownBy(() -> broken.createDomain(SPEC.withCommandLine("throw")))
                .isInstanceOf(PluginFailure.class);
        broken.close();
        assertThat(children()).as("one that threw is not used again").hasSize(1);
    }

    private static List<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList();
    }

    @Test
    void whatAPlugInPrintsDoesNotDisturb() throws Exception {
        try (Machine machine = strange(PATIENCE).start()) {
            Domain domain = machine.createDomain(SPEC.withCommandLine("print"));
            write(domain, "fine");
            assertThat(read(domain)).isEqualTo("fine");
        }
    }

    @Test
    void aMachineThatHangsLeavesItsSiblingsAlone() throws Exception {
        Machine machine = strange(SHORT).start();
        machine.createDomain(SPEC);
        Snapshots.Snapshot snapshot =
                machine.ability(Snapshots.class).orElseThrow().snapshot();
        try (Machine hanging = snapshot.resume();
                Machine sane = snapshot.resume()) {
            write(hanging.domains().get(0), "hang");
            assertThat(hanging.domains().get(0).console().read(BUDGET)).isEmpty();
            assertThat(hanging.domains().get(0).exit()).isInstanceOf(Exit.HypervisorFailed.class);
            write(sane.domains().get(0), "fine");
            assertThat(read(sane.domains().get(0))).isEqualTo("fine");
        }
    }

    @Test
    void aChildFullOfHungMachinesIsEnded() throws Exception {
        Machine machine = strange(Duration.ofMillis(700)).start();
        machine.createDomain(SPEC);
        Snapshots.Snapshot snapshot =
                machine.ability(Snapshots.class).orElseThrow().snapshot();
        for (int i = 0; i < 4; i++) {
            Machine hanging = snapshot.resume();
            write(hanging.domains().get(0), "hang");
            assertThat(hanging.domains().get(0).console().read(BUDGET)).isEmpty();
        }
        assertThatThrownBy(snapshot::resume).isInstanceOf(PluginFailure.class).hasMessageContaining("hangs");
        assertThat(children()).isEmpty();
    }

    @Test
    void thePlugInIsChosenByName() {
        assertThatThrownBy(() -> open("weird", PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'weird' is wanted")
                .hasMessageContaining("strange");
        assertThatThrownBy(() -> PluginProcess.open(List.of(), "", PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class path has none");
    }

    @ParameterizedTest
    @CsvSource({
        "exit:3, it ended with status 3",
        "cut:R1HV, it ended in the middle of a message",
        "wait:60000, no answer to 'saying hello' within 1500 ms",
        "flood, it sent nonsense",
        "say:Hello!, it sent nonsense",
        "echo, hangs"
    })
    void aChildThatIsNoServerHasFailed(String how, String message) {
        assertThatThrownBy(() -> PluginProcess.open(Misbehaviour.command("complain:oh dear", how), SHORT, SHORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("oh dear");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 100})
    void aLineThatDamagesBytesIsNoticed(int everyNth) {
        assertThatThrownBy(() -> {
                    PluginProcess plugin =
                            PluginProcess.open(Misbehaviour.command("proxy:" + everyNth), PATIENCE, PATIENCE);
                    opened.add(plugin);
                    Machine machine = plugin.start();
                    Domain domain = machine.createDomain(SPEC);
                    for (int i = 0; i < 10; i++) {
                        write(domain, "x");
                        if (domain.exit() instanceof Exit.HypervisorFailed failed) {
                            throw new PluginFailure(failed.detail());
                        }
                    }
                })
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void aLateServerIsWaitedFor() throws Exception {
        PluginProcess plugin =
                PluginProcess.open(Misbehaviour.command("wait:700", "proxy:1000000000"), PATIENCE, PATIENCE);
        opened.add(plugin);
        assertThat(plugin.name()).isEqualTo("strange");
    }

    private PluginProcess strange(Duration patience) {
        return open("strange", patience);
    }

    private PluginProcess open(String name, Duration patience) {
        List<Path> classPath = java.util.Arrays.stream(
                        System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .toList();
        PluginProcess plugin = PluginProcess.open(classPath, name, patience);
        opened.add(plugin);
        return plugin;
    }

    private static int write(Domain domain, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return domain.console().write(bytes, 0, bytes.length);
    }

    private static String read(Domain domain) {
        return new String(domain.console().read(BUDGET), StandardCharsets.US_ASCII);
    }
}
