package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two hypervisors in lockstep, as somebody at a terminal has them. */
class LockstepCommandTest {

    private static final String OPERATIONS = "600";

    @TempDir
    private Path folder;

    private record Said(int code, String out, String err) {}

    private static Said lockstep(String... more) {
        List<String> arguments = new ArrayList<>(List.of("lockstep"));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ringone.execute(
                new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(new String[0]));
        return new Said(code, out.toString(), err.toString());
    }

    private static String serve() {
        return "server:'" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -Xss2m -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path") + "' "
                + Ringone.class.getName() + " serve";
    }

    @ParameterizedTest
    @CsvSource({
        "page-tables, PT-02, 4",
        "page-tables, PT-07, 6",
        "descriptors, SEG-02, 6",
        "descriptors, SEG-05, 6",
        "events, EVT-04, 6",
        "events, EVT-08, 8",
        "multicalls, MC-01, 2",
        "multicalls, PT-08, 2"
    })
    void aBrokenRuleIsFoundAndShownInFewOperations(String area, String rule, int most) throws Exception {
        Path file = folder.resolve("findings.json");
        Said said = lockstep(
                "reference", "faulty:" + rule, "--area", area, "--operations", "5000", "--json", file.toString());
        assertThat(said.code()).as(said.out()).isEqualTo(ExitCode.DIFFERS);
        JsonNode found = new ObjectMapper().readTree(file.toFile()).get("areas").get(0);
        assertThat(found.get("area").asText()).isEqualTo(area);
        JsonNode divergence = found.get("divergence");
        assertThat(divergence.get("operations")).hasSizeBetween(1, most);
        assertThat(divergence.get("again").asBoolean()).isTrue();
        JsonNode first = divergence.get("answers").get(divergence.get("at").asInt() - 1);
        assertThat(first.get("a").asText())
                .isNotEqualTo(first.get("b").asText())
                .isEqualTo(first.get("rules").asText());
        assertThat(divergence.get("scenario").asText()).contains("Scenario: ");
        assertThat(said.out()).contains("* ", "  A  ", "  B  ", "rules  ");
    }

    @Test
    void whatIsShownComesAgainFromItsSeed() {
        Said said = lockstep("reference", "faulty:EVT-04", "--area", "events");
        String again = said.out()
                .lines()
                .filter(line -> line.startsWith("  Again: ringone lockstep "))
                .findFirst()
                .orElseThrow()
                .replace("  Again: ringone lockstep ", "");
        Said replayed = lockstep(again.split(" "));
        assertThat(replayed.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(shown(replayed)).isEqualTo(shown(said)).isNotEmpty();
    }

    /** What is shown of the operations. */
    private static List<String> shown(Said said) {
        return said.out().lines().filter(line -> line.startsWith("   ")).toList();
    }

    @Test
    void theReferenceDoesAsItself() {
        Said said = lockstep("reference", "reference", "--operations", OPERATIONS);
        assertThat(said.code()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out())
                .contains("page-tables: both did the same")
                .contains("descriptors: both did the same")
                .contains("events: both did the same")
                .contains("multicalls: both did the same");
    }

    /** Also of what the rules leave open: a process in between changes nothing at all. */
    @Test
    void theReferenceDoesAsItselfThroughAProcess() {
        Said said = lockstep("reference", serve(), "--operations", OPERATIONS, "--open");
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("A  reference 0", "B  reference 0").doesNotContain("they part");
    }

    /** The rules say otherwise of an initial domain, and that is not asked. */
    @Test
    void whatIsDocumentedToDifferIsNoDivergence() {
        Said said = lockstep("reference", "reference-initial", "--operations", OPERATIONS);
        assertThat(said.code()).as(said.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aHypervisorThatDiesIsSaidToHaveFailed() {
        Said said = lockstep("reference", "command:sh -c 'exit 3' {image}", "--area", "events");
        assertThat(said.code()).isEqualTo(ExitCode.HYPERVISOR_FAILED);
        assertThat(said.err()).contains("a hypervisor failed").contains("status 3");
    }

    @Test
    void whatCannotBeTriedIsRefused() {
        assertThat(lockstep("reference", "nobody")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("nobody").contains("reference-initial");
        });
        assertThat(lockstep("reference", "faulty:PT-02.99").err()).contains("of PT-02 there are");
        assertThat(lockstep("reference", "reference", "--area", "pages")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains("no area 'pages'").contains("page-tables, descriptors, events, multicalls");
        });
        assertThat(lockstep("reference", "reference", "--operations", "0").err())
                .contains("at least 1");
        assertThat(lockstep("reference", "server:").code()).isEqualTo(ExitCode.USAGE);
        assertThat(lockstep("reference", "plug-in:").code()).isEqualTo(ExitCode.USAGE);
        assertThat(lockstep("reference").code()).isEqualTo(ExitCode.USAGE);
        assertThat(lockstep(
                        "reference",
                        "reference",
                        "--json",
                        folder.resolve("none/x.json").toString(),
                        "--operations",
                        "1"))
                .satisfies(said -> {
                    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
                    assertThat(said.err()).contains("there is no such file or folder");
                });
    }
}
