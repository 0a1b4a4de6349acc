package org.ringone.xen;

/** Flush flags of {@code update_va_mapping}. */
public final class UpdateVaMapping {

    /** No flush. */
    public static final int UVMF_NONE = 0;

    /** Flush whole TLBs. */
    public static final int UVMF_TLB_FLUSH = 1;

    /** Flush the one address. */
    public static final int UVMF_INVLPG = 2;

    /** The bits that say what to flush. */
    public static final int UVMF_FLUSHTYPE_MASK = 3;

    /** On the vcpus of the bitmap whose address makes up the other bits. */
    public static final int UVMF_MULTI = 0;

    /** On this vcpu. */
    public static final int UVMF_LOCAL = 0;

    /** On all vcpus. */
    public static final int UVMF_ALL = 4;

    private UpdateVaMapping() {}
}
