package org.ringone.xen;

/** {@code mmu_update}: an array of 16-byte elements (machine address with the command in bits 0-1; value). */
public final class MmuUpdate {

    /** Write a page-table entry, checked. */
    public static final int NORMAL_PT_UPDATE = 0;

    /** Write a machine-to-physical entry. */
    public static final int MACHPHYS_UPDATE = 1;

    /** Bytes of an element: 64-bit ptr, 64-bit val. */
    public static final int ELEMENT_SIZE = 16;

    /** The calling domain. */
    public static final int DOMID_SELF = 0x7FF0;

    /** Stands for memory-mapped I/O. */
    public static final int DOMID_IO = 0x7FF1;

    /** Stands for the hypervisor. */
    public static final int DOMID_XEN = 0x7FF2;

    private MmuUpdate() {}
}
