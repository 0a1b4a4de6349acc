package org.ringone.suite.matrix;

import java.util.Objects;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.catalogue.Who;

/**
 * Something that breaks one rule on purpose.
 *
 * @param rule the rule that it breaks, for example {@code PT-02}
 * @param who who is wrong: the hypervisor, or the guest on a hypervisor that is right
 * @param wrong what it does wrong, as the end of "a hypervisor that ..." or "a guest that ..."
 * @param run the run that judges it, of all scenarios
 */
public record Defect(String rule, Who who, String wrong, SuiteRun run) {

    public Defect {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(wrong, "wrong");
        Objects.requireNonNull(run, "run");
    }

    @Override
    public String toString() {
        return rule + ": a " + (who == Who.H ? "hypervisor" : "guest") + " that " + wrong;
    }
}
