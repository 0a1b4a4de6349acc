package org.ringone.suite.catalogue;

/** Who is bound by a rule. */
public enum Who {
    /** The hypervisor must do it. */
    H("hypervisor"),
    /** A guest kernel must do it; judged by running guest code, right and wrong. */
    G("guest kernel");

    private final String label;

    Who(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
