package org.ringone.xen;

/** {@code console_io}: commands. */
public final class ConsoleIo {

    /** Write. */
    public static final int WRITE = 0;

    /** Read. */
    public static final int READ = 1;

    private ConsoleIo() {}
}
