package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/**
 * Changes of single entries of live page tables, walks, and the loading of a base. Whatever is refused changes nothing; whatever
 * is accepted leaves every live table valid (PT-04).
 */
public final class PageTables {

    private final MachineMemory machine;
    private final PhysicalMemory ram;
    private final FrameTable frames;
    private final PageTypes types;
    private final EntryChecks checks;

    PageTables(MachineMemory machine, EntryChecks checks) {
        this.machine = machine;
        this.ram = machine.ram();
        this.frames = machine.frames();
        this.types = machine.types();
        this.checks = checks;
    }

    /**
     * Changes one L1 entry (PT-02, PT-05 to PT-07).
     *
     * @param address machine address of the entry
     * @param domid the domain that the table belongs to
     * @param frameOwner the domain that the mapped frame belongs to; other than {@code domid} for a foreign mapping
     */
    boolean changeL1(long address, long entry, int domid, int frameOwner) {
        long old = ram.read64(address);
        if (PageTableEntry.present(entry)) {
            if (!checks.l1(entry)) {
                return false;
            }
            if (!PageTableEntry.differ(old, entry, PageTableBits.RW | PageTableBits.PRESENT)) {
                ram.write64(address, entry); // the same frame with the same rights: what is held stays held
                return true;
            }
            if (!types.contents().takeL1Entry(entry, frameOwner)) {
                return false;
            }
        }
        ram.write64(address, entry);
        types.contents().dropL1Entry(old, domid);
        return true;
    }

    /** Changes one L2 entry (PT-03 to PT-06, PT-18), never one of the hypervisor's (BOOT-15). */
    boolean changeL2(long address, long entry, PageType type, int domid) {
        int table = (int) (address >>> 12);
        if (type == PageType.XEN_L2 && !checks.guestSlot(slot(address))) {
            return false;
        }
        long old = ram.read64(address);
        if (PageTableEntry.present(entry)) {
            if (!checks.l2(entry)) {
                return false;
            }
            if (!PageTableEntry.differ(old, entry, PageTableBits.PRESENT) && !becomesWritableLinear(old, entry)) {
                ram.write64(address, entry);
                return true;
            }
            if (!types.contents().takeL2Entry(entry, table, domid)) {
                return false;
            }
        }
        ram.write64(address, entry);
        types.contents().dropTableEntry(old, table);
        return true;
    }

    /** PT-18: an entry that stays with its frame, a linear table, and would make it writable. The era's Xen overlooks it. */
    private boolean becomesWritableLinear(long old, long entry) {
        return !checks.linear(entry)
                && frames.type(PageTableEntry.mfn(old)) != PageType.L1
                && PageTableEntry.present(old);
    }

    /** Changes one L3 entry, in slots 0 to 2 only (PT-15). Processors read an L3 when it is loaded only: they are made to read it again. */
    boolean changeL3(long address, long entry, int domid) {
        int table = (int) (address >>> 12);
        if (!checks.changeable(slot(address))) {
            return false;
        }
        long old = ram.read64(address);
        if (PageTableEntry.present(entry)) {
            if (!checks.l3(entry)) {
                return false;
            }
            if (!PageTableEntry.differ(old, entry, PageTableBits.PRESENT)) {
                ram.write64(address, entry);
                return true;
            }
            if (!types.contents().takeL3Entry(entry, domid)) {
                return false;
            }
        }
        ram.write64(address, entry);
        machine.flushLater(frames.owner(table));
        types.contents().dropTableEntry(old, table);
        return true;
    }

    private static int slot(long address) {
        return (int) (address & AddressSpace.PAGE_SIZE - 1) >>> 3;
    }

    /**
     * The machine address of the L1 entry that maps a linear address below an L3.
     *
     * @return -1 when there is no L1 there
     */
    public long l1EntryAddress(int base, int linear) {
        if (base < 0) {
            return -1;
        }
        long l3 = ram.read64(((long) base << 12) + (linear >>> 30) * 8L);
        if (!PageTableEntry.present(l3)) {
            return -1;
        }
        long l2 = ram.read64((l3 & PageTableEntry.FRAME) + (linear >>> 21 & 0x1FF) * 8L);
        if ((l2 & (PageTableBits.PRESENT | PageTableBits.PSE)) != PageTableBits.PRESENT) {
            return -1;
        }
        return (l2 & PageTableEntry.FRAME) + (linear >>> 12 & 0x1FF) * 8L;
    }

    /** The L1 entry that maps a linear address below an L3; 0, not present, when there is no L1 there. */
    public long l1Entry(int base, int linear) {
        long address = l1EntryAddress(base, linear);
        return address < 0 ? 0 : ram.read64(address);
    }

    /**
     * Loads another base for a processor (PT-16): MMUEXT_NEW_BASEPTR and MOV to CR3.
     *
     * @return false when the frame is not a good L3 of the caller's; then the old base stays
     */
    public boolean newBase(Caller caller, int mfn) {
        if (!types.getPageAndType(mfn, caller.domainId(), PageType.L3)) {
            machine.settle();
            return false;
        }
        int old = caller.baseMfn();
        caller.loadBase(mfn);
        if (old >= 0) {
            types.putPageAndType(old);
        }
        machine.settle();
        return true;
    }

    /**
     * Pins a frame as a table (PT-13).
     *
     * @param level L1, L2 or L3
     */
    public boolean pin(int mfn, PageType level, int domid) {
        if (!types.getPageAndType(mfn, domid, level)) {
            return false;
        }
        boolean pinned = frames.pinned(mfn);
        if (pinned) { // it has its use already
            types.putPageAndType(mfn);
        }
        frames.setPinned(mfn, true);
        if (!machine.rules().types().pinnable(pinned)) {
            return false;
        }
        return true;
    }

    /** Undoes a pin (PT-13, PT-14). */
    boolean unpin(int mfn, int domid) {
        if (!types.getPage(mfn, domid)) {
            return false;
        }
        boolean pinned = frames.pinned(mfn);
        if (pinned) {
            frames.setPinned(mfn, false);
            types.putPageAndType(mfn);
        }
        types.putPage(mfn);
        return pinned;
    }
}
