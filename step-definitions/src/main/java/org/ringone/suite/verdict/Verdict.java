package org.ringone.suite.verdict;

/** What a scenario, and by the worst of its scenarios a rule, was found to be. Worst first. */
public enum Verdict {
    /** The suite's own fault: an undefined step, an exception in a step. */
    ERROR("error", true, false),
    /** The hypervisor hung, died, threw, or answered nonsense. */
    HYPERVISOR_FAILED("hypervisor failed", true, false),
    /** What the rule says does not hold. */
    VIOLATES("violates", true, true),
    /** Listed as deviating, but it conforms: the list is wrong. */
    UNEXPECTED_PASS("unexpected pass", true, true),
    /** What the scenario stands on does not hold, so it could not be judged. */
    BLOCKED("blocked", false, false),
    /** Listed as deviating, with a reason, and still failing as listed. */
    KNOWN_DEVIATION("known deviation", false, true),
    /** This machine's processor cannot show it. */
    NO_ORACLE("no oracle", false, false),
    /** One of the documented alternatives holds. */
    CONFORMS_BY_ALTERNATIVE("conforms by alternative", false, true),
    /** What the rule says holds. */
    CONFORMS("conforms", false, true),
    /** The rule does not speak of this profile, or the machine lacks an ability that the scenario needs. */
    NOT_APPLICABLE("not applicable", false, false);

    private final String label;
    private final boolean fails;
    private final boolean judged;

    Verdict(String label, boolean fails, boolean judged) {
        this.label = label;
        this.fails = fails;
        this.judged = judged;
    }

    /** The words used in reports. */
    public String label() {
        return label;
    }

    /** The label with hyphens, as in JSON and tags. */
    public String word() {
        return label.replace(' ', '-');
    }

    /** Whether one such scenario fails the run. */
    public boolean failsTheRun() {
        return fails;
    }

    /** Whether the hypervisor's behaviour was seen and compared. */
    public boolean judged() {
        return judged;
    }

    /** The worse of two. */
    public Verdict worse(Verdict other) {
        return ordinal() <= other.ordinal() ? this : other;
    }
}
