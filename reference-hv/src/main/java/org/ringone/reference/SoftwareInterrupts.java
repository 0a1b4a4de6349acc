package org.ringone.reference;

import org.ringone.emulator.InterruptKind;
import org.ringone.emulator.Vector;

/**
 * INT n, INT3 and INTO. The hypervisor's own gates let ring 1 use vector 0x82 and everybody use 3 and 4; all other INT n fault
 * in hardware, which is how the hypervisor learns of them.
 */
public class SoftwareInterrupts {

    /** The vector of hypercalls (BOOT-13). */
    static final int HYPERCALL = 0x82;
    /** The vector that may go straight to the guest's kernel (TRAP-06). */
    static final int DIRECT = 0x80;

    /** BOOT-13: the hypercall gate is open to ring 1 and to no other. */
    public boolean isHypercall(Vcpu v, InterruptKind kind) {
        return kind == InterruptKind.INT_N && v.inGuestKernel();
    }

    /** Handles what is neither a hypercall nor taken by a direct gate. */
    public void handle(Vcpu v, int vector, InterruptKind kind, int start) {
        if (kind == InterruptKind.ICEBP) {
            v.parts().exceptions.handle(v, Vector.DB, Vector.NO_ERROR_CODE);
        } else if (kind == InterruptKind.INT_N && v.vm86()) {
            v.state.eip = start; // IOPL is 0
            v.parts().exceptions.generalProtection(v, 0);
        } else if (vector == Vector.BP || vector == Vector.OF) {
            v.parts().trapDelivery.trap(v, vector); // TRAP-03: the guest's DPL plays no part
        } else {
            v.state.eip = start;
            v.parts().exceptions.generalProtection(v, vector << 3 | Vector.IDT);
        }
    }

    /** TRAP-03: whether the running ring may raise that vector by INT n. */
    public boolean permitted(Vcpu v, int vector) {
        return v.traps.dpl(vector) >= (v.inGuestKernel() ? 1 : 3);
    }

    /**
     * Sets up the direct gate after vector 0x80 got another handler (TRAP-06): for a handler that does not mask events, in a
     * segment that a gate may name. One that is taken away stays in the processor's table until the vcpu is scheduled again.
     */
    public void handlerChanged(Vcpu v) {
        int cs = v.traps.selector(DIRECT);
        if (v.traps.masksEvents(DIRECT) || !v.parts().descriptorChecks.gateTarget(cs)) {
            v.gate80 = null;
        } else {
            v.gate80 = new DirectGate(cs, v.traps.address(DIRECT), v.traps.dpl(DIRECT));
            v.liveGate80 = v.gate80;
        }
    }

    /** TRAP-06: whether INT 0x80 goes through the direct gate; if not, it is an INT n like any other. */
    public boolean isDirect(Vcpu v, InterruptKind kind) {
        DirectGate gate = v.liveGate80;
        return gate != null && kind == InterruptKind.INT_N && !v.vm86() && v.state.cpl() <= gate.dpl();
    }
}
