package org.ringone.suite.verdict;

/** A scenario cannot be judged here, which is nobody's fault: not applicable, or no oracle. */
public final class NotJudged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    public NotJudged(Verdict verdict, String reason) {
        super(reason);
        this.verdict = verdict;
    }

    public Verdict verdict() {
        return verdict;
    }
}
