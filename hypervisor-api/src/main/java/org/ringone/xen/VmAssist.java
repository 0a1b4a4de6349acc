package org.ringone.xen;

/** {@code vm_assist}: commands and assists. */
public final class VmAssist {

    /** Command: switch on. */
    public static final int ENABLE = 0;

    /** Command: switch off. */
    public static final int DISABLE = 1;

    /** Assist: 4-GiB segments. */
    public static final int FOUR_GB_SEGMENTS = 0;

    /** Assist: tell the guest by vector 15. */
    public static final int FOUR_GB_SEGMENTS_NOTIFY = 1;

    /** Assist: emulate stores to L1 tables. */
    public static final int WRITABLE_PAGETABLES = 2;

    /** Assist: L3 tables above 4 GiB. */
    public static final int PAE_EXTENDED_CR3 = 3;

    private VmAssist() {}
}
