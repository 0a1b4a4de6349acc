package org.ringone.xen;

/** The part of the address space that a 32-bit hypervisor with PAE keeps for itself ({@code arch-x86/xen-x86_32.h}). Addresses are unsigned. */
public final class AddressSpace {

    /** Bytes in a page. */
    public static final int PAGE_SIZE = 4096;

    /** log2 of the page size. */
    public static final int PAGE_SHIFT = 12;

    /** First address of the hypervisor's range; the machine-to-physical table lies here. */
    public static final int VIRT_START = 0xF5800000;

    /** First address of the machine-to-physical table, 4 bytes an entry. */
    public static final int MACH2PHYS_START = 0xF5800000;

    /** First address after the machine-to-physical table; segments end here. */
    public static final int MACH2PHYS_END = 0xF6800000;

    /** What stands for no frame. */
    public static final int INVALID_MFN = -1;

    private AddressSpace() {}
}
