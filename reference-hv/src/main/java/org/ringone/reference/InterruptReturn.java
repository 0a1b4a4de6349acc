package org.ringone.reference;

import static org.ringone.reference.Vcpu.CS;
import static org.ringone.reference.Vcpu.DS;
import static org.ringone.reference.Vcpu.EAX;
import static org.ringone.reference.Vcpu.ES;
import static org.ringone.reference.Vcpu.ESP;
import static org.ringone.reference.Vcpu.FLAG_IF;
import static org.ringone.reference.Vcpu.FLAG_IOPL;
import static org.ringone.reference.Vcpu.FLAG_VM;
import static org.ringone.reference.Vcpu.FS;
import static org.ringone.reference.Vcpu.GS;
import static org.ringone.reference.Vcpu.SS;

/** The iret hypercall (TRAP-10). */
public class InterruptReturn {

    private static final int MOST_FRAME_BYTES = 40;

    /**
     * Takes EAX, EIP, CS and EFLAGS from the guest's stack, and ESP and SS if the return is to an outer ring, or all segments
     * if it is to virtual-8086 mode. The event mask becomes the opposite of EFLAGS.IF, whatever the CS slot says (EVT-08); the
     * guest's IOPL is not taken. A frame that cannot be read, or a return to ring 0, ends the domain.
     *
     * @return the guest's EAX
     */
    public int perform(Vcpu v) {
        GuestRecord r = v.machine().record;
        int[] registers = v.state.r;
        int esp = registers[ESP];
        if (!v.parts().guestCopy.inGuestRange(esp, MOST_FRAME_BYTES) || !r.load(v, esp, 16)) {
            return crash(v);
        }
        int eax = r.i32(0);
        int eip = r.i32(4);
        int cs = r.u16(8);
        int eflags = r.i32(12);
        esp += 16;
        if ((eflags & FLAG_VM) != 0) {
            if (!r.load(v, esp, 24)) {
                return crash(v);
            }
            v.setSelector(SS, r.u16(4));
            v.setSelector(ES, r.u16(8));
            v.setSelector(DS, r.u16(12));
            v.setSelector(FS, r.u16(16));
            v.setSelector(GS, r.u16(20));
            esp = r.i32(0);
        } else if ((cs & 3) == 0) {
            return crash(v);
        } else if ((cs & 3) != 1) {
            if (!r.load(v, esp, 8)) {
                return crash(v);
            }
            esp = r.i32(0);
            v.setSelector(SS, r.u16(4));
        }
        registers[EAX] = eax;
        registers[ESP] = esp;
        v.state.eip = eip;
        v.setSelector(CS, cs);
        v.state.eflags(eflags & ~FLAG_IOPL | FLAG_IF);
        v.cpu.modeChanged();
        v.nmiMasked = false;
        setMask(v, (eflags & FLAG_IF) == 0);
        return eax;
    }

    /** EVT-08: unmasks exactly when the frame's EFLAGS.IF says so. */
    protected void setMask(Vcpu v, boolean masked) {
        v.domain.shared.setUpcallMask(v.id, masked ? 1 : 0);
    }

    private static int crash(Vcpu v) {
        v.domain.kill(v, "iret from a frame that cannot be read or to ring 0");
        return 0;
    }
}
