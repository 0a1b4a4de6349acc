package org.ringone.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Machine;

@Timeout(60)
class SerialLineTest {

    private static final Budget LONG = new Budget(1, Duration.ofSeconds(20));
    private static final DomainSpec SPEC = DomainSpec.of(new byte[4], 16, true);

    @Test
    void aConsoleAtAPortIsReadAndWritten() throws Exception {
        try (Machine machine = start("serial:{port}", "exit:0")) {
            Domain domain = machine.createDomain(SPEC);
            assertThat(text(domain)).isEqualTo("guest runs\n");
            domain.console().write("hello".getBytes(StandardCharsets.US_ASCII), 0, 5);
            StringBuilder back = new StringBuilder();
            while (back.length() < 5) {
                back.append(text(domain));
            }
            assertThat(back).hasToString("hello");
            domain.console().write(new byte[] {'q'}, 0, 1);
            assertThat(text(domain)).isEqualTo("guest off\n");
            assertThat(text(domain)).isEmpty();
            assertThat(domain.exit()).isEqualTo(new Exit.ShutDown(Exit.Reason.POWEROFF));
        }
    }

    @Test
    void aCommandThatEndsWithoutConnectingHasFailed() throws Exception {
        try (Machine machine = start("say:no such option: {port}", "exit:3")) {
            Domain domain = machine.createDomain(SPEC);
            assertThat(text(domain)).isEmpty();
            assertThat(domain.exit())
                    .isInstanceOfSatisfying(
                            Exit.HypervisorFailed.class,
                            failed -> assertThat(failed.detail())
                                    .contains("ended with status 3")
                                    .contains("no such option: "));
        }
    }

    private static Machine start(String... arguments) {
        String words = Stream.concat(Misbehaviour.command().stream(), Stream.of(arguments))
                .map(word -> "  - '" + word.replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        return CommandHypervisor.parse("""
                        name: serial
                        version: "1"
                        era: "3.1"
                        host: 32-bit PAE
                        privilege: initial domain
                        started: guest runs
                        start-seconds: 20
                        statuses: {0: poweroff}
                        command:
                        """ + words, "test").start();
    }

    private static String text(Domain domain) {
        return new String(domain.console().read(LONG), StandardCharsets.US_ASCII);
    }
}
