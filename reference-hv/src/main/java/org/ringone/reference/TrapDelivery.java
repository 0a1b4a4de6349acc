package org.ringone.reference;

import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.DS;
import static org.ringone.reference.Vcpu.ES;
import static org.ringone.reference.Vcpu.ESP;
import static org.ringone.reference.Vcpu.FLAG_IF;
import static org.ringone.reference.Vcpu.FLAG_NT;
import static org.ringone.reference.Vcpu.FLAG_RF;
import static org.ringone.reference.Vcpu.FLAG_TF;
import static org.ringone.reference.Vcpu.FLAG_VM;
import static org.ringone.reference.Vcpu.FS;
import static org.ringone.reference.Vcpu.GS;
import static org.ringone.reference.Vcpu.SS;

/**
 * Delivers traps and upcalls: builds the frame on the guest kernel's stack and makes the guest go on in its handler (TRAP-02,
 * UPC-02). The frame is the architecture's, with two things folded in: the saved event mask in bits 16 to 23 of the CS slot,
 * and EFLAGS.IF telling whether events were enabled.
 */
public class TrapDelivery {

    /** Makes an exception wait for delivery, without an error code (TRAP-05). */
    public void trap(Vcpu v, int vector) {
        GuestTraps traps = v.traps;
        v.bounce.to(traps.selector(vector), traps.address(vector), traps.masksEvents(vector));
    }

    /** Makes an exception wait for delivery, with its error code (TRAP-05). */
    public void trap(Vcpu v, int vector, int errorCode) {
        trap(v, vector);
        v.bounce.withErrorCode(errorCode);
    }

    /**
     * Makes a page fault wait for delivery: CR2 goes where the guest looks for it, and the error code's user bit tells the
     * guest's user mode from its kernel (PT-20, PT-21, PRIV-08).
     */
    public void pageFault(Vcpu v, int address, int errorCode) {
        v.cr2 = address;
        v.domain.shared.setCr2(v.id, address);
        int code = errorCode & ~PageFaultCode.USER;
        trap(v, 14, v.inGuestKernel() ? code : code | PageFaultCode.USER);
    }

    /**
     * Pushes the waiting frame and enters the handler. A guest without a handler, or without a stack to push onto, dies
     * (TRAP-09, UPC-05, EVT-16).
     */
    public void push(Vcpu v) {
        TrapBounce bounce = v.bounce;
        bounce.waiting = false;
        v.domain.machine.trace.delivery(v, bounce);
        v.observer().entering(v.view, bounce.cs, bounce.eip, bounce.failsafe);
        if (!pushFrame(v, bounce)) {
            undeliverable(v, "the frame of a trap or upcall cannot be pushed onto the guest's kernel stack");
        } else if ((bounce.cs & ~3) == 0) {
            undeliverable(v, "the guest has no handler for a trap or upcall");
        }
    }

    /** TRAP-09: a guest that cannot be told of its exception has no way to go on. */
    protected void undeliverable(Vcpu v, String why) {
        v.domain.kill(v, why);
    }

    private boolean pushFrame(Vcpu v, TrapBounce bounce) {
        boolean vm86 = v.vm86();
        boolean outer = vm86 || (v.selector(CS) & 2) != 0;
        int stackSelector = outer ? v.kernelSs : v.selector(SS);
        int esp = outer ? kernelStackPointer(v) : v.state.r[ESP];
        GuestStack stack = v.domain.machine.stack;
        if (!stack.use(v, stackSelector, esp)) {
            return false;
        }
        if (outer) {
            if (vm86 && !stack.push(v.selector(GS), v.selector(FS), v.selector(DS), v.selector(ES))) {
                return false;
            }
            if (!stack.push(v.selector(SS), v.state.r[ESP])) {
                return false;
            }
        }
        int savedMask = maskOnEntry(v, bounce.masksEvents);
        if (!stack.push(savedFlags(v, savedMask), savedCodeSelector(v, savedMask), v.state.eip)) {
            return false;
        }
        if (bounce.hasErrorCode && !stack.push(bounce.errorCode)) {
            return false;
        }
        if (bounce.failsafe && !pushDataSelectors(v, stack, vm86)) {
            return false;
        }
        if (vm86) {
            clearDataSelectors(v);
        }
        v.state.eflags(v.state.eflags() & ~(FLAG_VM | FLAG_RF | FLAG_NT | FLAG_TF));
        v.cpu.modeChanged();
        v.setSelector(SS, stackSelector);
        v.state.r[ESP] = stack.esp();
        v.setSelector(CS, bounce.cs);
        v.state.eip = bounce.eip;
        return true;
    }

    private static boolean pushDataSelectors(Vcpu v, GuestStack stack, boolean vm86) {
        return vm86
                ? stack.push(0, 0, 0, 0)
                : stack.push(v.selector(GS), v.selector(FS), v.selector(ES), v.selector(DS));
    }

    /** The data segments of a guest in virtual-8086 mode, or of one whose selectors are on the failsafe frame, read null. */
    void clearDataSelectors(Vcpu v) {
        v.setSelector(DS, 0);
        v.setSelector(ES, 0);
        v.setSelector(FS, 0);
        v.setSelector(GS, 0);
    }

    /** UPC-02: where the frame of an entry from an outer ring begins, downwards. */
    protected int kernelStackPointer(Vcpu v) {
        return v.kernelSp;
    }

    /** TRAP-02: EFLAGS as the guest is to see them, IF telling whether events were enabled. */
    protected int savedFlags(Vcpu v, int savedMask) {
        int eflags = v.state.eflags() & ~FLAG_IF;
        return savedMask == 0 ? eflags | FLAG_IF : eflags;
    }

    /** TRAP-02, PRIV-01: the interrupted code's selector, and the saved mask in bits 16 to 23. */
    protected int savedCodeSelector(Vcpu v, int savedMask) {
        return savedMask << 16 | v.selector(CS);
    }

    /** The event mask to save; masks events if the handler wants that, else leaves the mask alone (TRAP-03, EVT-07). */
    protected int maskOnEntry(Vcpu v, boolean masks) {
        int saved = v.domain.shared.upcallMask(v.id);
        if (masks) {
            v.domain.shared.setUpcallMask(v.id, saved | 1);
        }
        return saved;
    }
}
