package org.ringone.reference.memory;

import org.ringone.xen.PageTableBits;

/**
 * What a hypervisor on a 64-bit host accepts in L3 entries, since its 3.4: RW, USER, ACCESSED and DIRTY, too, which have a meaning
 * in the tables of that mode. Kernels that were made for such hosts only set them.
 */
public final class LongModeEntryChecks extends EntryChecks {

    private static final long MEANINGFUL =
            PageTableBits.RW | PageTableBits.USER | PageTableBits.ACCESSED | PageTableBits.DIRTY;

    @Override
    public boolean l3(long entry) {
        return super.l3(entry & ~MEANINGFUL);
    }
}
