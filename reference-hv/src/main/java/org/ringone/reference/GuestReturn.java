package org.ringone.reference;

/**
 * The way back from the hypervisor to the guest: timers that are due, a pending event, and then the guest's segment
 * registers. What cannot be restored goes to the guest's failsafe callback.
 */
public class GuestReturn {

    /**
     * Leaves the hypervisor. Afterwards the vcpu either runs guest code next, or sleeps, or its domain has ended.
     *
     * <p>EVT-04: whatever the reason for the entry was, a pending and unmasked event is delivered on the way out. EVT-07: its
     * delivery masks events, so at most one is.
     */
    final void leave(Vcpu v) {
        boolean failsafeEntered = false;
        if (v.bounce.waiting) {
            v.parts().trapDelivery.push(v);
        }
        while (v.domain.running()) {
            v.domain.machine.fireTimers();
            if (v.blocked || v.down) {
                v.cpu.requestStop();
                return;
            }
            if (v.parts().callbacks.nmiDue(v)) {
                v.parts().callbacks.enterNmi(v);
                failsafeEntered = false;
            } else if (upcallDue(v)) {
                v.observer().upcall(v.view);
                v.parts().eventDelivery.upcall(v);
                failsafeEntered = false;
            } else if (!v.mustReload() && withinCode(v) || restore(v)) {
                return;
            } else if (failsafeEntered) {
                v.domain.kill(v, "the failsafe callback itself cannot be entered");
            } else {
                v.parts().callbacks.enterFailsafe(v);
                failsafeEntered = true;
            }
        }
        v.cpu.requestStop();
    }

    /** EVT-04: whether an upcall is made on this way out. */
    protected boolean upcallDue(Vcpu v) {
        return v.parts().eventDelivery.needed(v);
    }

    /** Whether the guest goes on within its code segment: the hypervisor may have completed the last instruction there. */
    private static boolean withinCode(Vcpu v) {
        return Integer.compareUnsigned(v.state.eip, v.state.limit(Vcpu.CS)) <= 0;
    }

    /** Loads the segment registers anew; false when one of them, or the return itself, would fault (UPC-03, UPC-04). */
    protected boolean restore(Vcpu v) {
        SegmentReload reload = v.parts().segmentReload;
        if (v.vm86()) {
            reload.enterVm86(v);
        } else {
            ReferenceMachine machine = v.domain.machine;
            if (!reload.loadData(v, machine.scratch1) || !reload.returnToGuest(v, machine.scratch1, machine.scratch2)) {
                return false;
            }
        }
        v.reloaded();
        return true;
    }
}
