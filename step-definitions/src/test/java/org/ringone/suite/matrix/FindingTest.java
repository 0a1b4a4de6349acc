package org.ringone.suite.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Proof;
import org.ringone.suite.catalogue.Who;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

class FindingTest {

    private static final Profile PROFILE =
            new Profile(Profile.Era.XEN_3_1, Profile.Host.PAE_32, Profile.Privilege.ORDINARY);

    private record Dead() implements Hypervisor {
        @Override
        public String name() {
            return "dead";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Profile profile() {
            return PROFILE;
        }

        @Override
        public Machine start() {
            throw new IllegalStateException("no power");
        }
    }

    private static final Defect DEFECT = new Defect("PT-02", Who.H, "errs", SuiteRun.of(new Dead()));

    private static ScenarioResult result(String id, Verdict verdict, String... rules) {
        return new ScenarioResult(
                id, "t", List.of(rules), List.of(), "f", 1, verdict, 0, "why", "what", "Then", Duration.ofMillis(3));
    }

    private static Finding finding(ScenarioResult... results) {
        return Finding.of(
                DEFECT,
                new RunResult("h", "1", PROFILE, Instant.EPOCH, Duration.ofSeconds(1), "", List.of(results), List.of()),
                id -> !id.equals("PT-02.x"));
    }

    @Test
    void aViolationAndAFailureCatchAndNothingElseDoes() {
        Finding finding = finding(
                result("PT-02.a", Verdict.CONFORMS, "PT-02"),
                result("PT-02.aa", Verdict.VIOLATES, "PT-02", "PT-08"),
                result("PT-02.b", Verdict.VIOLATES, "PT-02"),
                result("PT-03.a", Verdict.HYPERVISOR_FAILED, "PT-03", "PT-08"),
                result("PT-04.a", Verdict.BLOCKED, "PT-04"),
                result("PT-05.a", Verdict.ERROR, "PT-05"),
                result("PT-06.a", Verdict.NO_ORACLE, "PT-06"));
        assertThat(finding.caughtByItsOwn()).isTrue();
        assertThat(finding.catching().keySet()).containsExactly("PT-02.b", "PT-02.aa", "PT-03.a");
        assertThat(finding.rules())
                .isEqualTo(Map.of(
                        "PT-02",
                        Verdict.VIOLATES,
                        "PT-03",
                        Verdict.HYPERVISOR_FAILED,
                        "PT-08",
                        Verdict.HYPERVISOR_FAILED));
        assertThat(finding.others()).containsExactly("PT-03", "PT-08");
        assertThat(finding.judged()).isEqualTo(4);
        assertThat(finding.blocked()).isEqualTo(1);
        assertThat(finding.errors()).isEqualTo(1);
        assertThat(finding.proof()).isEqualTo(new Proof("PT-02", Who.H, "errs", true));
    }

    @Test
    void whatDoesNotConformWithoutTheDefectProvesNothing() {
        Finding finding = finding(result("PT-02.x", Verdict.VIOLATES, "PT-02"));
        assertThat(finding.caughtByItsOwn()).isFalse();
        assertThat(finding.proof().caught()).isFalse();
    }

    @Test
    void onlyOthersCatchingIsNotItsOwn() {
        Finding finding = finding(result("PT-03.a", Verdict.VIOLATES, "PT-03"));
        assertThat(finding.caughtByItsOwn()).isFalse();
        assertThat(finding.others()).containsExactly("PT-03");
    }

    @Test
    void theFileHasEveryFinding(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("below/matrix.json");
        new Matrix("0.1", "@PT", List.of(finding(result("PT-02.b", Verdict.VIOLATES, "PT-02"))), List.of("PT-09.a"))
                .writeJson(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/format").asText()).isEqualTo("ringone-matrix");
        assertThat(json.at("/schema").asInt()).isEqualTo(1);
        assertThat(json.at("/selection").asText()).isEqualTo("@PT");
        assertThat(json.at("/excluded/0").asText()).isEqualTo("PT-09.a");
        assertThat(json.at("/defects/0/rule").asText()).isEqualTo("PT-02");
        assertThat(json.at("/defects/0/who").asText()).isEqualTo("H");
        assertThat(json.at("/defects/0/rules/PT-02").asText()).isEqualTo("violates");
        assertThat(json.at("/defects/0/catching/PT-02.b").asText()).isEqualTo("violates");
    }

    /** Cases that prove nothing are found by the run without a defect: on a dead hypervisor all of them. */
    @Test
    void casesThatFailWithoutADefectAreExcluded() {
        Matrix matrix = Matrix.of(SuiteRun.of(new Dead()).tags("@BOOT-06").run(), List.of(DEFECT), 2, f -> {});
        assertThat(matrix.excluded())
                .isNotEmpty()
                .allSatisfy(id -> assertThat(id).startsWith("BOOT-06."));
        assertThat(matrix.findings().get(0).catching()).isEmpty();
        assertThat(Matrix.ofOwnRules(List.of(DEFECT), 1, f -> {})
                        .findings()
                        .get(0)
                        .caughtByItsOwn())
                .isTrue();
    }
}
