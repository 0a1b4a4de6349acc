package org.ringone.suite.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Host;
import org.ringone.api.Profile.Privilege;

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
                "what",
                "Then it holds",
                Duration.ofMillis(3));
    }

    private static RunResult run(List<String> problems, ScenarioResult... results) {
        return new RunResult(
                "h",
                "1",
                PROFILE,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                "",
                Arrays.asList(results),
                problems.stream()
                        .map(text -> new Problem(Problem.Kind.TOO_LITTLE, text))
                        .toList());
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
}
