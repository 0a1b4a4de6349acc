package org.ringone.reference;

import org.ringone.emulator.Vector;
import org.ringone.reference.memory.Assist;

/** What the hypervisor makes of each exception of guest code: mends it, emulates the instruction, or passes it on. */
public class Exceptions {

    private static final int BREAKPOINTS = 0xF;

    /** Handles one exception; afterwards a frame may wait for delivery (TRAP-05). */
    public void handle(Vcpu v, int vector, int errorCode) {
        switch (vector) {
            case Vector.DB -> debug(v);
            case Vector.UD -> invalidOpcode(v);
            case Vector.NM -> deviceNotAvailable(v);
            case Vector.GP -> generalProtection(v, errorCode);
            case Vector.PF -> pageFault(v, v.state.cr2, errorCode);
            default -> pass(v, vector, errorCode);
        }
    }

    private static void pass(Vcpu v, int vector, int errorCode) {
        if (errorCode == Vector.NO_ERROR_CODE) {
            v.parts().trapDelivery.trap(v, vector);
        } else {
            v.parts().trapDelivery.trap(v, vector, errorCode);
        }
    }

    /** TRAP-11: the guest finds the cause in its debug register 6. */
    protected void debug(Vcpu v) {
        int cause = v.state.dr(6);
        if ((cause & BREAKPOINTS) != 0 && v.debugRegisters[7] == 0) {
            v.cpu.control().dr(7, 0);
            return;
        }
        v.debugRegisters[6] = cause;
        pass(v, Vector.DB, Vector.NO_ERROR_CODE);
    }

    /** PRIV-10: UD2 may be the forced-emulation prefix. */
    protected void invalidOpcode(Vcpu v) {
        if (v.parts().forcedEmulation.emulate(v)) {
            executed(v);
        } else {
            pass(v, Vector.UD, Vector.NO_ERROR_CODE);
        }
    }

    /** TRAP-11: the fault has set RF; an instruction that was carried out instead clears it like any other. */
    private static void executed(Vcpu v) {
        if (!v.bounce.waiting) {
            v.state.flags &= ~Vcpu.FLAG_RF;
        }
    }

    /** PRIV-07: delivering #NM clears the guest's task-switched flag. */
    protected void deviceNotAvailable(Vcpu v) {
        if (v.taskSwitched) {
            pass(v, Vector.NM, Vector.NO_ERROR_CODE);
        }
        v.parts().fpuSwitch.set(v, false);
    }

    /**
     * A general protection fault stands for many things: INT n to a gate that guests may not use (TRAP-03), a privileged
     * instruction to emulate (PRIV-03), a segment to turn over (SEG-07); else it is the guest's own.
     */
    public void generalProtection(Vcpu v, int errorCode) {
        if ((errorCode & 3) == Vector.IDT && v.parts().softwareInterrupts.permitted(v, errorCode >>> 3)) {
            v.state.eip += 2;
            pass(v, errorCode >>> 3, Vector.NO_ERROR_CODE);
            return;
        }
        if (errorCode == 0 && v.parts().privilegedInstructions.emulate(v)) {
            executed(v);
            return;
        }
        if (errorCode == 0
                && v.domain.memory.assist(Assist.FOUR_GB_SEGMENTS)
                && v.parts().fourGigabyteSegments.emulate(v)) {
            return;
        }
        pass(v, Vector.GP, errorCode);
    }

    /**
     * A page fault may be the hypervisor's own doing: a descriptor table page that is not mapped (SEG-02, SEG-10), or a store
     * to a page table that the assist emulates (PT-10).
     */
    protected void pageFault(Vcpu v, int address, int errorCode) {
        DescriptorTables tables = v.parts().descriptorTables;
        if (tables.inTables(v, address)) {
            tables.fault(v, address, errorCode);
            return;
        }
        if (v.machine().memoryHypercalls.storeFault(v, address, errorCode)) {
            return;
        }
        v.parts().trapDelivery.pageFault(v, address, errorCode);
    }
}
