package org.ringone.guest;

/**
 * A page of the guest.
 *
 * @param address its virtual address in the boot mapping
 * @param pfn its pseudo-physical frame number
 * @param mfn its machine frame number, from the mfn list
 */
public record Page(int address, int pfn, int mfn) {

    /** The machine address of a byte in it. */
    public long machine(int offset) {
        return (mfn & 0xFFFF_FFFFL) << 12 | offset;
    }

    /** A PAE table entry for it with the given low flag bits. */
    public long entry(long flags) {
        return machine(0) | flags;
    }
}
