package org.ringone.xen;

/**
 * The hypercalls of the 32-bit x86 interface by their numbers (public header {@code xen.h}). The number goes into EAX,
 * arguments into EBX, ECX, EDX, ESI and EDI, the result comes back in EAX.
 */
public enum Hypercall {
    /** Register trap handlers. */
    SET_TRAP_TABLE(0),
    /** Change page-table entries or the machine-to-physical table by machine address. */
    MMU_UPDATE(1),
    /** Replace the global descriptor table. */
    SET_GDT(2),
    /** Set the kernel stack used on entry from an outer ring. */
    STACK_SWITCH(3),
    /** Register the event and failsafe callbacks. */
    SET_CALLBACKS(4),
    /** Set or clear the virtual task-switched flag. */
    FPU_TASKSWITCH(5),
    /** The scheduler operation in its old form. */
    SCHED_OP_COMPAT(6),
    /** Platform control, for the initial domain. */
    PLATFORM_OP(7),
    /** Set a debug register. */
    SET_DEBUGREG(8),
    /** Read a debug register. */
    GET_DEBUGREG(9),
    /** Change one segment descriptor by machine address. */
    UPDATE_DESCRIPTOR(10),
    /** Memory reservation and its relatives. */
    MEMORY_OP(12),
    /** Several hypercalls in one. */
    MULTICALL(13),
    /** Change the last-level entry that maps a virtual address. */
    UPDATE_VA_MAPPING(14),
    /** Set the one-shot timer of the calling vcpu. */
    SET_TIMER_OP(15),
    /** The event channel operation in its old form. */
    EVENT_CHANNEL_OP_COMPAT(16),
    /** Version, capabilities, features. */
    XEN_VERSION(17),
    /** The hypervisor's own console. */
    CONSOLE_IO(18),
    /** The physical device operation in its old form. */
    PHYSDEV_OP_COMPAT(19),
    /** Grant tables. */
    GRANT_TABLE_OP(20),
    /** Switch assists on and off. */
    VM_ASSIST(21),
    /** Map a page of another domain. */
    UPDATE_VA_MAPPING_OTHERDOMAIN(22),
    /** Return from a trap or an upcall. */
    IRET(23),
    /** Virtual processors. */
    VCPU_OP(24),
    /** Segment bases; 64-bit guests only. */
    SET_SEGMENT_BASE(25),
    /** Pinning, base pointers, TLB flushes, LDT. */
    MMUEXT_OP(26),
    /** Access control. */
    ACM_OP(27),
    /** Non-maskable interrupts. */
    NMI_OP(28),
    /** Yield, block, poll, shut down. */
    SCHED_OP(29),
    /** Register callbacks one by one. */
    CALLBACK_OP(30),
    /** Profiling. */
    XENOPROF_OP(31),
    /** Event channels. */
    EVENT_CHANNEL_OP(32),
    /** Physical devices, I/O privilege. */
    PHYSDEV_OP(33),
    /** Fully virtual domains. */
    HVM_OP(34),
    /** System control, for the initial domain. */
    SYSCTL(35),
    /** Domain control, for the initial domain. */
    DOMCTL(36),
    /** Kexec, for the initial domain. */
    KEXEC_OP(37);

    private final int number;

    Hypercall(int number) {
        this.number = number;
    }

    /** The number in EAX; also the slot in the hypercall page. */
    public int number() {
        return number;
    }

    private static final Hypercall[] BY_NUMBER = new Hypercall[64];

    static {
        for (Hypercall hypercall : values()) {
            BY_NUMBER[hypercall.number] = hypercall;
        }
    }

    /** The hypercall with that number, or null when the interface has none. */
    public static Hypercall of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
