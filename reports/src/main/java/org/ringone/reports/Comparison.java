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
 * Where two conformance statements differ: rule by rule, then case by case. Only cases that both were asked are compared: that
 * one has a profile, a processor or a selection for which a case is not asked is no difference.
 *
 * @param left one
 * @param right the other
 * @param asked how many cases both were asked
 * @param rules rules with cases that differ, in the order of the catalogue
 * @param rulesAlike how many rules have cases that both were asked, none of which differs
 * @param rulesNotAsked how many rules have no case that both were asked
 * @param cases cases with different verdicts, or that fail in different ways, in their order
 * @param notAsked cases that one of the two was asked and the other was not, in their order
 */
public record Comparison(
        Statement left,
        Statement right,
        int asked,
        List<RuleDifference> rules,
        int rulesAlike,
        int rulesNotAsked,
        List<CaseDifference> cases,
        List<NotAsked> notAsked) {

    /** What stands for the verdict of a case that was not run. */
    public static final String NOT_RUN = "not-run";

    /** Verdicts of cases that were not asked. */
    private static final Set<String> NO_ANSWER = Set.of("not-applicable", "no-oracle");

    /**
     * A rule that fared differently.
     *
     * @param left the worst verdict on the left of the cases that both were asked
     * @param right the same on the right
     * @param differing how many of those cases differ
     * @param asked how many there are
     */
    public record RuleDifference(String id, String title, String left, String right, int differing, int asked) {}

    /**
     * A case that fared differently. The verdicts are the same where only what was seen differs.
     *
     * @param rules the rules that it judges, its own first
     * @param left the verdict on the left
     * @param right the verdict on the right
     * @param leftSeen what was seen there, or why it was not judged; may be empty
     * @param rightSeen the same
     * @param leftStep the step at which it went wrong there; empty when nothing did
     * @param rightStep the same
     */
    public record CaseDifference(
            String id,
            String title,
            List<String> rules,
            String left,
            String right,
            String leftSeen,
            String rightSeen,
            String leftStep,
            String rightStep) {

        public CaseDifference {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A case that only one of the two was asked.
     *
     * @param left the verdict on the left, or {@link #NOT_RUN}
     * @param right the verdict on the right, or {@link #NOT_RUN}
     * @param why the reason of the one that was not asked; empty when it was not run
     */
    public record NotAsked(String id, String left, String right, String why) {}

    public Comparison {
        rules = List.copyOf(rules);
        cases = List.copyOf(cases);
        notAsked = List.copyOf(notAsked);
    }

    /** Compares two statements. What the hypervisors are called and when they were judged makes no difference. */
    public static Comparison of(Statement left, Statement right) {
        Map<String, Statement.Case> leftCases = index(left.cases(), Statement.Case::id);
        Map<String, Statement.Case> rightCases = index(right.cases(), Statement.Case::id);
        List<CaseDifference> cases = new ArrayList<>();
        List<NotAsked> notAsked = new ArrayList<>();
        Map<String, Shared> shared = new LinkedHashMap<>();
        int asked = 0;
        for (String id : union(leftCases.keySet(), rightCases.keySet())) {
            Statement.Case one = leftCases.get(id);
            Statement.Case other = rightCases.get(id);
            if (asked(one) && asked(other)) {
                boolean differs = !same(one, other);
                if (differs) {
                    cases.add(difference(one, other));
                }
                one.rules()
                        .forEach(rule ->
                                shared.computeIfAbsent(rule, r -> new Shared()).add(one, other, differs));
                asked++;
            } else if (asked(one) || asked(other)) {
                Statement.Case silent = asked(one) ? other : one;
                notAsked.add(new NotAsked(id, verdict(one), verdict(other), silent == null ? "" : silent.reason()));
            }
        }
        List<RuleDifference> rules = new ArrayList<>();
        Map<String, Statement.Rule> known = index(left.rules(), Statement.Rule::id);
        index(right.rules(), Statement.Rule::id).forEach(known::putIfAbsent);
        int alike = 0;
        for (Statement.Rule rule : known.values()) {
            Shared both = shared.get(rule.id());
            if (both != null && both.differing > 0) {
                rules.add(
                        new RuleDifference(rule.id(), rule.title(), both.left, both.right, both.differing, both.asked));
            } else if (both != null) {
                alike++;
            }
        }
        int silent = known.size() - alike - rules.size();
        return new Comparison(left, right, asked, rules, alike, silent, cases, notAsked);
    }

    /** Whether both were asked a case. */
    public boolean askedOfBoth(String id) {
        return asked(left.caseOf(id).orElse(null)) && asked(right.caseOf(id).orElse(null));
    }

    /** Whether both found the same. */
    public boolean same() {
        return cases.isEmpty();
    }

    /** What both were asked of one rule. */
    private static final class Shared {
        private String left = "";
        private String right = "";
        private int asked;
        private int differing;

        void add(Statement.Case one, Statement.Case other, boolean differs) {
            left = worse(left, one.verdict());
            right = worse(right, other.verdict());
            asked++;
            differing += differs ? 1 : 0;
        }

        private static String worse(String some, String more) {
            int rank = Statement.VERDICTS.indexOf(some);
            return rank >= 0 && rank <= Statement.VERDICTS.indexOf(more) ? some : more;
        }
    }

    private static boolean asked(Statement.Case one) {
        return one != null && !NO_ANSWER.contains(one.verdict());
    }

    private static boolean same(Statement.Case one, Statement.Case other) {
        return verdict(one).equals(verdict(other))
                && (one.verdict().equals("conforms") || Objects.equals(finding(one), finding(other)));
    }

    private static CaseDifference difference(Statement.Case one, Statement.Case other) {
        return new CaseDifference(
                one.id(),
                one.title(),
                one.rules(),
                verdict(one),
                verdict(other),
                finding(one),
                finding(other),
                one.step(),
                other.step());
    }

    private static String verdict(Statement.Case one) {
        if (one == null) {
            return NOT_RUN;
        }
        return one.alternative() > 0 ? one.verdict() + "-" + one.alternative() : one.verdict();
    }

    private static String finding(Statement.Case one) {
        return one.seen().isEmpty() ? one.reason() : one.seen();
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
