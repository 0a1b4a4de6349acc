package org.ringone.suite.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Host;
import org.ringone.api.Profile.Privilege;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.catalogue.CaseIndex;

class VerdictTest {

    private static final Profile PROFILE = new Profile(Era.XEN_3_1, Host.PAE_32, Privilege.ORDINARY);

    private static ScenarioResult result(String id, Verdict verdict) {
        String rule = id.substring(0, id.indexOf('.'));
        return new ScenarioResult(
                id,
                "title",
                List.of(rule),
                List.of("@" + rule),
                "f.feature",
                1,
                verdict,
                0,
                "why",
                Duration.ofMillis(3));
    }

    private static RunResult run(List<String> problems, ScenarioResult... results) {
        return new RunResult("h", "1", PROFILE, Instant.EPOCH, Duration.ofSeconds(1), Arrays.asList(results), problems);
    }

    @Test
    void theOrderIsWorstFirst() {
        assertThat(Verdict.values())
                .extracting(Verdict::label)
                .containsExactly(
                        "error",
                        "hypervisor failed",
                        "violates",
                        "unexpected pass",
                        "blocked",
                        "known deviation",
                        "no oracle",
                        "conforms by alternative",
                        "conforms",
                        "not applicable");
    }

    @Test
    void theFirstFourFailTheRun() {
        assertThat(Arrays.stream(Verdict.values()).filter(Verdict::failsTheRun))
                .containsExactly(Verdict.ERROR, Verdict.HYPERVISOR_FAILED, Verdict.VIOLATES, Verdict.UNEXPECTED_PASS);
    }

    @Test
    void aRuleIsAsBadAsTheWorstOfItsCases() {
        RunResult run = run(
                List.of(),
                result("PT-01.a", Verdict.CONFORMS),
                result("PT-01.b", Verdict.VIOLATES),
                result("PT-02.a", Verdict.NOT_APPLICABLE),
                result("PT-02.b", Verdict.CONFORMS));
        assertThat(run.rules())
                .containsExactly(
                        new RuleResult("PT-01", Verdict.VIOLATES, List.of("PT-01.a", "PT-01.b")),
                        new RuleResult("PT-02", Verdict.CONFORMS, List.of("PT-02.a", "PT-02.b")));
        assertThat(run.worst()).isEqualTo(Verdict.VIOLATES);
        assertThat(run.successful()).isFalse();
    }

    @Test
    void nothingRunIsAnErrorAndAProblemFailsTheRun() {
        assertThat(run(List.of()).worst()).isEqualTo(Verdict.ERROR);
        assertThat(run(List.of(), result("PT-01.a", Verdict.CONFORMS)).successful())
                .isTrue();
        assertThat(run(List.of("too little"), result("PT-01.a", Verdict.CONFORMS))
                        .successful())
                .isFalse();
    }

    @Test
    void theJsonHasEveryScenarioAndTheWholeCatalogue(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("runs/h.json");
        run(List.of(), result("PT-01.a", Verdict.KNOWN_DEVIATION)).writeJson(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/hypervisor/era").asText()).isEqualTo("3.1");
        assertThat(json.at("/scenarios/0/verdict").asText()).isEqualTo("known-deviation");
        assertThat(json.at("/scenarios/0/area").asText()).isEqualTo("PT");
        assertThat(json.at("/rules")).hasSize(125);
        assertThat(json.at("/worst").asText()).isEqualTo("known-deviation");
        assertThat(json.at("/totals/known-deviation").asInt()).isEqualTo(1);
        JsonNode rule = find(json.at("/rules"), "PT-01");
        assertThat(rule.get("verdict").asText()).isEqualTo("known-deviation");
        assertThat(find(json.at("/rules"), "SAFE-01").get("verdict").asText()).isEqualTo("not-covered");
    }

    private static JsonNode find(JsonNode rules, String id) {
        for (JsonNode rule : rules) {
            if (rule.get("id").asText().equals(id)) {
                return rule;
            }
        }
        throw new AssertionError(id);
    }

    private static Deviations list(String yaml) throws IOException {
        return Deviations.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "list.yaml");
    }

    @Test
    void aListOfDeviationsIsRead() throws IOException {
        Deviations deviations = list("- {case: SEG-06.a, reason: 64-bit host, seen: fffff}\n");
        assertThat(deviations.of("SEG-06.a")).hasValue(new Deviation("SEG-06.a", "64-bit host", "fffff"));
        assertThat(deviations.unknownAmong(List.of("PT-01.a"))).containsExactly("SEG-06.a");
    }

    @Test
    void aDeviationNeedsACaseAndAReason() {
        assertThatThrownBy(() -> list("- {case: SEG-06, reason: x}\n")).hasMessageContaining("'SEG-06' is no case id");
        assertThatThrownBy(() -> list("- {case: SEG-06.a}\n")).hasMessageContaining("has no reason");
        assertThatThrownBy(() -> list("- {case: SEG-06.a, reason: x, sen: y}\n"))
                .hasMessageContaining("list.yaml")
                .hasMessageContaining("sen");
    }

    @Test
    void theListsOfTheProductNameCasesThatExist() throws IOException {
        String modern = "/" + Deviations.FOLDER
                + Deviations.profileName(new Profile(Era.XEN_4_17, Host.X86_64, Privilege.INITIAL)) + ".yaml";
        Deviations deviations = Deviations.read(VerdictTest.class.getResourceAsStream(modern), modern);
        List<String> cases = CaseIndex.load().cases().stream().map(Case::id).toList();
        assertThat(deviations.of("PT-11.i")).isPresent();
        assertThat(deviations.unknownAmong(cases)).isEmpty();
    }

    @Test
    void aProfilesListHasItsName() {
        assertThat(Deviations.profileName(new Profile(Era.XEN_4_17, Host.X86_64, Privilege.INITIAL)))
                .isEqualTo("xen-4.17-64-bit-initial");
    }
}
