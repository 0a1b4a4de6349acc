package org.ringone.suite.matrix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ringone.suite.catalogue.Proof;
import org.ringone.suite.catalogue.Who;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/**
 * What the suite made of one defect.
 *
 * @param rule the rule that it breaks
 * @param who who is wrong
 * @param wrong what it does wrong
 * @param judged how many cases were judged
 * @param blocked how many cases could not be judged because what they stand on was broken, too
 * @param errors how many cases ended in a fault of the suite itself: each is a fault of ours, whatever was caught
 * @param catching the cases that caught it, in the order of their ids, each with its verdict
 * @param rules the rules that those cases judge, each with the worst verdict
 */
public record Finding(
        String rule,
        Who who,
        String wrong,
        int judged,
        int blocked,
        int errors,
        SortedMap<String, Verdict> catching,
        SortedMap<String, Verdict> rules) {

    /**
     * What a run says of a defect.
     *
     * @param counts whether a case proves anything: one that does not conform without the defect does not
     */
    static Finding of(Defect defect, RunResult result, Predicate<String> counts) {
        SortedMap<String, Verdict> catching = new TreeMap<>(org.ringone.suite.catalogue.Case.BY_ID);
        SortedMap<String, Verdict> rules = new TreeMap<>();
        for (ScenarioResult scenario : result.scenarios()) {
            if (caught(scenario.verdict()) && counts.test(scenario.caseId())) {
                catching.put(scenario.caseId(), scenario.verdict());
                scenario.rules().forEach(rule -> rules.merge(rule, scenario.verdict(), Verdict::worse));
            }
        }
        return new Finding(
                defect.rule(),
                defect.who(),
                defect.wrong(),
                (int) result.scenarios().stream()
                        .filter(s -> s.verdict().judged() || caught(s.verdict()))
                        .count(),
                count(result, Verdict.BLOCKED),
                count(result, Verdict.ERROR),
                catching,
                rules);
    }

    private static int count(RunResult result, Verdict verdict) {
        return (int)
                result.scenarios().stream().filter(s -> s.verdict() == verdict).count();
    }

    private static boolean caught(Verdict verdict) {
        return verdict == Verdict.VIOLATES || verdict == Verdict.HYPERVISOR_FAILED;
    }

    /** Whether a case of the broken rule caught it. */
    public boolean caughtByItsOwn() {
        return rules.containsKey(rule);
    }

    /** The other rules whose cases caught it. */
    public List<String> others() {
        return rules.keySet().stream().filter(other -> !other.equals(rule)).toList();
    }

    /** What it proves of its rule. */
    public Proof proof() {
        return new Proof(rule, who, wrong, caughtByItsOwn());
    }
}
