package org.ringone.xen;

/** Bits of a PAE page-table entry, low word. */
public final class PageTableBits {

    /** Present. */
    public static final int PRESENT = 0x001;

    /** Writable. */
    public static final int RW = 0x002;

    /** Accessible from ring 3. */
    public static final int USER = 0x004;

    /** Write-through. */
    public static final int PWT = 0x008;

    /** Cache disabled. */
    public static final int PCD = 0x010;

    /** Accessed. */
    public static final int ACCESSED = 0x020;

    /** Dirty. */
    public static final int DIRTY = 0x040;

    /** Large page, in an L2 entry. */
    public static final int PSE = 0x080;

    /** Page attribute table, in an L1 entry. */
    public static final int PAT = 0x080;

    /** Global. */
    public static final int GLOBAL = 0x100;

    /** Free for the guest's own use. */
    public static final int AVAIL = 0xE00;

    /** No-execute, in the entry's high word. */
    public static final int NX_HIGH = 0x80000000;

    private PageTableBits() {}
}
