package org.ringone.suite.catalogue;

import java.util.ArrayList;
import java.util.List;

/** The check that catalogue and features fit together: every rule is judged or says why not, and no scenario judges air. */
public final class Traceability {

    private Traceability() {}

    /** What does not fit, one complaint each; empty when all does. */
    public static List<String> problems(Catalogue catalogue, CaseIndex index) {
        List<String> problems = new ArrayList<>();
        for (Rule rule : catalogue.rules()) {
            boolean judged = !index.of(rule).isEmpty();
            boolean excused = rule.reasonForNoScenario().isPresent();
            if (!judged && !excused) {
                problems.add(rule.id() + " has no scenario: write one tagged @" + rule.id()
                        + ", or say in the catalogue under 'uncovered' why there is none");
            }
            if (judged && excused) {
                problems.add(rule.id() + " has scenarios, so its 'uncovered' in the catalogue is out of date: "
                        + rule.reasonForNoScenario().orElseThrow());
            }
        }
        for (Case c : index.cases()) {
            for (String id : c.rules()) {
                if (catalogue.rule(id).isEmpty()) {
                    problems.add(c.uri() + ":" + c.line() + ": " + c.id() + " names the rule " + id
                            + ", which is not in the catalogue");
                }
            }
        }
        return problems;
    }
}
