package org.ringone.suite.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Host;
import org.ringone.api.Profile.Privilege;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a run leaves behind in files: the conformance statement and the JUnit XML. */
class WrittenResultsTest {

    private static final Profile PROFILE =
            new Profile(Era.XEN_3_1, Host.PAE_32, Privilege.ORDINARY, Set.of("lacks-b", "lacks-a"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("runs/h.out");
    }

    private static ScenarioResult result(String id, Verdict verdict, String message) {
        String rule = id.substring(0, id.indexOf('.'));
        return new ScenarioResult(
                id,
                "a <title>",
                List.of(rule),
                List.of("@" + rule),
                "f.feature",
                7,
                verdict,
                0,
                message,
                message.isEmpty() ? "" : "0",
                message.isEmpty() ? "" : "Then it holds",
                Duration.ofMillis(3));
    }

    private static RunResult run(Instant started, Duration elapsed, List<Problem> problems, ScenarioResult... results) {
        return new RunResult("h", "1", PROFILE, started, elapsed, "@PT", List.of(results), problems);
    }

    private JsonNode json(ScenarioResult... results) throws IOException {
        run(Instant.EPOCH, Duration.ofSeconds(1), List.of(), results).writeJson(file);
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void theStatementHasEveryCaseAndTheWholeCatalogue() throws IOException {
        JsonNode json = json(result("PT-01.a", Verdict.KNOWN_DEVIATION, "because"));
        assertThat(json.at("/format").asText()).isEqualTo("ringone-statement");
        assertThat(json.at("/schema").asInt()).isEqualTo(1);
        assertThat(json.at("/hypervisor/era").asText()).isEqualTo("3.1");
        assertThat(json.at("/hypervisor/features").toString()).isEqualTo("[\"lacks-a\",\"lacks-b\"]");
        assertThat(json.at("/selection").asText()).isEqualTo("@PT");
        assertThat(json.at("/cases/0/id").asText()).isEqualTo("PT-01.a");
        assertThat(json.at("/cases/0/verdict").asText()).isEqualTo("known-deviation");
        assertThat(json.at("/cases/0/reason").asText()).isEqualTo("because");
        assertThat(json.at("/cases/0/seen").asText()).isEqualTo("0");
        assertThat(json.at("/cases/0/step").asText()).isEqualTo("Then it holds");
        assertThat(json.at("/worst").asText()).isEqualTo("known-deviation");
        assertThat(json.at("/totals/known-deviation").asInt()).isEqualTo(1);
        assertThat(json.at("/rules")).hasSizeGreaterThanOrEqualTo(125);
        assertThat(rule(json, "PT-01").get("verdict").asText()).isEqualTo("known-deviation");
        assertThat(rule(json, "PT-01").get("cases")).isNotEmpty();
        assertThat(rule(json, "PT-02").get("verdict").asText()).isEqualTo("not-covered");
    }

    @Test
    void nothingButTheFieldStartedTellsTwoEqualRunsApart() throws IOException {
        ScenarioResult one = result("PT-01.a", Verdict.CONFORMS, "");
        run(Instant.EPOCH, Duration.ofSeconds(1), List.of(), one).writeJson(file);
        Path other = folder.resolve("other.json");
        run(Instant.EPOCH.plusSeconds(99), Duration.ofSeconds(5), List.of(), one)
                .writeJson(other);
        assertThat(Files.readString(other).replaceFirst("\"started\" : \"[^\"]*\"", ""))
                .isEqualTo(Files.readString(file).replaceFirst("\"started\" : \"[^\"]*\"", ""));
        assertThat(Files.list(file.getParent())).hasSize(1);
    }

    private static JsonNode rule(JsonNode json, String id) {
        for (JsonNode rule : json.at("/rules")) {
            if (rule.get("id").asText().equals(id)) {
                return rule;
            }
        }
        throw new AssertionError(id);
    }

    private Document xml(List<Problem> problems, ScenarioResult... results) throws Exception {
        run(Instant.EPOCH, Duration.ofSeconds(1), problems, results).writeJUnit(file);
        try (InputStream in = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    @Test
    void buildServersSeeOneSuiteARuleAndTheVerdictsApart() throws Exception {
        Document xml = xml(
                List.of(),
                result("PT-01.a", Verdict.CONFORMS, ""),
                result("PT-01.b", Verdict.VIOLATES, "expected: x\n    seen: y"),
                result("PT-01.c", Verdict.HYPERVISOR_FAILED, "died"),
                result("PT-02.a", Verdict.BLOCKED, "set-up"));
        Element first = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(first.getAttribute("name")).isEqualTo("PT-01");
        assertThat(first.getAttribute("tests")).isEqualTo("3");
        assertThat(first.getAttribute("failures")).isEqualTo("1");
        assertThat(first.getAttribute("errors")).isEqualTo("1");
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).contains("seen: y");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("PT-01.b a <title>");
        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(((Element) xml.getElementsByTagName("skipped").item(0)).getAttribute("message"))
                .isEqualTo("blocked: set-up");
    }

    @Test
    void aProblemOfTheWholeRunIsAFailureToo() throws Exception {
        Document xml =
                xml(List.of(new Problem(Problem.Kind.TOO_LITTLE, "1 of 9")), result("PT-01.a", Verdict.CONFORMS, ""));
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent()).isEqualTo("1 of 9");
    }

    @Test
    void whateverAGuestPrintedTheXmlStaysWellFormed() throws Exception {
        String junk = "seen: \u0000\u0007\u001b[31m \ufffe ]]> & < " + (char) 0xD800 + " end";
        Document xml = xml(List.of(), result("PT-01.a", Verdict.VIOLATES, junk));
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
                .contains("]]> & <")
                .contains("end")
                .doesNotContain("\u001b");
    }
}
