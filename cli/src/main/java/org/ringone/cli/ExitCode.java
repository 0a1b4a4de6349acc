package org.ringone.cli;

/** What {@code ringone} tells scripts. Published in the README: numbers never change their meaning. */
public final class ExitCode {

    /** Everything judged conforms, or deviates as listed. */
    public static final int OK = 0;

    /** Two statements or hypervisors differ. The same number as {@link #VIOLATES}, of another command. */
    public static final int DIFFERS = 1;

    /** A rule is violated. */
    public static final int VIOLATES = 1;

    /** The list of deviations is wrong: a listed one passed, or an entry matches nothing. */
    public static final int UNEXPECTED_PASS = 2;

    /** The hypervisor hung, died or answered nonsense. */
    public static final int HYPERVISOR_FAILED = 3;

    /** The suite itself failed. */
    public static final int ERROR = 4;

    /** Too little was judged to say anything. */
    public static final int TOO_LITTLE = 5;

    /** The command line or a file named on it is wrong. */
    public static final int USAGE = 64;

    /** A fault of the program itself. */
    public static final int INTERNAL = 70;

    private ExitCode() {}
}
