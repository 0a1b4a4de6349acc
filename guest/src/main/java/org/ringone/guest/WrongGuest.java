package org.ringone.guest;

import java.util.Objects;

/**
 * A guest kernel that breaks one rule: one operation does it wrong.
 *
 * @param rule the id of the rule, for example {@code EVT-05}
 * @param wrong what it does wrong, as the end of "a guest that ..."
 * @param operation the operation that is replaced
 * @param assembly what stands in its place; it must define the labels that others need
 */
public record WrongGuest(String rule, String wrong, String operation, String assembly) {

    public WrongGuest {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(wrong, "wrong");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(assembly, "assembly");
    }

    /** The right kernel, but for this. */
    public GuestKernel kernel() {
        return GuestKernel.right().but(this);
    }

    @Override
    public String toString() {
        return rule + ": a guest that " + wrong;
    }
}
