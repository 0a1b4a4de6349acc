package org.ringone.suite.verdict;

/** What a step expected does not hold. The message says what was expected, what was seen, why, and what to look at. */
public final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String seen;

    private Violation(String message, String seen) {
        super(message);
        this.seen = seen;
    }

    /** A violation in the usual form. */
    public static Violation of(String expected, String seen) {
        return new Violation("expected: " + expected + "\n    seen: " + seen, seen);
    }

    /** What was seen instead: this, and not the rest of the message, is what a known deviation lists. */
    public String seen() {
        return seen;
    }

    /** The same with the usual reason and what to look at. */
    public Violation because(String usualReason, String lookAt) {
        return new Violation(getMessage() + "\n usually: " + usualReason + "\n look at: " + lookAt, seen);
    }
}
