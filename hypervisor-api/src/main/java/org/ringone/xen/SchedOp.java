package org.ringone.xen;

/** {@code sched_op}: commands and shutdown reasons. */
public final class SchedOp {

    /** Give up the processor. */
    public static final int YIELD = 0;

    /** Unmask events and sleep until one is pending. */
    public static final int BLOCK = 1;

    /** End the domain. */
    public static final int SHUTDOWN = 2;

    /** Sleep until one of some ports is pending. */
    public static final int POLL = 3;

    /** End another domain; initial domain. */
    public static final int REMOTE_SHUTDOWN = 4;

    /** Clean exit. */
    public static final int REASON_POWEROFF = 0;

    /** Asks for a restart. */
    public static final int REASON_REBOOT = 1;

    /** Asks to be saved. */
    public static final int REASON_SUSPEND = 2;

    /** Tells of a crash. */
    public static final int REASON_CRASH = 3;

    /** The most ports that one poll can name. */
    public static final int MAX_POLL_PORTS = 128;

    private SchedOp() {}
}
