package org.ringone.reference.memory;

/**
 * The virtual processor on whose behalf the hypervisor works: what memory operations need to know of it and may do to it.
 */
public interface Caller {

    /** All virtual processors of the caller's domain, in the vcpu sets below. */
    int ALL = -1;

    int domainId();

    /** Whether the caller's domain may use hardware and act on other domains. */
    boolean privileged();

    int vcpuId();

    /**
     * Reads guest memory with the guest kernel's rights, page by page.
     *
     * @return false when a byte cannot be read (EFAULT); then {@code to} is not to be used
     */
    boolean copyIn(int linear, byte[] to, int offset, int length);

    /**
     * Writes guest memory with the guest kernel's rights, page by page.
     *
     * @return false when a byte cannot be written (EFAULT); bytes before it are written
     */
    boolean copyOut(int linear, byte[] from, int offset, int length);

    /** The frame of the page-table base in use, or -1. */
    int baseMfn();

    /** Loads another page-table base: CR3, with its flush, and the LDT's mappings dropped. Types and counts are the memory's. */
    void loadBase(int mfn);

    /**
     * Flushes the whole TLB of some of the domain's processors.
     *
     * @param vcpus a bit for each processor, or {@link #ALL}; bits of processors that do not exist mean nothing
     */
    void flushTlb(int vcpus);

    /** Flushes the TLB entry of one address on some of the domain's processors. */
    void flushPage(int linear, int vcpus);

    /**
     * Loads another LDT.
     *
     * @param linear where it is
     * @param entries descriptors in it; 0 for none
     * @return false when refused
     */
    boolean setLdt(int linear, int entries);

    /** Whether something waits that must not wait for a long batch: asked before each element. */
    boolean preempted();

    /**
     * Arranges that the hypercall goes on later with these arguments.
     *
     * @return what the hypercall's entry is to return
     */
    int continuation(int hypercall, int... arguments);

    /**
     * Hears of an entry that this caller wanted written.
     *
     * @param table the use of the page that holds it
     */
    default void entryWrite(TableRoute route, PageType table, long address, long before, long value, boolean accepted) {
        // only vcpus have somebody to tell
    }

    /** Hears how an operation of {@code mmuext_op} ended that this caller wanted. */
    default void extended(int command, int first, int second, int result) {
        // only vcpus have somebody to tell
    }

    /** Charges virtual time for the hypervisor's own work. */
    void charge(int ticks);
}
