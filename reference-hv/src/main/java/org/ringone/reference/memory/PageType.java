package org.ringone.reference.memory;

/**
 * What a frame is in use as. The types exclude each other: a frame gets another one only when its last use under the old one
 * has gone. That alone keeps page tables and descriptor tables out of guests' hands (PT-01 to PT-03, SEG-01).
 */
public enum PageType {
    /** No use that matters: free to become anything. */
    NONE,
    /** A page table of the first level: 512 entries that map pages. */
    L1,
    /** A page table of the second level. */
    L2,
    /** A second-level table in slot 3 of an L3: its upper slots are the hypervisor's (PT-15). */
    XEN_L2,
    /** The four slots that CR3 points to. */
    L3,
    /** A page of descriptors in a GDT. */
    GDT,
    /** A page of descriptors in an LDT. */
    LDT,
    /** Mapped writable, or written by the hypervisor on a guest's behalf. */
    WRITABLE;

    private static final PageType[] VALUES = values();

    static PageType of(int ordinal) {
        return VALUES[ordinal];
    }

    /** Whether frames of this type are page tables. */
    public boolean table() {
        return this == L1 || this == L2 || this == XEN_L2 || this == L3;
    }

    /** Whether frames of this type hold segment descriptors. */
    public boolean descriptors() {
        return this == GDT || this == LDT;
    }

    /** Whether the contents must be checked before the first use under this type. */
    boolean validated() {
        return table() || descriptors();
    }
}
