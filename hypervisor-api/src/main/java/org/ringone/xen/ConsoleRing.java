package org.ringone.xen;

/** Byte offsets in the console page of an ordinary domain ({@code io/console.h}). */
public final class ConsoleRing {

    /** Bytes to the guest. */
    public static final int INPUT = 0;

    /** Size of the input ring. */
    public static final int INPUT_SIZE = 1024;

    /** Bytes from the guest. */
    public static final int OUTPUT = 1024;

    /** Size of the output ring. */
    public static final int OUTPUT_SIZE = 2048;

    /** Input consumer, a free-running index. */
    public static final int IN_CONS = 3072;

    /** Input producer. */
    public static final int IN_PROD = 3076;

    /** Output consumer. */
    public static final int OUT_CONS = 3080;

    /** Output producer. */
    public static final int OUT_PROD = 3084;

    private ConsoleRing() {}
}
