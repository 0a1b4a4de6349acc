package org.ringone.xen;

/** Byte offsets in the shared info page. */
public final class SharedInfo {

    /** vcpu_info of vcpu 0; the others follow. */
    public static final int VCPU_INFO = 0;

    /** Bytes of a vcpu_info. */
    public static final int VCPU_INFO_SIZE = 64;

    /** vcpu_info structures in the page. */
    public static final int MAX_VCPUS = 32;

    /** In vcpu_info: byte, non-zero when an event is pending. */
    public static final int UPCALL_PENDING = 0;

    /** In vcpu_info: byte, non-zero masks events. */
    public static final int UPCALL_MASK = 1;

    /** In vcpu_info: word, which pending words to look at. */
    public static final int PENDING_SEL = 4;

    /** In vcpu_info: the address of the last page fault. */
    public static final int ARCH_CR2 = 8;

    /** In vcpu_info: odd while the time is being changed. */
    public static final int TIME_VERSION = 32;

    /** In vcpu_info: 64 bits. */
    public static final int TIME_TSC_TIMESTAMP = 40;

    /** In vcpu_info: 64 bits, nanoseconds. */
    public static final int TIME_SYSTEM_TIME = 48;

    /** In vcpu_info: 32-bit fraction. */
    public static final int TIME_TSC_TO_SYSTEM_MUL = 56;

    /** In vcpu_info: signed byte. */
    public static final int TIME_TSC_SHIFT = 60;

    /** Pending bits, 32 words. */
    public static final int EVTCHN_PENDING = 2048;

    /** Mask bits, 32 words. */
    public static final int EVTCHN_MASK = 2176;

    /** Wall clock version. */
    public static final int WC_VERSION = 2304;

    /** Wall clock at system time 0, seconds. */
    public static final int WC_SEC = 2308;

    /** Wall clock at system time 0, nanoseconds. */
    public static final int WC_NSEC = 2312;

    /** Highest pfn the guest says it has. */
    public static final int ARCH_MAX_PFN = 2316;

    /** The guest's frame list of frame lists. */
    public static final int ARCH_P2M_FRAME_LIST_LIST = 2320;

    /** NMI reason. */
    public static final int ARCH_NMI_REASON = 2324;

    private SharedInfo() {}
}
