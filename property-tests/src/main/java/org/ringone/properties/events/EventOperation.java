package org.ringone.properties.events;

/**
 * Something that a guest does in a trial about events.
 *
 * @param operand what it does it to or with; see the kind
 * @param second the channel that {@link Kind#NEXT_UPCALLS} may name; 0 elsewhere
 */
public record EventOperation(Kind kind, int operand, int second) {

    /** What operations there are; their order is that of the guest's own numbers. */
    public enum Kind {
        /** The end of a list. */
        END,
        /** Stores a value to the event mask. */
        MASK,
        /** {@code EVTCHNOP_send} through a channel. */
        SEND,
        /** {@code EVTCHNOP_unmask} of a channel. */
        UNMASK,
        /** A hypercall that has nothing to do with events. */
        HYPERCALL,
        /** An instruction that the hypervisor emulates. */
        EMULATED,
        /** {@code SCHEDOP_yield}. */
        YIELD,
        /** {@code SCHEDOP_block}. */
        BLOCK,
        /** {@code SCHEDOP_poll} for a channel. */
        POLL,
        /** {@code set_timer_op} to a time that is past. */
        TIMER,
        /** Masks, sets the timer, and blocks until it comes. */
        SLEEP,
        /** The iret hypercall to the next operation, EFLAGS.IF being the operand. */
        IRET,
        /** The IRET instruction to the next operation. */
        NATIVE_IRET,
        /** Sets a channel's mask bit by a store. */
        MASK_CHANNEL,
        /** Clears a channel's mask bit by a store. */
        UNMASK_CHANNEL,
        /** Sets a channel's pending bit by a store. */
        SET_PENDING,
        /** Clears a channel's pending bit by a store. */
        CLEAR_PENDING,
        /** Stores 0 or 1 to evtchn_upcall_pending. */
        UPCALL_PENDING,
        /** Stores 0 to evtchn_pending_sel. */
        CLEAR_SELECTOR,
        /** Says what the next upcalls do: the operand is an {@link Upcalls}. */
        NEXT_UPCALLS
    }

    /** What an upcall does. */
    public enum Upcalls {
        /** Acknowledges and returns by the iret hypercall. */
        BY_IRET,
        /** Acknowledges, puts the mask back by a store, and returns by the instruction. */
        BY_STORE,
        /** Returns at once, everything left as it is, events masked. */
        IGNORED,
        /** Acknowledges, sends through a channel, and returns by the iret hypercall; those after it do not send. */
        SENDING,
        /** Unmasks and enters the hypervisor before it acknowledges; those after it do not. */
        NESTED
    }

    /** The channels of a trial, by their numbers. The first six can be raised. */
    static final int IPI = 0;

    static final int OTHER_WORD = 2;
    static final int NEAR_END = 3;
    static final int FAR_END = 4;
    static final int TIMER = 5;
    static final int UNBOUND = 6;
    static final int NO_CHANNEL = 7;
    static final int CHANNELS = 8;

    /** Four bytes, as the guest reads them. */
    byte[] bytes() {
        return new byte[] {(byte) kind.ordinal(), (byte) operand, (byte) second, 0};
    }

    @Override
    public String toString() {
        return kind + (kind == Kind.NEXT_UPCALLS ? " " + Upcalls.values()[operand] + " " + second : " " + operand);
    }
}
