package org.ringone.reference.memory;

import org.ringone.xen.VmAssist;

/** The assists of {@code vm_assist}, all of them off at start. */
public enum Assist {
    /** Ring-3 accesses beyond the cut segments (SEG-07). */
    FOUR_GB_SEGMENTS(VmAssist.FOUR_GB_SEGMENTS),
    /** The same, and the guest is told. */
    FOUR_GB_SEGMENTS_NOTIFY(VmAssist.FOUR_GB_SEGMENTS_NOTIFY),
    /** Stores to L1 tables are emulated (PT-10). */
    WRITABLE_PAGETABLES(VmAssist.WRITABLE_PAGETABLES),
    /** L3 tables may lie above 4 GiB (PT-15). */
    PAE_EXTENDED_CR3(VmAssist.PAE_EXTENDED_CR3);

    private final int number;

    Assist(int number) {
        this.number = number;
    }

    /** The bit that stands for it in a set of assists. */
    public int bit() {
        return 1 << number;
    }
}
