package org.ringone.reference.memory;

import org.ringone.xen.Errno;

/** Hypercalls {@code update_va_mapping} and {@code update_va_mapping_otherdomain}: one L1 entry, by the address it maps. */
public final class UpdateVaMappings {

    private static final int TICKS = 300;

    private final MachineMemory machine;
    private final FrameTable frames;
    private final PageTables tables;
    private final FlushRequest flush;

    public UpdateVaMappings(MachineMemory machine) {
        this.machine = machine;
        this.frames = machine.frames();
        this.tables = machine.tables();
        this.flush = new FlushRequest(machine.rules().flushes());
    }

    /**
     * PT-12: changes the L1 entry of an address in the caller's present address space. The flush happens even when the change is
     * refused.
     *
     * @param flags see {@link org.ringone.xen.UpdateVaMapping}
     * @return 0, EINVAL, or EFAULT when the vcpu set cannot be read
     */
    public int call(Caller caller, int linear, int entryLow, int entryHigh, int flags) {
        return update(caller, linear, entryLow, entryHigh, flags, caller.domainId());
    }

    /**
     * PT-26: the same, mapping a frame of another domain; for privileged domains.
     *
     * @param foreignDomain whose frame it is; not the caller's own
     */
    public int callForOtherDomain(
            Caller caller, int linear, int entryLow, int entryHigh, int flags, int foreignDomain) {
        if (!caller.privileged()) {
            return Errno.EPERM.result();
        }
        int owner = ForeignDomain.of(machine, caller, foreignDomain);
        return owner == ForeignDomain.NONE
                ? Errno.ESRCH.result()
                : update(caller, linear, entryLow, entryHigh, flags, owner);
    }

    private int update(Caller caller, int linear, int entryLow, int entryHigh, int flags, int owner) {
        caller.charge(TICKS);
        BatchRules batches = machine.rules().batches();
        if (!machine.rules().entries().guestAddress(linear)) {
            return batches.outcome(UpdateKind.MAPPING, false);
        }
        long address = tables.l1EntryAddress(caller.baseMfn(), linear);
        long value = (long) entryHigh << 32 | entryLow & 0xFFFFFFFFL;
        long before = address >= 0 ? machine.ram().read64(address) : 0;
        boolean accepted = address >= 0
                && frames.type((int) (address >>> 12)) == PageType.L1 // through a linear table it may be an L2
                && tables.changeL1(address, value, caller.domainId(), owner);
        caller.entryWrite(TableRoute.UPDATE_VA_MAPPING, PageType.L1, address, before, value, accepted);
        machine.settle();
        int flushed = flush.perform(caller, linear, flags);
        if (flushed != 0) {
            return flushed;
        }
        return batches.outcome(UpdateKind.MAPPING, accepted);
    }
}
