package org.ringone.reference;

import static org.ringone.reference.Vcpu.EAX;
import static org.ringone.reference.Vcpu.EBP;
import static org.ringone.reference.Vcpu.EBX;
import static org.ringone.reference.Vcpu.ECX;
import static org.ringone.reference.Vcpu.EDI;
import static org.ringone.reference.Vcpu.EDX;
import static org.ringone.reference.Vcpu.ESI;

import org.ringone.xen.Errno;

/**
 * The hypercall table of the era: number in EAX, arguments in EBX, ECX, EDX, ESI, EDI and EBP, result in EAX (BOOT-13).
 * Registers keep their values, as with the era's release build, unless a call is interrupted and goes on with other arguments.
 */
final class Hypercalls {

    private static final int INSTRUCTION_LENGTH = 2;

    private final ReferenceMachine machine;
    private final ReferenceParts parts;

    Hypercalls(ReferenceMachine machine) {
        this.machine = machine;
        this.parts = machine.parts;
    }

    /** Performs the hypercall that the guest's registers ask for. */
    void enter(Vcpu v) {
        int[] r = v.state.r;
        int number = r[EAX];
        v.inMulticall = false;
        int record = machine.trace.hypercall(v, number);
        int result = call(v, number, r[EBX], r[ECX], r[EDX], r[ESI], r[EDI], r[EBP]);
        r[EAX] = result;
        machine.trace.result(record, result);
    }

    /** Performs one hypercall, directly or as an entry of a multicall. An unknown number gives -ENOSYS (BOOT-13, MC-03). */
    int call(Vcpu v, int number, int a, int b, int c, int d, int e, int f) {
        GuestObserver observer = machine.observer;
        if (observer == GuestObserver.NONE) {
            return perform(v, number, a, b, c, d, e, f);
        }
        observer.hypercall(v.view, number, new int[] {a, b, c, d, e, f});
        int result = perform(v, number, a, b, c, d, e, f);
        observer.hypercallDone(v.view, number, result);
        return result;
    }

    private int perform(Vcpu v, int number, int a, int b, int c, int d, int e, int f) {
        return switch (number) {
            case 0 -> parts.trapTable.set(v, a);
            case 1 -> machine.memoryHypercalls.mmuUpdate(v, a, b, c, d);
            case 2 -> parts.descriptorTables.setGdt(v, a, b);
            case 3 -> parts.kernelStack.set(v, a, b);
            case 4 -> parts.callbacks.setCallbacks(v, a, b, c, d);
            case 5 -> parts.fpuSwitch.set(v, a != 0);
            case 6 -> parts.schedulerOps.oldOperation(v, a, b);
            case 7 -> parts.controlHypercalls.platformOp(v, a);
            case 8 -> parts.debugRegisters.set(v, a, b);
            case 9 -> parts.debugRegisters.get(v, a);
            case 10 -> parts.descriptorTables.update(v, join(a, b), join(c, d));
            case 12 -> machine.memoryHypercalls.memoryOp(v, a, b);
            case 13 -> parts.multicall.perform(v, a, b);
            case 14 -> machine.memoryHypercalls.updateVaMapping(v, a, b, c, d);
            case 15 -> parts.timers.setTimer(v, join(a, b));
            case 16 -> parts.eventChannels.oldOperation(v, a);
            case 17 -> parts.versionInfo.operation(v, a, b);
            case 18 -> parts.consoleHypercall.operation(v, a, b, c);
            case 19 -> parts.physdevOps.oldOperation(v, a);
            case 20 -> machine.memoryHypercalls.grantTableOp(v, a, b, c);
            case 21 -> machine.memoryHypercalls.vmAssist(v, a, b);
            case 22 -> machine.memoryHypercalls.updateVaMappingOtherDomain(v, a, b, c, d, e);
            case 23 -> parts.interruptReturn.perform(v);
            case 24 -> parts.vcpuOps.operation(v, a, b, c);
            case 26 -> machine.memoryHypercalls.mmuextOp(v, a, b, c, d);
            case 28 -> parts.callbacks.nmiOp(v, a, b);
            case 29 -> parts.schedulerOps.operation(v, a, b);
            case 30 -> parts.callbacks.callbackOp(v, a, b);
            case 32 -> parts.eventChannels.operation(v, a, b);
            case 33 -> parts.physdevOps.operation(v, a, b);
            case 34 -> parts.controlHypercalls.hvmOp(v, a, b);
            case 35 -> parts.controlHypercalls.sysctl(v, a);
            case 36 -> parts.controlHypercalls.domctl(v, a);
            case 37 -> parts.controlHypercalls.kexecOp(v);
            default -> Errno.ENOSYS.result();
        };
    }

    private static long join(int low, int high) {
        return low & 0xFFFFFFFFL | (long) high << 32;
    }

    /**
     * Makes an interrupted hypercall go on later, with other arguments, when the guest runs again: its instruction is executed
     * once more, or its multicall entry performed once more (MC-06).
     *
     * @return what the interrupted call is to return
     */
    int continueLater(Vcpu v, int number, int... arguments) {
        machine.observer.hypercallContinues(v.view, number);
        v.cpu.requestStop(); // what it made way for comes first; the processor may have been given more instructions
        if (v.inMulticall) {
            v.multicallPreempted = true;
            System.arraycopy(arguments, 0, v.multicallEntry, 2, arguments.length);
            return number;
        }
        int[] r = v.state.r;
        v.state.eip -= INSTRUCTION_LENGTH;
        for (int i = 0; i < arguments.length; i++) {
            r[argumentRegister(i)] = arguments[i];
        }
        return number;
    }

    private static int argumentRegister(int argument) {
        return switch (argument) {
            case 0 -> EBX;
            case 1 -> ECX;
            case 2 -> EDX;
            case 3 -> ESI;
            case 4 -> EDI;
            default -> EBP;
        };
    }
}
