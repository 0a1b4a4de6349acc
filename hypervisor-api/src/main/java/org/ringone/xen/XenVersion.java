package org.ringone.xen;

/** {@code xen_version}: commands and feature bits. */
public final class XenVersion {

    /** Major and minor number. */
    public static final int VERSION = 0;

    /** The rest of the version. */
    public static final int EXTRAVERSION = 1;

    /** Compiler and builder. */
    public static final int COMPILE_INFO = 2;

    /** Guest types. */
    public static final int CAPABILITIES = 3;

    /** Source revision. */
    public static final int CHANGESET = 4;

    /** virt_start. */
    public static final int PLATFORM_PARAMETERS = 5;

    /** A word of feature bits. */
    public static final int GET_FEATURES = 6;

    /** Page size. */
    public static final int PAGESIZE = 7;

    /** Domain handle. */
    public static final int GUEST_HANDLE = 8;

    /** Feature bit: page tables need not be read-only. */
    public static final int FEATURE_WRITABLE_PAGE_TABLES = 0;

    /** Feature bit: descriptor tables need not be read-only. */
    public static final int FEATURE_WRITABLE_DESCRIPTOR_TABLES = 1;

    /** Feature bit: the hypervisor translates frames. */
    public static final int FEATURE_AUTO_TRANSLATED_PHYSMAP = 2;

    /** Feature bit: the kernel runs in ring 0. */
    public static final int FEATURE_SUPERVISOR_MODE_KERNEL = 3;

    /** Feature bit: L3 tables may lie above 4 GiB. */
    public static final int FEATURE_PAE_PGDIR_ABOVE_4GB = 4;

    private XenVersion() {}
}
