package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;

/**
 * The part of the hypervisor's range that differs between domains: for every virtual processor 32 pages, of which 0 to 13 are
 * the guest's GDT, 14 the hypervisor's part of it, and 16 to 31 the LDT. Who maps a guest's frame here holds its reference.
 */
public final class PerDomainArea {

    /** Where the area begins. */
    public static final int START = 0xFE800000;

    /** Pages of each virtual processor. */
    public static final int PAGES = 32;

    /** The page of the GDT that holds the hypervisor's descriptors, slots 0xE000 to 0xEFFF. */
    public static final int XEN_GDT_PAGE = 14;

    /** The first page of the LDT. */
    public static final int LDT_PAGE = 16;

    private final PhysicalMemory ram;
    private final int[] tables;

    PerDomainArea(PhysicalMemory ram, int[] tables) {
        this.ram = ram;
        this.tables = tables;
    }

    static int tablesNeeded(int vcpus) {
        return (vcpus * PAGES + PageTableEntry.PER_TABLE - 1) / PageTableEntry.PER_TABLE;
    }

    int[] tables() {
        return tables;
    }

    /** The linear address of a processor's GDT. */
    public int gdtLinear(int vcpu) {
        return START + (vcpu * PAGES << 12);
    }

    /** The linear address of a processor's LDT, 64 KiB above its GDT. */
    public int ldtLinear(int vcpu) {
        return gdtLinear(vcpu) + (LDT_PAGE << 12);
    }

    /** Sets the page-table entry of a page; 0 for none. TLBs are the caller's to flush. */
    public void map(int vcpu, int page, long entry) {
        ram.write64(address(vcpu, page), entry);
    }

    /** The page-table entry of a page. */
    public long get(int vcpu, int page) {
        return ram.read64(address(vcpu, page));
    }

    private long address(int vcpu, int page) {
        int index = vcpu * PAGES + page;
        return ((long) tables[index / PageTableEntry.PER_TABLE] << 12) + (index % PageTableEntry.PER_TABLE) * 8L;
    }
}
