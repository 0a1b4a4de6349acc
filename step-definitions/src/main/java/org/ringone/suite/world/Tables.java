package org.ringone.suite.world;

import org.ringone.guest.Page;
import org.ringone.guest.ProbeException;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;
import org.ringone.xen.MmuUpdate;
import org.ringone.xen.PageTableBits;

/** Makes page tables of the guest's own, and puts them to use. */
public final class Tables {

    /** What an L1 entry in an L2, or a table entry in general, carries. */
    private static final long TABLE_ENTRY = PageTableBits.PRESENT
            | PageTableBits.RW
            | PageTableBits.USER
            | PageTableBits.ACCESSED
            | PageTableBits.DIRTY;

    /** Bits that a processor or a hypervisor adds to a PAE L3 entry and that a guest must not give. */
    private static final long NOT_THE_GUESTS = TABLE_ENTRY & ~PageTableBits.PRESENT;

    private static final int ENTRIES = 512;
    private static final int L3_ENTRIES = 4;
    private static final int L3_SHIFT = 30;
    private static final int L2_SHIFT = 21;

    private final Guest guest;

    public Tables(Guest guest) {
        this.guest = guest;
    }

    /**
     * Names a page with the contents of a valid table of that level, mapped read-only, in no use yet. An L1 and an L2 are
     * empty; an L3 maps what the boot tables map, through an L2 of its own (named like it with ".l2") in slot 3.
     */
    public Page prepare(String name, int level) throws ProbeException {
        Page table = guest.take(name);
        if (level == 3) {
            fillBase(name, table);
        } else if (level == 2 && guest.firstOfItsKind("an L2 table")) {
            emptySlot(2);
        }
        readOnly(table);
        return table;
    }

    private void fillBase(String name, Page table) throws ProbeException {
        Page base = guest.page("boot_l3");
        Page kernel = guest.page("boot_l2");
        int kernelSlot = guest.peephole().address() >>> L3_SHIFT;
        Page copy = guest.take(name + ".l2");
        guest.probe().copy(copy.address(), kernel.address(), AddressSpace.PAGE_SIZE);
        int xen = AddressSpace.VIRT_START >>> L2_SHIFT & ENTRIES - 1;
        guest.probe().fill(copy.address() + xen * 8, (ENTRIES - xen) * 8, 0);
        readOnly(copy);
        for (int slot = 0; slot < L3_ENTRIES; slot++) {
            long entry = guest.probe().read64(base.address() + slot * 8);
            guest.probe().write(table.address() + slot * 8, Bytes.quads(entry & ~NOT_THE_GUESTS));
        }
        guest.probe().write(table.address() + kernelSlot * 8, Bytes.quads(copy.entry(PageTableBits.PRESENT)));
    }

    /** Makes a page read-only at its own address. */
    public void readOnly(Page page) throws ProbeException {
        guest.remap(page, Guest.READ_ONLY);
    }

    /** Writes an entry of a table that is in no use, whether it is mapped writable or not. */
    public void write(Page table, int slot, long entry) throws ProbeException {
        guest.remap(table, Guest.READ_WRITE);
        guest.probe().write(table.address() + slot * 8, Bytes.quads(entry));
        readOnly(table);
    }

    /** The usual entry that links a lower table of that level. */
    public static long link(Page table, int level) {
        return level == 2 ? table.entry(PageTableBits.PRESENT) : table.entry(TABLE_ENTRY);
    }

    /** Asks for a pin. */
    public int pin(Page table, int level) throws ProbeException {
        return extended(MmuExt.PIN_L1_TABLE + level - 1, table.mfn());
    }

    /** Asks for the end of a pin. */
    public int unpin(Page table) throws ProbeException {
        return extended(MmuExt.UNPIN_TABLE, table.mfn());
    }

    /** Asks for a new base of the address space. */
    public int load(Page table) throws ProbeException {
        return extended(MmuExt.NEW_BASEPTR, table.mfn());
    }

    /** One mmuext_op command with a frame or an address. */
    int extended(int command, int argument) throws ProbeException {
        int element = guest.arguments().address();
        guest.probe().write(element, Bytes.words(command, argument, 0));
        return guest.call(Hypercall.MMUEXT_OP, element, 1, 0, MmuUpdate.DOMID_SELF);
    }

    /**
     * The machine address of an empty slot of the active tables, in which a table of this level can be linked. The tables
     * of an initial domain have none for an L2: there the first is emptied, which maps nothing.
     */
    public long emptySlot(int level) throws ProbeException {
        Page upper = guest.page(level == 1 ? "boot_l2" : "boot_l3");
        int limit = level == 1 ? AddressSpace.VIRT_START >>> L2_SHIFT & ENTRIES - 1 : L3_ENTRIES - 1;
        byte[] entries = guest.probe().read(upper.address(), limit * 8);
        for (int slot = limit - 1; slot >= 0; slot--) {
            if ((entries[slot * 8] & PageTableBits.PRESENT) == 0) {
                return upper.machine(slot * 8);
            }
        }
        long slot = upper.machine(0);
        guest.must(guest.update(slot, 0), "emptying a slot of the boot tables");
        return slot;
    }

    /** Asks for a link into the active tables. */
    public int link(Page table, int level, long slot) throws ProbeException {
        return guest.update(slot, link(table, level));
    }
}
