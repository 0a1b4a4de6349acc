package org.ringone.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.CaseIndex;
import org.ringone.suite.catalogue.Catalogue;
import org.ringone.suite.catalogue.Rule;
import org.ringone.suite.catalogue.Who;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/** Each fault is caught by the scenarios of the rule that it breaks, and every rule that can be broken has one. */
class FaultsAreCaughtTest {

    static List<Fault> faults() {
        return Faults.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theRulesOwnScenariosCatchIt(Fault fault) {
        RunResult result = SuiteRun.of(fault.hypervisor())
                .tags("@" + fault.rule())
                .threads(2)
                .patience(Duration.ofSeconds(30))
                .run();
        List<Verdict> verdicts =
                result.scenarios().stream().map(ScenarioResult::verdict).toList();
        assertThat(verdicts)
                .as("verdicts of the %d scenarios of %s", verdicts.size(), fault.rule())
                .containsAnyOf(Verdict.VIOLATES, Verdict.HYPERVISOR_FAILED)
                .doesNotContain(Verdict.ERROR);
    }

    @Test
    void everyRuleOfTheHypervisorThatHasScenariosHasAFault() {
        CaseIndex cases = CaseIndex.load();
        Set<String> judged = Catalogue.load().rules().stream()
                .filter(rule -> rule.who() == Who.H && !cases.of(rule).isEmpty())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
        judged.removeAll(faults().stream().map(Fault::rule).collect(Collectors.toSet()));
        assertThat(judged).as("rules without an injected fault").isEmpty();
    }
}
