package org.ringone.reference;

import org.ringone.xen.Callbacks;
import org.ringone.xen.Errno;
import org.ringone.xen.Selectors;

/** The guest's entry points for upcalls: registering them (UPC-01) and entering them. */
public class GuestCallbacks {

    private static final int REGISTER_SIZE = 12;
    private static final int UNREGISTER_SIZE = 4;

    /** set_callbacks: both callbacks at once; the failsafe callback leaves the event mask alone (UPC-01). */
    public int setCallbacks(Vcpu v, int eventCs, int eventEip, int failsafeCs, int failsafeEip) {
        registerEvent(v, eventCs, eventEip);
        registerFailsafe(v, failsafeCs, failsafeEip, false);
        return 0;
    }

    /** callback_op (UPC-01). */
    public int callbackOp(Vcpu v, int command, int argument) {
        GuestRecord record = v.machine().record;
        return switch (command) {
            case Callbacks.REGISTER ->
                record.load(v, argument, REGISTER_SIZE)
                        ? register(v, record.u16(0), record.u16(2), record.i32(4) & 0xFFFF, record.i32(8))
                        : Errno.EFAULT.result();
            case Callbacks.UNREGISTER ->
                record.load(v, argument, UNREGISTER_SIZE) ? unregister(v, record.u16(0)) : Errno.EFAULT.result();
            default -> Errno.ENOSYS.result();
        };
    }

    private int register(Vcpu v, int type, int flags, int cs, int eip) {
        switch (type) {
            case Callbacks.TYPE_EVENT -> registerEvent(v, cs, eip);
            case Callbacks.TYPE_FAILSAFE -> registerFailsafe(v, cs, eip, (flags & Callbacks.FLAG_MASK_EVENTS) != 0);
            case Callbacks.TYPE_NMI -> {
                return registerNmi(v, eip);
            }
            default -> {
                return Errno.ENOSYS.result();
            }
        }
        return 0;
    }

    private int unregister(Vcpu v, int type) {
        return switch (type) {
            case Callbacks.TYPE_EVENT, Callbacks.TYPE_FAILSAFE -> Errno.EINVAL.result();
            case Callbacks.TYPE_NMI -> unregisterNmi(v);
            default -> Errno.ENOSYS.result();
        };
    }

    private void registerEvent(Vcpu v, int cs, int eip) {
        v.eventCallback = new Callback(v.parts().descriptorChecks.codeSelector(cs), eip, true);
    }

    private void registerFailsafe(Vcpu v, int cs, int eip, boolean masksEvents) {
        v.failsafeCallback = new Callback(v.parts().descriptorChecks.codeSelector(cs), eip, masksEvents);
    }

    /** nmi_op: only the initial domain's first vcpu gets non-maskable interrupts. */
    public int nmiOp(Vcpu v, int command, int argument) {
        switch (command) {
            case 0 -> {
                long handler = v.parts().guestCopy.read32(v, argument);
                return handler == GuestCopy.FAULT ? Errno.EFAULT.result() : registerNmi(v, (int) handler);
            }
            case 1 -> {
                return unregisterNmi(v);
            }
            default -> {
                return Errno.ENOSYS.result();
            }
        }
    }

    private static int registerNmi(Vcpu v, int eip) {
        if (v.domain.id() != 0 || v.id != 0) {
            return Errno.EINVAL.result();
        }
        v.nmiAddress = eip;
        return 0;
    }

    private static int unregisterNmi(Vcpu v) {
        v.nmiAddress = 0;
        return 0;
    }

    boolean nmiDue(Vcpu v) {
        return v.nmiPending && !v.nmiMasked && v.nmiAddress != 0;
    }

    void enterNmi(Vcpu v) {
        v.nmiPending = false;
        v.nmiMasked = true;
        v.bounce.to(Selectors.FLAT_RING1_CS, v.nmiAddress, true);
        v.parts().trapDelivery.push(v);
    }

    /**
     * Enters the failsafe callback (UPC-03, UPC-04): the original data selectors lie on its frame below the return frame, and
     * the registers are null. The event mask changes only if the guest registered it so.
     */
    public void enterFailsafe(Vcpu v) {
        Callback failsafe = v.failsafeCallback;
        v.bounce.to(failsafe.cs(), failsafe.eip(), failsafe.masksEvents());
        v.bounce.failsafe = true;
        v.parts().trapDelivery.push(v);
        v.parts().trapDelivery.clearDataSelectors(v);
    }
}
