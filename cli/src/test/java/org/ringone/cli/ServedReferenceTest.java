package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringone.api.Hypervisor;
import org.ringone.external.PluginProcess;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.run.Hypervisors;
import org.ringone.suite.verdict.ScenarioResult;

/** The reference in a process of its own: the process in between changes no verdict of the whole suite. */
class ServedReferenceTest {

    /** For a scenario: two JVMs that warm up, and whatever else the machine does meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static String serve(String more) {
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -Xss2m -XX:+UseSerialGC -cp '"
                + System.getProperty("java.class.path") + "' " + Ringone.class.getName() + " serve" + more;
    }

    /** What was found of each case, in words. */
    private static Map<String, String> findings(Hypervisor hypervisor) {
        Map<String, String> findings = new TreeMap<>();
        for (ScenarioResult result :
                SuiteRun.of(hypervisor).threads(2).patience(PATIENCE).run().scenarios()) {
            findings.put(result.caseId(), result.verdictInWords() + " " + result.seen());
        }
        return findings;
    }

    @Test
    void theWholeSuiteFindsTheSameThroughAProcess() {
        Map<String, String> inProcess = findings(Hypervisors.named("reference"));
        assertThat(inProcess).hasSizeGreaterThan(3500);
        try (PluginProcess served = PluginProcess.served(serve(""))) {
            assertThat(served.name()).isEqualTo("reference");
            Map<String, String> otherwise = new TreeMap<>(findings(served));
            assertThat(otherwise).hasSameSizeAs(inProcess);
            otherwise.entrySet().removeIf(entry -> entry.getValue().equals(inProcess.get(entry.getKey())));
            assertThat(otherwise).isEmpty();
        }
    }

    @Test
    void aServerThatHasNoSuchHypervisorFails() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ringone.class.getName(),
                        "serve",
                        "--hypervisor",
                        "nobody")
                .start();
        server.getOutputStream().close();
        assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                .contains("no hypervisor is called 'nobody'");
        assertThat(server.waitFor()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aServerThatHasNoSuchHypervisorSaysSo() {
        assertThatThrownBy(() -> PluginProcess.served(serve(" --hypervisor nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no hypervisor is called 'nobody'")
                .hasMessageNotContaining("\tat ")
                .hasMessageNotContaining("  at ");
    }
}
