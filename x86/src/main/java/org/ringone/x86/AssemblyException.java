package org.ringone.x86;

/** The source cannot be assembled. */
public final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String what;
    private final String hint;

    AssemblyException(int line, String what, String hint) {
        super("line " + line + ": " + what + (hint.isEmpty() ? "" : " (" + hint + ")"));
        this.line = line;
        this.what = what;
        this.hint = hint;
    }

    /** Source line, from 1. */
    public int line() {
        return line;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** How to mend it; empty when there is nothing to say. */
    public String hint() {
        return hint;
    }
}
