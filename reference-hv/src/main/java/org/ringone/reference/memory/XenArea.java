package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.PageTableBits;

/** Pages of the hypervisor's own at linear addresses that are the same in every address space: task state and the like. */
public final class XenArea {

    /** Where the area begins. */
    public static final int START = 0xFC400000;

    private static final int FLAGS =
            PageTableBits.PRESENT | PageTableBits.RW | PageTableBits.ACCESSED | PageTableBits.DIRTY;

    private final PhysicalMemory ram;
    private final int table;
    private int used;

    XenArea(PhysicalMemory ram, int table) {
        this.ram = ram;
        this.table = table;
    }

    XenArea fork(PhysicalMemory forkedRam) {
        XenArea fork = new XenArea(forkedRam, table);
        fork.used = used;
        return fork;
    }

    int table() {
        return table;
    }

    /**
     * Maps a frame for good, writable by ring 0.
     *
     * @return its linear address
     * @throws IllegalStateException when all 512 pages are in use
     */
    public int map(int mfn) {
        if (used == PageTableEntry.PER_TABLE) {
            throw new IllegalStateException("the hypervisor's area is full");
        }
        ram.write64((long) table << 12 | used << 3, PageTableEntry.of(mfn, FLAGS));
        return START + (used++ << 12);
    }
}
