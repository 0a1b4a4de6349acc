package org.ringone.cli;

/** What {@code ringone} tells scripts. Published in the README: numbers never change their meaning. */
final class ExitCode {

    /** Everything judged conforms, or deviates as listed. */
    static final int OK = 0;

    /** Two statements differ. The same number as {@link #VIOLATES}, of another command. */
    static final int DIFFERS = 1;

    /** A rule is violated. */
    static final int VIOLATES = 1;

    /** The list of deviations is wrong: a listed one passed, or an entry matches nothing. */
    static final int UNEXPECTED_PASS = 2;

    /** The hypervisor hung, died or answered nonsense. */
    static final int HYPERVISOR_FAILED = 3;

    /** The suite itself failed. */
    static final int ERROR = 4;

    /** Too little was judged to say anything. */
    static final int TOO_LITTLE = 5;

    /** The command line or a file named on it is wrong. */
    static final int USAGE = 64;

    /** A fault of the program itself. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
