package org.ringone.suite.verdict;

import java.time.Duration;
import java.util.List;

/**
 * What was found of one case.
 *
 * @param caseId the case's stable id, for example {@code PT-02.c}
 * @param title the scenario's name without the id
 * @param rules the rules that it judges
 * @param tags all tags of the scenario
 * @param uri the feature file
 * @param line the line of the scenario or of the example row
 * @param verdict the verdict
 * @param alternative which documented alternative holds, counted from 1; 0 when the rule has none
 * @param message what was expected, what was seen, why that usually happens and what to look at; empty when it conforms
 * @param seen what was seen instead, without what was expected and why; empty when nothing went wrong
 * @param step the step at which it went wrong; empty when nothing did
 * @param elapsed real time from the first step to the last
 */
public record ScenarioResult(
        String caseId,
        String title,
        List<String> rules,
        List<String> tags,
        String uri,
        int line,
        Verdict verdict,
        int alternative,
        String message,
        String seen,
        String step,
        Duration elapsed) {

    public ScenarioResult {
        rules = List.copyOf(rules);
        tags = List.copyOf(tags);
    }

    /** The verdict in words, with the number of the alternative where there is one. */
    public String verdictInWords() {
        return verdict == Verdict.CONFORMS_BY_ALTERNATIVE ? verdict.label() + " " + alternative : verdict.label();
    }
}
