package org.ringone.reference.build;

import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/** The page tables that a guest starts on: its region, writable but for the tables themselves (BOOT-12). */
final class BootTables {

    private static final int L3_FLAGS = PageTableBits.PRESENT;
    private static final int L2_FLAGS = PageTableBits.PRESENT
            | PageTableBits.RW
            | PageTableBits.USER
            | PageTableBits.ACCESSED
            | PageTableBits.DIRTY;
    private static final long PAGE = AddressSpace.PAGE_SIZE;

    private BootTables() {}

    /**
     * Writes the tables: the L3, the L2s, then the L1s in the order of the addresses they map.
     *
     * @param everyL2 whether all four slots of the L3 are filled, as in an initial domain, or those that are needed and slot 3
     */
    static void write(GuestRegion region, Layout layout, boolean everyL2, BootRules rules) {
        long l3 = layout.tables();
        long l2s = l3 + PAGE;
        long l1s = l2s + layout.l2Count() * PAGE;
        int firstSlot = everyL2 ? 0 : slot(layout.base());
        for (int i = 0; i < layout.l2Count(); i++) {
            int slot = Math.min(firstSlot + i, 3);
            boolean extra = !everyL2 && i == layout.l2Count() - 1 && layout.end() <= 0xC0000000L;
            region.write64(l3 + (extra ? 3 : slot) * 8L, entry(region.mfn(l2s + i * PAGE), L3_FLAGS));
        }
        long firstL1 = layout.base() >>> 21;
        for (long address = layout.base(); address < layout.end(); address += PAGE) {
            long l1 = l1s + ((address >>> 21) - firstL1) * PAGE;
            if (address == layout.base() || (address & (1 << 21) - 1) == 0) {
                long l2 = l2s + (slot(address) - firstSlot) * PAGE;
                region.write64(l2 + (address >>> 21 & 0x1FF) * 8, entry(region.mfn(l1), L2_FLAGS));
            }
            int flags = rules.mapping(layout.pageTable(address), layout.frameListPage(address));
            region.write64(l1 + (address >>> 12 & 0x1FF) * 8, entry(region.mfn(address), flags));
        }
    }

    private static int slot(long address) {
        return (int) (address >>> 30);
    }

    private static long entry(int mfn, int flags) {
        return (long) mfn << AddressSpace.PAGE_SHIFT | flags;
    }
}
