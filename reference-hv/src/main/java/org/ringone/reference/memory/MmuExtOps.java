package org.ringone.reference.memory;

import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuExt;

/** Hypercall {@code mmuext_op}: pins, the page-table base, TLBs, the LDT. */
public final class MmuExtOps {

    private static final int TICKS = 200;
    private static final int MAX_LDT_ENTRIES = 8192;

    private final MachineMemory machine;
    private final PageTables tables;
    private final BatchRules rules;
    private final FlushRules flushes;
    private final GuestArguments arguments = new GuestArguments();

    public MmuExtOps(MachineMemory machine) {
        this.machine = machine;
        this.tables = machine.tables();
        this.rules = machine.rules().batches();
        this.flushes = machine.rules().flushes();
    }

    /**
     * PT-08, PT-26, TLB-01: performs operations in order up to the first that is refused.
     *
     * @param operations linear address of the elements
     * @param count elements; bit 31 says that this goes on with a batch that was interrupted
     * @param doneOut where the number of elements done goes; 0 for nowhere
     * @param foreignDomain the domain whose frames are pinned
     * @return 0 or a negative errno
     */
    public int call(Caller caller, int operations, int count, int doneOut, int foreignDomain) {
        Batch batch = new Batch(caller, arguments, rules, count, doneOut);
        int result = 0;
        int done = 0;
        int owner = ForeignDomain.of(machine, caller, foreignDomain);
        if (!GuestArguments.inGuestRange(operations, batch.count(), MmuExt.ELEMENT_SIZE)) {
            result = Errno.EFAULT.result();
        } else if (owner == ForeignDomain.NONE) {
            result = Errno.ESRCH.result();
        } else {
            for (; done < batch.count(); done++) {
                if (done > 0 && caller.preempted()) {
                    result = batch.interrupted(
                            Hypercall.MMUEXT_OP.number(), operations + done * MmuExt.ELEMENT_SIZE, done, foreignDomain);
                    break;
                }
                result = arguments.fetch(caller, operations + done * MmuExt.ELEMENT_SIZE, MmuExt.ELEMENT_SIZE)
                        ? perform(caller, arguments.intAt(0), arguments.intAt(4), arguments.intAt(8), owner)
                        : Errno.EFAULT.result();
                if (!rules.goesOn(result)) {
                    break;
                }
            }
            machine.settle();
        }
        batch.report(done);
        return result;
    }

    private int perform(Caller caller, int command, int mfnOrLinear, int second, int owner) {
        caller.charge(TICKS);
        int result = carryOut(caller, command, mfnOrLinear, second, owner);
        caller.extended(command, mfnOrLinear, second, result);
        return result;
    }

    private int carryOut(Caller caller, int command, int mfnOrLinear, int second, int owner) {
        return switch (command) {
            case MmuExt.PIN_L1_TABLE -> rules.outcome(UpdateKind.PIN, tables.pin(mfnOrLinear, PageType.L1, owner));
            case MmuExt.PIN_L2_TABLE -> rules.outcome(UpdateKind.PIN, tables.pin(mfnOrLinear, PageType.L2, owner));
            case MmuExt.PIN_L3_TABLE -> rules.outcome(UpdateKind.PIN, tables.pin(mfnOrLinear, PageType.L3, owner));
            case MmuExt.PIN_L4_TABLE -> 0; // there is no such level here: ignored, as in the era
            case MmuExt.UNPIN_TABLE -> rules.outcome(UpdateKind.UNPIN, tables.unpin(mfnOrLinear, caller.domainId()));
            case MmuExt.NEW_BASEPTR -> rules.outcome(UpdateKind.NEW_BASE, tables.newBase(caller, mfnOrLinear));
            case MmuExt.FLUSH_CACHE -> rules.outcome(UpdateKind.FLUSH_CACHE, caller.privileged());
            case MmuExt.SET_LDT -> rules.outcome(UpdateKind.LDT, setLdt(caller, mfnOrLinear, second));
            default -> flush(caller, command, mfnOrLinear, second);
        };
    }

    /** TLB-01 to TLB-03: the flushes, and the commands that do not exist. */
    private int flush(Caller caller, int command, int linear, int set) {
        int vcpus;
        switch (command) {
            case MmuExt.TLB_FLUSH_LOCAL, MmuExt.INVLPG_LOCAL:
                vcpus = 1 << caller.vcpuId();
                break;
            case MmuExt.TLB_FLUSH_MULTI, MmuExt.INVLPG_MULTI:
                if (!arguments.fetch(caller, set, 4)) {
                    return rules.outcome(UpdateKind.FLUSH, false);
                }
                vcpus = arguments.intAt(0);
                break;
            case MmuExt.TLB_FLUSH_ALL, MmuExt.INVLPG_ALL:
                vcpus = Caller.ALL;
                break;
            default:
                return rules.unknown();
        }
        vcpus = flushes.reached(vcpus, caller.vcpuId());
        if (command == MmuExt.TLB_FLUSH_LOCAL || command == MmuExt.TLB_FLUSH_MULTI || command == MmuExt.TLB_FLUSH_ALL) {
            flushes.flushAll(caller, vcpus);
        } else {
            flushes.flushPage(caller, linear, vcpus);
        }
        return rules.outcome(UpdateKind.FLUSH, true);
    }

    /** SEG-10: an LDT begins on a page, has up to 8192 entries and lies below the hypervisor's range. */
    private static boolean setLdt(Caller caller, int linear, int entries) {
        return (linear & 0xFFF) == 0
                && Integer.compareUnsigned(entries, MAX_LDT_ENTRIES) <= 0
                && GuestArguments.inGuestRange(linear, entries, 8)
                && caller.setLdt(linear, entries);
    }
}
