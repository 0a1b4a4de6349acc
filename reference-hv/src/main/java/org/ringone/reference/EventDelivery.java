package org.ringone.reference;

/**
 * When a guest learns of an event: the pending bit of the channel, the selector bit of its word, the vcpu's pending byte and
 * mask byte, in that order (EVT-02, EVT-09). All of them lie in memory that the guest writes as it likes.
 */
public class EventDelivery {

    /**
     * Raises an event on a port (EVT-09): the upcall follows only if the pending bit was clear, the channel is not masked, and
     * no other channel of its word was waiting.
     *
     * @param v the vcpu that the port notifies
     */
    public void raise(Vcpu v, int port) {
        GuestDomain domain = v.domain;
        boolean already = domain.shared.testAndSetPending(port);
        v.observer().raised(v.view, port, already);
        if (already) {
            return;
        }
        domain.machine.trace.event(v, port);
        if (!domain.shared.masked(port) && !domain.shared.testAndSetSelector(v.id, port >>> 5)) {
            markPending(v);
        }
        wakePollers(domain);
    }

    /** EVTCHNOP_unmask (EVT-10): what was held back by the channel's mask raises the upcall now. */
    public void unmask(Vcpu v, int port) {
        SharedInfoView shared = v.domain.shared;
        if (shared.testAndClearMask(port) && shared.pending(port) && !shared.testAndSetSelector(v.id, port >>> 5)) {
            markPending(v);
        }
    }

    /** Sets the vcpu's pending byte, its own alone (EVT-15), and wakes it if that is news. */
    protected void markPending(Vcpu v) {
        if (!v.domain.shared.upcallPending(v.id)) {
            v.domain.shared.setUpcallPending(v.id);
            wake(v);
        }
    }

    private static void wakePollers(GuestDomain domain) {
        for (Vcpu v : domain.vcpus) {
            if (v.polling) {
                v.polling = false;
                v.pollTimeout = Vcpu.NEVER;
                wake(v);
            }
        }
    }

    static void wake(Vcpu v) {
        v.kicked = true;
        if (v.blocked) {
            v.blocked = false;
            v.runstate.change(v.down ? Runstate.OFFLINE : Runstate.RUNNABLE, v.domain.machine.now());
        }
    }

    /** Whether an upcall has to be made before the guest goes on: something pending and a mask of zero (EVT-02, EVT-04). */
    public boolean needed(Vcpu v) {
        return v.domain.shared.upcallMask(v.id) == 0 && v.domain.shared.upcallPending(v.id);
    }

    /** Enters the event callback (UPC-02, EVT-07): events are masked, the pending byte is left for the guest to clear. */
    public void upcall(Vcpu v) {
        v.bounce.to(v.eventCallback.cs(), v.eventCallback.eip(), true);
        v.parts().trapDelivery.push(v);
    }

    /** Unmasks the vcpu's events on its behalf: SCHEDOP_block (EVT-12). */
    public void enable(Vcpu v) {
        v.domain.shared.setUpcallMask(v.id, 0);
    }
}
