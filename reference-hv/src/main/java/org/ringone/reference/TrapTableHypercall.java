package org.ringone.reference;

import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.TrapTable;

/** set_trap_table (TRAP-01). */
public class TrapTableHypercall {

    private static final int ENTRY_COST = 20;

    /**
     * Takes entries up to one whose address is 0; a null pointer clears all. A code selector below ring 1 is raised to it
     * (TRAP-04). A table without end is interrupted from time to time, and ends where the guest's memory does.
     */
    public int set(Vcpu v, int table) {
        if (table == 0) {
            v.traps.clear();
            v.parts().softwareInterrupts.handlerChanged(v);
            return 0;
        }
        for (int at = table; ; at += TrapTable.ENTRY_SIZE) {
            if (v.machine().preempts(v)) {
                return v.machine().hypercalls.continueLater(v, Hypercall.SET_TRAP_TABLE.number(), at);
            }
            GuestRecord r = v.machine().record;
            if (!r.load(v, at, TrapTable.ENTRY_SIZE)) {
                return Errno.EFAULT.result();
            }
            v.machine().charge(ENTRY_COST);
            int address = r.i32(TrapTable.ADDRESS);
            if (address == 0) {
                return 0;
            }
            int vector = r.u8(TrapTable.VECTOR);
            int cs = v.parts().descriptorChecks.codeSelector(r.u16(TrapTable.CS));
            v.traps.set(vector, r.u8(TrapTable.FLAGS), cs, address);
            if (vector == SoftwareInterrupts.DIRECT) {
                v.parts().softwareInterrupts.handlerChanged(v);
            }
        }
    }
}
