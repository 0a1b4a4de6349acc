package org.ringone.reference;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.InterruptKind;
import org.ringone.emulator.TrapSink;
import org.ringone.emulator.Vector;

/** Where a vcpu's processor enters the hypervisor: every exception and software interrupt, and then the way back. */
final class GuestTrapSink implements TrapSink {

    private Vcpu vcpu;

    GuestTrapSink() {}

    void serve(Vcpu v) {
        vcpu = v;
    }

    @Override
    public void exception(Cpu cpu, int vector, int errorCode) {
        Vcpu v = vcpu;
        v.domain.machine.entered(v, ReferenceMachine.TRAP_COST);
        v.domain.machine.trace.exception(v, vector, errorCode, v.state.eip);
        GuestObserver observer = v.observer();
        observer.entered(v.view);
        observer.trap(v.view, vector, errorCode, v.state.eip);
        v.parts().exceptions.handle(v, vector, errorCode);
        observer.trapHandled(v.view, vector, v.bounce.waiting);
        v.parts().guestReturn.leave(v);
        observer.left(v.view);
    }

    @Override
    public void interrupt(Cpu cpu, int vector, InterruptKind kind, int start) {
        Vcpu v = vcpu;
        if (vector == SoftwareInterrupts.HYPERCALL
                && v.parts().softwareInterrupts.isHypercall(v, kind)) {
            v.domain.machine.entered(v, ReferenceMachine.HYPERCALL_COST);
            v.observer().entered(v.view);
            v.domain.machine.hypercalls.enter(v);
        } else if (vector == SoftwareInterrupts.DIRECT
                && v.parts().softwareInterrupts.isDirect(v, kind)) {
            if (v.domain.machine.directGate.enter(v, v.liveGate80, start)) {
                return; // the hypervisor was not entered
            }
            v.domain.machine.entered(v, ReferenceMachine.TRAP_COST);
            v.observer().entered(v.view);
        } else {
            v.domain.machine.entered(v, ReferenceMachine.TRAP_COST);
            v.domain.machine.trace.exception(v, vector, Vector.NO_ERROR_CODE, start);
            v.observer().entered(v.view);
            v.observer().trap(v.view, vector, Vector.NO_ERROR_CODE, start);
            v.parts().softwareInterrupts.handle(v, vector, kind, start);
            v.observer().trapHandled(v.view, vector, v.bounce.waiting);
        }
        v.parts().guestReturn.leave(v);
        v.observer().left(v.view);
    }

    @Override
    public void watchedWritten(Cpu cpu, int start) {
        vcpu.observer().vcpuInfoWritten(vcpu.view, start);
    }

    @Override
    public void identifying(Cpu cpu) {
        vcpu.observer().identifying(vcpu.view);
    }
}
