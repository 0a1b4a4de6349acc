package org.ringone.reference;

import org.ringone.reference.memory.GrantOps;
import org.ringone.reference.memory.MachineMemory;
import org.ringone.reference.memory.MemoryOps;
import org.ringone.reference.memory.MmuExtOps;
import org.ringone.reference.memory.MmuUpdates;
import org.ringone.reference.memory.UpdateVaMappings;
import org.ringone.reference.memory.VmAssists;
import org.ringone.reference.memory.WritablePageTables;

/** The hypercalls that machine memory carries out, with arguments as the registers bring them. */
final class MemoryHypercalls {

    private final MmuUpdates mmuUpdates;
    private final MmuExtOps mmuExtOps;
    private final UpdateVaMappings updateVaMappings;
    private final MemoryOps memoryOps;
    private final GrantOps grantOps;
    private final VmAssists vmAssists;
    private final WritablePageTables writablePageTables;

    MemoryHypercalls(MachineMemory memory) {
        mmuUpdates = new MmuUpdates(memory);
        mmuExtOps = new MmuExtOps(memory);
        updateVaMappings = new UpdateVaMappings(memory);
        memoryOps = new MemoryOps(memory);
        grantOps = new GrantOps(memory);
        vmAssists = new VmAssists(memory);
        writablePageTables = new WritablePageTables(memory);
    }

    int mmuUpdate(Vcpu v, int updates, int count, int doneOut, int foreignDomain) {
        return mmuUpdates.call(v, updates, count, doneOut, foreignDomain);
    }

    int mmuextOp(Vcpu v, int operations, int count, int doneOut, int foreignDomain) {
        return mmuExtOps.call(v, operations, count, doneOut, foreignDomain);
    }

    int updateVaMapping(Vcpu v, int linear, int entryLow, int entryHigh, int flags) {
        return updateVaMappings.call(v, linear, entryLow, entryHigh, flags);
    }

    int updateVaMappingOtherDomain(Vcpu v, int linear, int entryLow, int entryHigh, int flags, int domid) {
        return updateVaMappings.callForOtherDomain(v, linear, entryLow, entryHigh, flags, domid);
    }

    int memoryOp(Vcpu v, int command, int argument) {
        return memoryOps.call(v, command, argument);
    }

    int grantTableOp(Vcpu v, int command, int elements, int count) {
        return grantOps.call(v, command, elements, count);
    }

    /** PT-10: whether a store that faulted was one to a page table, and has been carried out. */
    boolean storeFault(Vcpu v, int linear, int errorCode) {
        return writablePageTables.storeFault(v, v.cpu, linear, errorCode);
    }

    int vmAssist(Vcpu v, int command, int assist) {
        return vmAssists.call(v, command, assist);
    }
}
