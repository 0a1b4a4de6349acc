package org.ringone.suite.catalogue;

import java.util.ArrayList;
import java.util.Collection;
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

    /**
     * The rules whose cases nothing proves: each rule that is judged must have something that breaks it, a faulty
     * hypervisor or, where it binds guests, a wrong guest, and its own cases must catch each such thing.
     *
     * @param who whose rules to look at
     * @param proofs what was tried
     */
    public static List<String> unproved(Catalogue catalogue, CaseIndex index, Who who, Collection<Proof> proofs) {
        String breaks = who == Who.H ? "injected fault" : "wrong guest";
        List<String> problems = new ArrayList<>();
        for (Proof proof : proofs) {
            if (proof.who() == who
                    && catalogue.rule(proof.rule()).filter(r -> r.who() == who).isEmpty()) {
                problems.add("the " + breaks + " that " + proof.wrong() + " breaks " + proof.rule()
                        + ", which is no rule of the " + who.label());
            } else if (proof.who() == who && !proof.caught()) {
                problems.add("no case of " + proof.rule() + " catches the " + breaks + " that " + proof.wrong());
            }
        }
        for (Rule rule : catalogue.rules()) {
            if (rule.who() == who
                    && !index.of(rule).isEmpty()
                    && proofs.stream().noneMatch(p -> p.who() == who && p.rule().equals(rule.id()))) {
                problems.add(rule.id() + " has cases, but no " + breaks + " shows that they can fail");
            }
        }
        return problems;
    }
}
