package org.ringone.suite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Case;
import org.ringone.suite.verdict.Deviation;
import org.ringone.suite.verdict.Deviations;
import org.ringone.suite.verdict.NotJudged;
import org.ringone.suite.verdict.Verdict;
import org.ringone.suite.verdict.Violation;

class ScenarioRunTest {

    private static final Case CASE =
            new Case("PT-02.a", "a table", List.of("PT-02"), List.of("@PT-02"), "f.feature", 3);

    private static Deviation listed(String about, String seen) {
        return new Deviation(about, seen, "64-bit host", LocalDate.of(2026, 11, 1), LocalDate.of(2027, 11, 1));
    }

    private static ScenarioRun run(Deviation... listed) {
        SuiteRun run = SuiteRun.of(new BrokenHypervisor(() -> null)).deviations(Deviations.of(List.of(listed)));
        return new ScenarioRun(new Session(run), CASE);
    }

    private static void throwing(ScenarioRun run, Throwable thrown) {
        run.guarded(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        });
    }

    @Test
    void whatDoesNotHoldIsAViolation() {
        ScenarioRun run = run();
        run.stepStarts(Phase.JUDGING, "Then it is refused");
        assertThatThrownBy(() -> throwing(run, Violation.of("EINVAL", "0")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("violates: PT-02.a: expected: EINVAL");
        assertThat(run.result().verdict()).isEqualTo(Verdict.VIOLATES);
        assertThat(run.result().step()).isEqualTo("Then it is refused");
    }

    @Test
    void whatDoesNotHoldInTheSetUpBlocks() {
        ScenarioRun run = run();
        run.stepStarts(Phase.SETUP, "Given a page in use as an L1 table");
        assertThatThrownBy(() -> throwing(run, Violation.of("accepted", "EINVAL")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("a page in use as an L1 table");
        assertThat(run.result().verdict()).isEqualTo(Verdict.BLOCKED);
    }

    @Test
    void aHypervisorThatFailsInTheSetUpHasFailed() {
        ScenarioRun run = run();
        assertThatThrownBy(() -> throwing(run, new HypervisorFailure("died"))).isInstanceOf(RuntimeException.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.HYPERVISOR_FAILED);
    }

    @Test
    void anythingElseIsTheSuitesOwnFault() {
        ScenarioRun run = run();
        run.stepStarts(Phase.JUDGING, "Then");
        assertThatThrownBy(() -> throwing(run, new NullPointerException("x"))).isInstanceOf(RuntimeException.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(run.result().message()).contains("the suite's own fault");
    }

    @Test
    void whatIsListedAndFailsAsListedIsAKnownDeviation() {
        ScenarioRun run = run(listed("PT-02.a", "0"));
        run.stepStarts(Phase.JUDGING, "Then");
        assertThatThrownBy(() -> throwing(run, Violation.of("EINVAL", "0"))).isInstanceOf(TestAbortedException.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.KNOWN_DEVIATION);
        assertThat(run.result().message()).contains("64-bit host");
    }

    @Test
    void aRulesEntryExplainsItsCases() {
        ScenarioRun run = run(listed("PT-02", "0"));
        run.stepStarts(Phase.JUDGING, "Then");
        assertThatThrownBy(() -> throwing(run, Violation.of("EINVAL", "0"))).isInstanceOf(TestAbortedException.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.KNOWN_DEVIATION);
    }

    /** The expected value and the advice are the suite's own words: they prove nothing about what was seen. */
    @Test
    void whatIsListedIsComparedWithWhatWasSeenAndNotWithTheRestOfTheMessage() {
        ScenarioRun run = run(listed("PT-02.a", "EINVAL"));
        run.stepStarts(Phase.JUDGING, "Then");
        assertThatThrownBy(() -> throwing(run, Violation.of("EINVAL", "0").because("EINVAL", "EINVAL")))
                .isInstanceOf(AssertionError.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.VIOLATES);
        assertThat(run.result().seen()).isEqualTo("0");
    }

    @Test
    void whatIsListedAndFailsOtherwiseIsAViolation() {
        ScenarioRun run = run(listed("PT-02.a", "1"));
        run.stepStarts(Phase.JUDGING, "Then");
        assertThatThrownBy(() -> throwing(run, Violation.of("EINVAL", "0"))).isInstanceOf(AssertionError.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.VIOLATES);
    }

    @Test
    void whatIsListedAndConformsIsAnUnexpectedPass() {
        ScenarioRun run = run(listed("PT-02.a", "0"));
        assertThatThrownBy(run::passed).isInstanceOf(AssertionError.class).hasMessageContaining("take it off the list");
        assertThat(run.result().verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
    }

    @Test
    void whatConformsConforms() {
        ScenarioRun run = run();
        run.passed();
        assertThat(run.result().step()).isEmpty();
        assertThat(run.result().verdict()).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void anAlternativeIsTold() {
        ScenarioRun run = run();
        run.conformsByAlternative(2);
        run.passed();
        assertThat(run.result().verdictInWords()).isEqualTo("conforms by alternative 2");
    }

    @Test
    void whatCannotBeJudgedHereFailsNothing() {
        ScenarioRun run = run();
        assertThatThrownBy(() -> throwing(run, new NotJudged(Verdict.NO_ORACLE, "no limits")))
                .isInstanceOf(TestAbortedException.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.NO_ORACLE);
    }

    @Test
    void theFirstVerdictStays() {
        ScenarioRun run = run();
        run.stepStarts(Phase.JUDGING, "Then");
        assertThatThrownBy(() -> throwing(run, Violation.of("a", "b"))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> throwing(run, new HypervisorFailure("close"))).isInstanceOf(RuntimeException.class);
        assertThat(run.result().verdict()).isEqualTo(Verdict.VIOLATES);
    }
}
