package org.ringone.xen;

/** Byte offsets in the store page of an ordinary domain ({@code io/xs_wire.h}). */
public final class StoreRing {

    /** Bytes from the guest. */
    public static final int REQUEST = 0;

    /** Bytes to the guest. */
    public static final int RESPONSE = 1024;

    /** Size of each ring. */
    public static final int RING_SIZE = 1024;

    /** Request consumer. */
    public static final int REQ_CONS = 2048;

    /** Request producer. */
    public static final int REQ_PROD = 2052;

    /** Response consumer. */
    public static final int RSP_CONS = 2056;

    /** Response producer. */
    public static final int RSP_PROD = 2060;

    private StoreRing() {}
}
