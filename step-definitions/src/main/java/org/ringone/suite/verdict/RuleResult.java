package org.ringone.suite.verdict;

import java.util.List;

/**
 * What was found of one rule: the worst verdict of its cases.
 *
 * @param ruleId the rule
 * @param verdict the worst verdict of the cases that were run
 * @param cases the ids of those cases, in the order of the features
 */
public record RuleResult(String ruleId, Verdict verdict, List<String> cases) {

    public RuleResult {
        cases = List.copyOf(cases);
    }
}
