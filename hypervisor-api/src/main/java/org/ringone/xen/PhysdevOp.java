package org.ringone.xen;

/** {@code physdev_op}: commands. */
public final class PhysdevOp {

    /** Say that interrupts were unmasked (until 3.2 of the interface). */
    public static final int IRQ_UNMASK_NOTIFY = 4;

    /** Ask about an interrupt. */
    public static final int IRQ_STATUS_QUERY = 5;

    /** Set the virtual I/O privilege level. */
    public static final int SET_IOPL = 6;

    /** Set the virtual I/O bitmap. */
    public static final int SET_IOBITMAP = 7;

    /** Read an I/O APIC register. */
    public static final int APIC_READ = 8;

    /** Write an I/O APIC register. */
    public static final int APIC_WRITE = 9;

    /** Allocate a vector. */
    public static final int ALLOC_IRQ_VECTOR = 10;

    /** Free a vector. */
    public static final int FREE_IRQ_VECTOR = 11;

    /** End of interrupt. */
    public static final int EOI = 12;

    private PhysdevOp() {}
}
