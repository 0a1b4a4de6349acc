package org.ringone.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where two conformance statements differ: rule by rule, then case by case.
 *
 * @param left one
 * @param right the other
 * @param rules rules with different verdicts, in the order of the catalogue
 * @param cases cases with different verdicts, or that fail in different ways, in their order
 */
public record Comparison(Statement left, Statement right, List<RuleDifference> rules, List<CaseDifference> cases) {

    /** What stands for the verdict of a case that was not run. */
    public static final String NOT_RUN = "not-run";

    /** Verdicts whose reason speaks of the profile or the set-up, and not of what the hypervisor did. */
    private static final Set<String> REASON_IS_NO_FINDING = Set.of("not-applicable", "no-oracle", "conforms");

    /** A rule that fared differently. */
    public record RuleDifference(String id, String title, String left, String right) {}

    /**
     * A case that fared differently. The verdicts are the same where only what was seen differs.
     *
     * @param left the verdict on the left, or {@link #NOT_RUN}
     * @param right the verdict on the right, or {@link #NOT_RUN}
     * @param leftSeen what was seen there, or why it was not judged; may be empty
     * @param rightSeen the same
     * @param leftStep the step at which it went wrong there; empty when nothing did
     * @param rightStep the same
     */
    public record CaseDifference(
            String id,
            String title,
            String left,
            String right,
            String leftSeen,
            String rightSeen,
            String leftStep,
            String rightStep) {}

    public Comparison {
        rules = List.copyOf(rules);
        cases = List.copyOf(cases);
    }

    /** Compares two statements. What the hypervisors are called and when they were judged makes no difference. */
    public static Comparison of(Statement left, Statement right) {
        Map<String, Statement.Rule> leftRules = index(left.rules(), Statement.Rule::id);
        Map<String, Statement.Rule> rightRules = index(right.rules(), Statement.Rule::id);
        List<RuleDifference> rules = new ArrayList<>();
        for (String id : union(leftRules.keySet(), rightRules.keySet())) {
            String one = left.verdictOf(id);
            String other = right.verdictOf(id);
            if (!one.equals(other)) {
                Statement.Rule rule = leftRules.getOrDefault(id, rightRules.get(id));
                rules.add(new RuleDifference(id, rule.title(), one, other));
            }
        }
        Map<String, Statement.Case> leftCases = index(left.cases(), Statement.Case::id);
        Map<String, Statement.Case> rightCases = index(right.cases(), Statement.Case::id);
        List<CaseDifference> cases = new ArrayList<>();
        for (String id : union(leftCases.keySet(), rightCases.keySet())) {
            Statement.Case one = leftCases.get(id);
            Statement.Case other = rightCases.get(id);
            if (!same(one, other)) {
                Statement.Case there = one == null ? other : one;
                cases.add(new CaseDifference(
                        id,
                        there.title(),
                        verdict(one),
                        verdict(other),
                        finding(one),
                        finding(other),
                        step(one),
                        step(other)));
            }
        }
        return new Comparison(left, right, rules, cases);
    }

    /** Whether both found the same. */
    public boolean same() {
        return rules.isEmpty() && cases.isEmpty();
    }

    private static boolean same(Statement.Case one, Statement.Case other) {
        return one != null
                && other != null
                && verdict(one).equals(verdict(other))
                && (REASON_IS_NO_FINDING.contains(one.verdict()) || Objects.equals(finding(one), finding(other)));
    }

    private static String verdict(Statement.Case one) {
        if (one == null) {
            return NOT_RUN;
        }
        return one.alternative() > 0 ? one.verdict() + "-" + one.alternative() : one.verdict();
    }

    private static String finding(Statement.Case one) {
        if (one == null) {
            return "";
        }
        return one.seen().isEmpty() ? one.reason() : one.seen();
    }

    private static String step(Statement.Case one) {
        return one == null ? "" : one.step();
    }

    private static <T> Map<String, T> index(List<T> values, Function<T, String> id) {
        return values.stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        Set<String> union = new LinkedHashSet<>(left);
        union.addAll(right);
        return union;
    }
}
