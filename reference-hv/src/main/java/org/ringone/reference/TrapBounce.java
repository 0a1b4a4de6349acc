package org.ringone.reference;

/** A trap or upcall that waits to be pushed onto the guest's kernel stack; one per vcpu, reused. */
public final class TrapBounce {

    /** Whether anything waits. */
    boolean waiting;
    /** The handler's code selector. */
    int cs;
    /** The handler's entry point. */
    int eip;
    /** Whether an error code goes onto the frame. */
    boolean hasErrorCode;
    /** That error code. */
    int errorCode;
    /** Whether entering the handler masks events. */
    boolean masksEvents;
    /** Whether the data selectors go onto the frame: the failsafe callback. */
    boolean failsafe;

    TrapBounce() {}

    void to(int newCs, int newEip, boolean masks) {
        waiting = true;
        cs = newCs;
        eip = newEip;
        hasErrorCode = false;
        errorCode = 0;
        masksEvents = masks;
        failsafe = false;
    }

    void withErrorCode(int code) {
        hasErrorCode = true;
        errorCode = code;
    }

    TrapBounce copy() {
        TrapBounce copy = new TrapBounce();
        copy.waiting = waiting;
        copy.cs = cs;
        copy.eip = eip;
        copy.hasErrorCode = hasErrorCode;
        copy.errorCode = errorCode;
        copy.masksEvents = masksEvents;
        copy.failsafe = failsafe;
        return copy;
    }
}
