package org.ringone.xen;

/** {@code mmuext_op}: an array of 12-byte elements (command; mfn or linear address; entry count or vcpu mask). */
public final class MmuExt {

    /** Pin a frame as an L1 table. */
    public static final int PIN_L1_TABLE = 0;

    /** Pin a frame as an L2 table. */
    public static final int PIN_L2_TABLE = 1;

    /** Pin a frame as an L3 table. */
    public static final int PIN_L3_TABLE = 2;

    /** Pin a frame as an L4 table; 64-bit guests. */
    public static final int PIN_L4_TABLE = 3;

    /** Undo a pin. */
    public static final int UNPIN_TABLE = 4;

    /** Load another page-table base. */
    public static final int NEW_BASEPTR = 5;

    /** Flush this vcpu's TLB. */
    public static final int TLB_FLUSH_LOCAL = 6;

    /** Flush one address on this vcpu. */
    public static final int INVLPG_LOCAL = 7;

    /** Flush the TLBs of a set of vcpus. */
    public static final int TLB_FLUSH_MULTI = 8;

    /** Flush one address on a set of vcpus. */
    public static final int INVLPG_MULTI = 9;

    /** Flush the TLBs of all vcpus. */
    public static final int TLB_FLUSH_ALL = 10;

    /** Flush one address on all vcpus. */
    public static final int INVLPG_ALL = 11;

    /** Write back and flush caches. */
    public static final int FLUSH_CACHE = 12;

    /** Load an LDT: linear address and entry count. */
    public static final int SET_LDT = 13;

    /** User base; 64-bit guests. */
    public static final int NEW_USER_BASEPTR = 15;

    /** Bytes of an element. */
    public static final int ELEMENT_SIZE = 12;

    private MmuExt() {}
}
