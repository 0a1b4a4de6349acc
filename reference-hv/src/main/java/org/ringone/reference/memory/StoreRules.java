package org.ringone.reference.memory;

/** Which stores through a read-only mapping of a page table are emulated (PT-10, PT-11). */
public class StoreRules {

    /** PT-11: whether a table of this type, mapped read-only, may be stored to with the assist on or off. */
    public boolean emulated(PageType table, boolean assist) {
        return assist && table == PageType.L1;
    }

    /** PT-10: a store is emulated only when it is naturally aligned and stays in the page that faulted. */
    public boolean wellPlaced(int linear, int size, int faulting) {
        return (linear & size - 1) == 0 && ((linear ^ faulting) & ~0xFFF) == 0;
    }

    /**
     * PT-10: whether a plain 4-byte store to the upper half of a present entry, that would make it invalid, takes effect with
     * PRESENT cleared. Xen 3.1.0 faults; a fix of June 2007 lets it through.
     */
    public boolean upperHalfClearsPresent() {
        return false;
    }
}
