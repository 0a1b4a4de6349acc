package org.ringone.xen;

/** Types of the ELF notes with owner "Xen" ({@code elfnote.h}). */
public final class ElfNotes {

    /** Free text. */
    public static final int INFO = 0;

    /** Virtual address of the entry point. */
    public static final int ENTRY = 1;

    /** Virtual address of the page to fill with hypercall stubs. */
    public static final int HYPERCALL_PAGE = 2;

    /** Virtual address that pseudo-physical address 0 is mapped at. */
    public static final int VIRT_BASE = 3;

    /** What to subtract from ELF physical addresses. */
    public static final int PADDR_OFFSET = 4;

    /** The interface: "xen-3.0". */
    public static final int XEN_VERSION = 5;

    /** The guest's name. */
    public static final int GUEST_OS = 6;

    /** The guest's version. */
    public static final int GUEST_VERSION = 7;

    /** "generic". */
    public static final int LOADER = 8;

    /** "yes", "no" or "bimodal". */
    public static final int PAE_MODE = 9;

    /** Features wanted and, after "!", required. */
    public static final int FEATURES = 10;

    /** Whether to load the symbol table. */
    public static final int BSD_SYMTAB = 11;

    /** The lowest start of the hypervisor the guest can stand. */
    public static final int HV_START_LOW = 12;

    private ElfNotes() {}
}
