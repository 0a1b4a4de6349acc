package org.ringone.xen;

/** Segment selectors that exist in every GDT, and the part of it that is the hypervisor's ({@code arch-x86/xen-x86_32.h}). */
public final class Selectors {

    /** Flat code at ring 1. */
    public static final int FLAT_RING1_CS = 0xE019;

    /** Flat data at ring 1. */
    public static final int FLAT_RING1_DS = 0xE021;

    /** Flat stack at ring 1. */
    public static final int FLAT_RING1_SS = 0xE021;

    /** Flat code at ring 3. */
    public static final int FLAT_RING3_CS = 0xE02B;

    /** Flat data at ring 3. */
    public static final int FLAT_RING3_DS = 0xE033;

    /** Flat stack at ring 3. */
    public static final int FLAT_RING3_SS = 0xE033;

    /** The hypervisor's own ring-0 code segment, never usable by a guest. */
    public static final int HYPERVISOR_CS = 0xE008;

    /** The hypervisor's own ring-0 data segment, never usable by a guest. */
    public static final int HYPERVISOR_DS = 0xE010;

    /** GDT pages 0 to 13 are the guest's. */
    public static final int FIRST_RESERVED_GDT_PAGE = 14;

    /** GDT entries from here are the hypervisor's. */
    public static final int FIRST_RESERVED_GDT_ENTRY = 14 * 512;

    /** Selectors from here are the hypervisor's. */
    public static final int FIRST_RESERVED_GDT_BYTE = 0xE000;

    /** The most entries an LDT can have. */
    public static final int MAX_LDT_ENTRIES = 8192;

    private Selectors() {}
}
