package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;

@Timeout(60)
class SavedMachineTest {

    private static final Budget LONG = new Budget(1, Duration.ofSeconds(20));
    private static final DomainSpec SPEC = DomainSpec.of(new byte[4], 16, true);

    @Test
    void aSavedMachineStartsAgainAsItWas() throws Exception {
        try (Machine machine =
                start("snapshots: qmp\n", "qmp:{directory}/qmp", "saved", "say:guest runs", "wait:60000")) {
            Domain domain = machine.createDomain(SPEC);
            assertThat(text(domain)).isEqualTo("guest runs\n");
            Snapshots.Snapshot saved =
                    machine.ability(Snapshots.class).orElseThrow().snapshot();
            assertThat(saved.independent()).isTrue();
            assertThat(domain.exit()).isEqualTo(new Exit.Running());
            try (Machine one = saved.resume();
                    Machine two = saved.resume()) {
                assertThat(text(one.domains().get(0))).isEqualTo("as it was\n");
                assertThat(text(two.domains().get(0))).isEqualTo("as it was\n");
                assertThat(one.domains().get(0).exit()).isEqualTo(new Exit.Running());
                one.domains().get(0).console().write(new byte[] {'x'}, 0, 1);
                assertThat(text(one.domains().get(0))).isEqualTo("x");
            }
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void withoutAControlLineNothingIsSavedAndWhoResumesIsToldSo() throws Exception {
        try (Machine machine = start("snapshots: qmp\n", "say:guest runs", "wait:60000")) {
            machine.createDomain(SPEC);
            Snapshots snapshots = machine.ability(Snapshots.class).orElseThrow();
            Snapshots.Snapshot none = snapshots.snapshot();
            assertThatThrownBy(none::resume)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no control line");
        }
    }

    @Test
    void aStateThatDoesNotStartIsTriedOnce(@TempDir Path folder) throws Exception {
        Path tries = folder.resolve("tries");
        try (Machine machine =
                start("snapshots: qmp\n", "unsaved:" + tries, "qmp:{directory}/qmp", "say:guest runs", "wait:60000")) {
            machine.createDomain(SPEC);
            Snapshots.Snapshot saved =
                    machine.ability(Snapshots.class).orElseThrow().snapshot();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(saved::resume)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("saving does not start from a saved state");
            }
        }
        assertThat(tries).hasContent("tried\n");
    }

    @Test
    void onlyWhoSaysSoCanBeSaved() {
        try (Machine machine = start("", "say:guest runs")) {
            assertThat(machine.ability(Snapshots.class)).isEmpty();
        }
    }

    private static Machine start(String more, String... arguments) {
        String words = Stream.concat(Misbehaviour.command().stream(), Stream.of(arguments))
                .map(word -> "  - '" + word.replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        return CommandHypervisor.parse("""
                        name: saving
                        version: "1"
                        era: "3.1"
                        host: 32-bit PAE
                        privilege: initial domain
                        started: guest runs
                        start-seconds: 5
                        command:
                        """ + words + more, "test").start();
    }

    private static String text(Domain domain) {
        return new String(domain.console().read(LONG), StandardCharsets.US_ASCII);
    }
}
