package org.ringone.emulator;

/**
 * One look into the page tables: PAE (three levels) or not (two levels), with large pages.
 *
 * <p>The result of the last look stays in its fields, so that a look allocates nothing.
 */
final class PageWalk {
    /** Attribute bits of a translation, all levels taken together. */
    static final int WRITABLE = 1;

    static final int USER = 2;
    static final int NO_EXECUTE = 4;
    static final int GLOBAL = 8;
    static final int DIRTY = 16;
    static final int LARGE = 32;

    private static final int P = 1;
    private static final int RW = 1 << 1;
    private static final int US = 1 << 2;
    private static final int A = 1 << 5;
    private static final int D = 1 << 6;
    private static final int PS = 1 << 7;
    private static final int G = 1 << 8;
    private static final int LARGE_PAT = 1 << 12;
    private static final long NX = 1L << 63;
    /** A pointer entry's reserved bits below the address. */
    private static final long POINTER_RESERVED = 0x1E6;

    private static final long POINTER_RESERVED_IN_LONG_MODE = PS | G;

    private final CpuState s;
    private final PhysicalMemory memory;
    /** Bits of an entry that are no address on this processor. */
    private final long beyond;

    private final long pointerReserved;
    /** The bit that selects an entry of the page attribute table, where there is none: in a page table, and in a large page. */
    private final int reservedInSmall;

    private final int reservedInLarge;
    private final boolean pse36;

    private final long[] pointers = new long[4];

    private long page;
    private int offsetMask;
    private int attributes;
    private int fault;
    private long directoryAt;
    private long directory;
    private long entryAt;
    private long entry;

    PageWalk(CpuState s, PhysicalMemory memory, CpuConfig config) {
        this.s = s;
        this.memory = memory;
        this.beyond = 0x7FFF_FFFF_FFFF_FFFFL & -(1L << config.physicalAddressBits());
        this.pointerReserved = config.longMode() ? POINTER_RESERVED_IN_LONG_MODE : POINTER_RESERVED | NX;
        boolean pat = config.cpuid().has(CpuidTable.PAT);
        this.reservedInSmall = pat ? 0 : PS;
        this.reservedInLarge = pat ? 0 : LARGE_PAT;
        this.pse36 = config.cpuid().has(CpuidTable.PSE36);
    }

    void copyFrom(PageWalk o) {
        System.arraycopy(o.pointers, 0, pointers, 0, 4);
    }

    boolean loadPointers(int cr3) {
        long table = cr3 & 0xFFFF_FFE0L;
        for (int i = 0; i < 4; i++) {
            long e = memory.read64(table + 8 * i);
            if ((e & P) != 0 && (e & (beyond | pointerReserved)) != 0) {
                return false;
            }
        }
        for (int i = 0; i < 4; i++) {
            pointers[i] = memory.read64(table + 8 * i);
        }
        return true;
    }

    /** The physical address that a linear one has by the last look. */
    long address(int linear) {
        return page | linear & offsetMask;
    }

    int attributes() {
        return attributes;
    }

    /** The error code of the last look that failed. */
    int fault() {
        return fault;
    }

    /**
     * Translates for an access; marks nothing as used.
     *
     * @return false when it faults
     */
    boolean look(int linear, int access, boolean user) {
        if ((s.cr0 & CpuState.CR0_PG) == 0) {
            page = linear & 0xFFFF_F000L;
            offsetMask = 0xFFF;
            attributes = WRITABLE | USER | DIRTY;
            entryAt = -1;
            directoryAt = -1;
            return true;
        }
        boolean pae = (s.cr4 & CpuState.CR4_PAE) != 0;
        boolean nx = pae && (s.efer & Efer.NXE) != 0;
        int code = (user ? Vector.PF_USER : 0) | (access == Mmu.FETCH ? nx ? access : 0 : access);
        int outcome = pae ? three(linear, nx) : two(linear);
        if (outcome != 0) {
            fault = code | outcome & ~ABSENT;
            return false;
        }
        boolean allowed = (!user || (attributes & USER) != 0)
                && (access != Mmu.WRITE || (attributes & WRITABLE) != 0 || !user && (s.cr0 & CpuState.CR0_WP) == 0)
                && (access != Mmu.FETCH || (attributes & NO_EXECUTE) == 0);
        if (!allowed) {
            fault = code | Vector.PF_PRESENT;
        } else if (access == Mmu.WRITE) {
            attributes |= DIRTY;
        }
        return allowed;
    }

    private static final int ABSENT = 1 << 30;
    private static final int RESERVED = Vector.PF_RESERVED | Vector.PF_PRESENT;

    private int three(int linear, boolean nx) {
        long pointer = pointers[linear >>> 30];
        if ((pointer & P) == 0) {
            return ABSENT;
        }
        long reserved = beyond | (nx ? 0 : NX);
        directoryAt = (pointer & 0x7FFF_FFFF_FFFF_F000L) + (linear >>> 18 & 0xFF8);
        directory = memory.read64(directoryAt);
        if ((directory & P) == 0) {
            return ABSENT;
        }
        if ((directory & PS) != 0) {
            if ((directory & (reserved | 0x1F_E000 | reservedInLarge)) != 0) {
                return RESERVED;
            }
            entryAt = -1;
            page = directory & 0x7FFF_FFFF_FFE0_0000L;
            offsetMask = 0x1F_FFFF;
            collect(directory, directory, LARGE);
            return 0;
        }
        if ((directory & reserved) != 0) {
            return RESERVED;
        }
        entryAt = (directory & 0x7FFF_FFFF_FFFF_F000L) + (linear >>> 9 & 0xFF8);
        entry = memory.read64(entryAt);
        if ((entry & P) == 0) {
            return ABSENT;
        }
        if ((entry & (reserved | reservedInSmall)) != 0) {
            return RESERVED;
        }
        page = entry & 0x7FFF_FFFF_FFFF_F000L;
        offsetMask = 0xFFF;
        collect(directory, entry, 0);
        return 0;
    }

    private int two(int linear) {
        directoryAt = (s.cr3 & 0xFFFF_F000L) + (linear >>> 20 & 0xFFC);
        directory = memory.read32(directoryAt) & 0xFFFF_FFFFL;
        if ((directory & P) == 0) {
            return ABSENT;
        }
        boolean extended = (s.cr4 & CpuState.CR4_PSE) != 0; // without it nothing is reserved
        if ((directory & PS) != 0 && extended) {
            long high = (directory & 0x1F_E000) << 19; // bits 13 to 20 are address bits 32 to 39 (PSE-36)
            if ((directory & (1 << 21 | reservedInLarge)) != 0 || (high & (pse36 ? beyond : -1)) != 0) {
                return RESERVED;
            }
            entryAt = -1;
            page = high | directory & 0xFFC0_0000L;
            offsetMask = 0x3F_FFFF;
            collect(directory, directory, LARGE);
            return 0;
        }
        entryAt = (directory & 0xFFFF_F000L) + (linear >>> 10 & 0xFFC);
        entry = memory.read32(entryAt) & 0xFFFF_FFFFL;
        if ((entry & P) == 0) {
            return ABSENT;
        }
        if (extended && (entry & reservedInSmall) != 0) {
            return RESERVED;
        }
        page = entry & 0xFFFF_F000L;
        offsetMask = 0xFFF;
        collect(directory, entry, 0);
        return 0;
    }

    private void collect(long upper, long leaf, int large) {
        long both = upper & leaf;
        attributes = large
                | ((both & RW) != 0 ? WRITABLE : 0)
                | ((both & US) != 0 ? USER : 0)
                | (((upper | leaf) & NX) != 0 ? NO_EXECUTE : 0)
                | ((leaf & G) != 0 && (s.cr4 & CpuState.CR4_PGE) != 0 ? GLOBAL : 0)
                | ((leaf & D) != 0 ? DIRTY : 0);
    }

    /** Sets the accessed and dirty bits for the last look, which succeeded. */
    void markUsed(int access) {
        if (directoryAt < 0) {
            return;
        }
        int used = access == Mmu.WRITE ? A | D : A;
        if (entryAt < 0) {
            mark(directoryAt, (int) directory, used);
        } else {
            mark(directoryAt, (int) directory, A);
            mark(entryAt, (int) entry, used);
        }
    }

    private void mark(long at, int low, int bits) {
        if ((low & bits) != bits) {
            memory.write32(at, low | bits);
        }
    }
}
