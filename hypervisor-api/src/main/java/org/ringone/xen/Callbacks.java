package org.ringone.xen;

/** {@code callback_op}: commands, types and flags; and {@code set_callbacks}. */
public final class Callbacks {

    /** Command: register. */
    public static final int REGISTER = 0;

    /** Command: unregister. */
    public static final int UNREGISTER = 1;

    /** The event callback. */
    public static final int TYPE_EVENT = 0;

    /** The failsafe callback. */
    public static final int TYPE_FAILSAFE = 1;

    /** System calls; 64-bit guests. */
    public static final int TYPE_SYSCALL = 2;

    /** Sysenter. */
    public static final int TYPE_SYSENTER_DEPRECATED = 3;

    /** Non-maskable interrupts. */
    public static final int TYPE_NMI = 4;

    /** Mask events on entry. */
    public static final int FLAG_MASK_EVENTS = 1;

    private Callbacks() {}
}
