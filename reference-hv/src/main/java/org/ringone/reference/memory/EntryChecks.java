package org.ringone.reference.memory;

import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/**
 * Which bits a guest may set in a present page-table entry, by level, and what kind of mapping an entry is. Decides on the
 * entry alone, whatever frame it names.
 */
public class EntryChecks {

    /** Bits 44 to 62, which no machine address reaches; NX, bit 63, is allowed. */
    private static final long RESERVED = 0x7FFFF00000000000L;

    private static final long BASE_FORBIDDEN = RESERVED | PageTableBits.GLOBAL | PageTableBits.PSE;
    private static final long L3_ALLOWED =
            PageTableEntry.FRAME | PageTableBits.PRESENT | PageTableBits.PWT | PageTableBits.PCD | PageTableBits.AVAIL;

    /** BOOT-11: the flags of the mapping of the machine-to-physical table that every address space has. */
    public int machineToPhysical() {
        return PageTableBits.PRESENT | PageTableBits.ACCESSED;
    }

    /** PT-06: an L1 entry without reserved bits, GLOBAL and PAT. */
    public boolean l1(long entry) {
        return (entry & BASE_FORBIDDEN) == 0;
    }

    /** PT-06: an L2 entry without reserved bits, GLOBAL and PSE. */
    public boolean l2(long entry) {
        return (entry & BASE_FORBIDDEN) == 0;
    }

    /** PT-06: an L3 entry with nothing but PRESENT, AVAIL, PWT and PCD. */
    public boolean l3(long entry) {
        return (entry & ~L3_ALLOWED) == 0;
    }

    /**
     * PT-04: whether a present entry of a frame that becomes a table has acceptable bits.
     *
     * @param level what the frame becomes: a table of any level
     */
    public boolean inNewTable(PageType level, long entry) {
        return switch (level) {
            case L1 -> l1(entry);
            case L2, XEN_L2 -> l2(entry);
            default -> l3(entry);
        };
    }

    /** PT-02: whether an L1 entry lets the guest write the page, which takes a use as {@link PageType#WRITABLE}. */
    public boolean mapsWritable(long entry) {
        return PageTableEntry.writable(entry);
    }

    /** PT-18: a table may name another of its own level only read-only. */
    public boolean linear(long entry) {
        return !PageTableEntry.writable(entry);
    }

    /**
     * PT-15: whether slot 3 of an L3 that becomes live is acceptable: it must be there.
     *
     * @param uses the uses of the L2 in that slot, this one included: no other L3 may have it, as it holds the hypervisor's slots
     */
    public boolean l3Slot3(long entry, int uses) {
        return PageTableEntry.present(entry) && uses == 1;
    }

    /** PT-12, BOOT-15: whether a guest may have a say in the mapping of an address. */
    public boolean guestAddress(int linear) {
        return Integer.compareUnsigned(linear, AddressSpace.VIRT_START) < 0;
    }

    /** BOOT-15: whether a guest may change a slot of an L2 that holds the hypervisor's slots. */
    public boolean guestSlot(int xenL2Slot) {
        return xenL2Slot < XenSlots.FIRST;
    }

    /** PT-15: whether a slot of a live L3 may be changed: never slot 3. */
    public boolean changeable(int l3Slot) {
        return l3Slot < 3;
    }
}
