package org.ringone.guest;

/**
 * The PAE table entries on the way to a virtual address, found from the tables in memory and not from the TLB. An entry
 * below one that is not present is 0, its machine address -1.
 *
 * @param l3 the L3 entry; its machine address in {@code l3Address}; likewise the others
 */
public record Walk(long l3, long l3Address, long l2, long l2Address, long l1, long l1Address) {

    /** Whether all three are present. */
    public boolean present() {
        return (l3 & l2 & l1 & 1) != 0;
    }

    /** The machine frame of an entry. */
    public static int mfn(long entry) {
        return (int) (entry >>> 12 & 0xFF_FFFF);
    }
}
