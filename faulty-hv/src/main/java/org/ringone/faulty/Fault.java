package org.ringone.faulty;

import java.util.function.Consumer;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile.Privilege;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceParts;

/**
 * A hypervisor that breaks one rule.
 *
 * @param rule the id of the rule, for example {@code PT-02}
 * @param wrong what it does wrong, as the end of "a hypervisor that ..."
 * @param hypervisor the faulty hypervisor
 */
public record Fault(String rule, String wrong, Hypervisor hypervisor) {

    /** The reference as it would be with other parts. */
    static Fault of(String rule, String wrong, Consumer<ReferenceParts.Builder> change) {
        ReferenceParts.Builder parts = new ReferenceParts.Builder();
        change.accept(parts);
        String name =
                "faulty-" + rule.toLowerCase(java.util.Locale.ROOT) + "-" + wrong.replaceAll("[^A-Za-z0-9]+", "-");
        return new Fault(rule, wrong, new ReferenceHypervisor(name, Privilege.ORDINARY, parts.build()));
    }

    @Override
    public String toString() {
        return rule + ": a hypervisor that " + wrong;
    }
}
