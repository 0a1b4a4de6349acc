package org.ringone.xen;

/** {@code event_channel_op}: commands, status values and virtual interrupts. */
public final class EventChannelOp {

    /** Connect to a port of another domain. */
    public static final int BIND_INTERDOMAIN = 0;

    /** Bind a virtual interrupt. */
    public static final int BIND_VIRQ = 1;

    /** Bind a physical interrupt. */
    public static final int BIND_PIRQ = 2;

    /** Close a port. */
    public static final int CLOSE = 3;

    /** Send an event. */
    public static final int SEND = 4;

    /** Ask about a port. */
    public static final int STATUS = 5;

    /** Allocate a port for another domain to connect to. */
    public static final int ALLOC_UNBOUND = 6;

    /** Bind an inter-processor event. */
    public static final int BIND_IPI = 7;

    /** Choose the vcpu a port notifies. */
    public static final int BIND_VCPU = 8;

    /** Unmask a port, delivering if pending. */
    public static final int UNMASK = 9;

    /** Close all ports. */
    public static final int RESET = 10;

    /** Port state: not in use. */
    public static final int STATUS_CLOSED = 0;

    /** Port state: waiting for a peer. */
    public static final int STATUS_UNBOUND = 1;

    /** Port state: connected. */
    public static final int STATUS_INTERDOMAIN = 2;

    /** Port state: bound to a physical interrupt. */
    public static final int STATUS_PIRQ = 3;

    /** Port state: bound to a virtual interrupt. */
    public static final int STATUS_VIRQ = 4;

    /** Port state: inter-processor. */
    public static final int STATUS_IPI = 5;

    /** Timer; per vcpu. */
    public static final int VIRQ_TIMER = 0;

    /** Debug request; per vcpu. */
    public static final int VIRQ_DEBUG = 1;

    /** Console input; initial domain. */
    public static final int VIRQ_CONSOLE = 2;

    /** A domain ended; initial domain. */
    public static final int VIRQ_DOM_EXC = 3;

    /** A domain paused; initial domain. */
    public static final int VIRQ_DEBUGGER = 6;

    /** Ports of a domain: two levels of 32-bit words. */
    public static final int MAX_EVENT_CHANNELS = 1024;

    private EventChannelOp() {}
}
