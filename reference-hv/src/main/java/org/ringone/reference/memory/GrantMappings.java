package org.ringone.reference.memory;

import org.ringone.xen.GrantTableOp;
import org.ringone.xen.PageTableBits;

/** Page-table entries that map granted frames: made and unmade for the guest, which may not write them itself. */
final class GrantMappings {

    private final MachineMemory machine;
    private final FrameTable frames;
    private final PageTypes types;

    GrantMappings(MachineMemory machine) {
        this.machine = machine;
        this.frames = machine.frames();
        this.types = machine.types();
    }

    /**
     * Maps a frame, for which the caller holds what the entry will hold.
     *
     * @param where a linear address, or with {@link GrantTableOp#CONTAINS_PTE} the machine address of an L1 entry
     * @return false when there is no L1 entry of the caller's there
     */
    boolean create(Caller caller, long where, int mfn, int flags) {
        long entry = (long) mfn << 12 | PageTableBits.PRESENT | PageTableBits.ACCESSED | PageTableBits.DIRTY;
        entry |= (flags & GrantTableOp.APPLICATION_MAP) != 0 ? PageTableBits.USER : 0;
        entry |= (flags & GrantTableOp.READONLY) != 0 ? 0 : PageTableBits.RW;
        long address = entryAddress(caller, where, flags);
        if (address < 0) {
            return false;
        }
        long old = machine.ram().read64(address);
        machine.ram().write64(address, entry);
        types.contents().dropL1Entry(old, caller.domainId());
        letGo(address, flags);
        return true;
    }

    /** Unmaps a frame; what the entry held is still to be dropped. False when it is not mapped there. */
    boolean destroy(Caller caller, long where, int mfn, int flags) {
        long address = entryAddress(caller, where, flags);
        if (address < 0) {
            return false;
        }
        boolean maps =
                machine.rules().grants().mapped(PageTableEntry.mfn(machine.ram().read64(address)), mfn);
        if (maps) {
            machine.ram().write64(address, 0);
        }
        letGo(address, flags);
        return maps;
    }

    /** Where the entry lies, its table held as one when the guest named it by machine address; -1 when there is none. */
    private long entryAddress(Caller caller, long where, int flags) {
        if ((flags & GrantTableOp.CONTAINS_PTE) == 0) {
            int linear = (int) where;
            long address = machine.rules().entries().guestAddress(linear)
                    ? machine.tables().l1EntryAddress(caller.baseMfn(), linear)
                    : -1;
            return address >= 0 && frames.type((int) (address >>> 12)) == PageType.L1 ? address : -1;
        }
        int table = where >>> 12 > Integer.MAX_VALUE ? -1 : (int) (where >>> 12);
        if (!frames.valid(table) || frames.type(table) != PageType.L1 || frames.typeCount(table) == 0) {
            return -1;
        }
        return types.getPageAndType(table, caller.domainId(), PageType.L1) ? where & ~7L : -1;
    }

    private void letGo(long address, int flags) {
        if ((flags & GrantTableOp.CONTAINS_PTE) != 0) {
            types.putPageAndType((int) (address >>> 12));
        }
    }
}
