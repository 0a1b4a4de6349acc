package org.ringone.suite.verdict;

/** What a step expected does not hold. The message says what was expected, what was seen, why, and what to look at. */
public final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    public Violation(String message) {
        super(message);
    }

    /** A violation in the usual form. */
    public static Violation of(String expected, String seen) {
        return new Violation("expected: " + expected + "\n    seen: " + seen);
    }

    /** The same with the usual reason and what to look at. */
    public Violation because(String usualReason, String lookAt) {
        return new Violation(getMessage() + "\n usually: " + usualReason + "\n look at: " + lookAt);
    }
}
