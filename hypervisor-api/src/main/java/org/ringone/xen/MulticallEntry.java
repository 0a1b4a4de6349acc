package org.ringone.xen;

/** Byte offsets in an entry of {@code multicall}. */
public final class MulticallEntry {

    /** Hypercall number. */
    public static final int OP = 0;

    /** Its result. */
    public static final int RESULT = 4;

    /** Six arguments. */
    public static final int ARGS = 8;

    /** Bytes of an entry. */
    public static final int SIZE = 32;

    private MulticallEntry() {}
}
