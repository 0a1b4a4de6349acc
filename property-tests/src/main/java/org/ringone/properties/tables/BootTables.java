package org.ringone.properties.tables;

import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Walk;
import org.ringone.xen.AddressSpace;
import org.ringone.xen.PageTableBits;

/**
 * The tables that a guest was started with, as far as they map the pages of a trial.
 *
 * @param near an address that they map
 * @param walk the way to it
 * @param hypervisorFrame a frame that the hypervisor maps in its own slots of {@code l2}; where it has none there, as on a 64-bit host,
 *     the last frame below 4 GiB, which is no memory
 */
record BootTables(Page near, Walk walk, Page l2, Page l3, int hypervisorFrame) {

    private static final int L2_SHIFT = 21;
    private static final int SLOTS = 512;
    private static final int NO_MEMORY = 0xFFFFF;

    /** The first slot of the last L2 that is the hypervisor's. */
    static final int FIRST_HYPERVISOR_SLOT = AddressSpace.VIRT_START >>> L2_SHIFT & SLOTS - 1;

    private static final int FIRST_SLOT_BEHIND_MACH2PHYS = AddressSpace.MACH2PHYS_END >>> L2_SHIFT & SLOTS - 1;

    static BootTables of(Probe probe, Page near) throws ProbeException {
        Walk walk = probe.walk(near.address());
        Page l2 = page(probe, near, walk.l2Address());
        Page l3 = page(probe, near, walk.l3Address());
        long frame = 0;
        for (int slot = SLOTS - 1; frame == 0 && slot >= FIRST_SLOT_BEHIND_MACH2PHYS; slot--) {
            long entry = probe.read64(l2.address() + slot * 8);
            frame = (entry & PageTableBits.PRESENT) != 0 ? Walk.mfn(entry) : 0;
        }
        return new BootTables(near, walk, l2, l3, frame == 0 ? NO_MEMORY : (int) frame);
    }

    private static Page page(Probe probe, Page near, long machine) throws ProbeException {
        int mfn = (int) (machine >>> AddressSpace.PAGE_SHIFT);
        int pfn = probe.read32(AddressSpace.MACH2PHYS_START + mfn * 4);
        int base = near.address() - (near.pfn() << AddressSpace.PAGE_SHIFT);
        return new Page(base + (pfn << AddressSpace.PAGE_SHIFT), pfn, mfn);
    }

    /** The machine address of the L1 entry that maps an address. */
    long entryOf(Probe probe, int address) throws ProbeException {
        if (address >>> L2_SHIFT != near.address() >>> L2_SHIFT) {
            return probe.walk(address).l1Address();
        }
        long table = walk.l1Address() & -AddressSpace.PAGE_SIZE;
        return table + (address >>> AddressSpace.PAGE_SHIFT & SLOTS - 1) * 8L;
    }

    /** The virtual address of a byte of the tables, in the boot mapping. */
    int addressOf(Probe probe, long machine) throws ProbeException {
        return page(probe, near, machine).address() + (int) (machine & AddressSpace.PAGE_SIZE - 1);
    }
}
