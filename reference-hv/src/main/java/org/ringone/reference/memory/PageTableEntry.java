package org.ringone.reference.memory;

import org.ringone.xen.PageTableBits;

/** How the 64 bits of a PAE page-table entry are read: a frame in bits 12 to 43, flags in the others. */
final class PageTableEntry {

    /** Entries in a table of level 1 or 2. */
    static final int PER_TABLE = 512;

    /** Slots of an L3 that the processor uses. */
    static final int L3_SLOTS = 4;

    /** Bytes of an entry. */
    static final int SIZE = 8;

    /** The bits that hold the frame. */
    static final long FRAME = 0x00000FFFFFFFF000L;

    private PageTableEntry() {}

    static boolean present(long entry) {
        return (entry & PageTableBits.PRESENT) != 0;
    }

    static boolean writable(long entry) {
        return (entry & PageTableBits.RW) != 0;
    }

    /** The frame, as an unsigned number. */
    static int mfn(long entry) {
        return (int) (entry >>> 12);
    }

    static long of(int mfn, int flags) {
        return (mfn & 0xFFFFFFFFL) << 12 | flags;
    }

    /** Whether two entries differ in their frame or in one of the given flags. */
    static boolean differ(long a, long b, int flags) {
        return ((a ^ b) & (FRAME | flags)) != 0;
    }
}
