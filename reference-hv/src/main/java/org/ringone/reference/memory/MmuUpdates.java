package org.ringone.reference.memory;

import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MmuUpdate;

/** Hypercall {@code mmu_update}: a batch of writes to page tables and to the machine-to-physical table. */
public final class MmuUpdates {

    /** Virtual time of one element. */
    static final int TICKS = 300;

    private final MachineMemory machine;
    private final PhysicalMemory ram;
    private final FrameTable frames;
    private final PageTypes types;
    private final PageTables tables;
    private final BatchRules rules;
    private final GuestArguments arguments = new GuestArguments();

    public MmuUpdates(MachineMemory machine) {
        this.machine = machine;
        this.ram = machine.ram();
        this.frames = machine.frames();
        this.types = machine.types();
        this.tables = machine.tables();
        this.rules = machine.rules().batches();
    }

    /**
     * PT-08, PT-25, PT-26: applies updates in order up to the first that is refused.
     *
     * @param updates linear address of the elements
     * @param count elements; bit 31 says that this goes on with a batch that was interrupted
     * @param doneOut where the number of elements done goes; 0 for nowhere
     * @param foreignDomain the domain whose frames are mapped
     * @return 0 or a negative errno
     */
    public int call(Caller caller, int updates, int count, int doneOut, int foreignDomain) {
        Batch batch = new Batch(caller, arguments, rules, count, doneOut);
        int result = 0;
        int done = 0;
        int owner = ForeignDomain.of(machine, caller, foreignDomain);
        if (!GuestArguments.inGuestRange(updates, batch.count(), MmuUpdate.ELEMENT_SIZE)) {
            result = Errno.EFAULT.result();
        } else if (owner == ForeignDomain.NONE) {
            result = Errno.ESRCH.result();
        } else {
            for (; done < batch.count(); done++) {
                if (done > 0 && caller.preempted()) {
                    result = batch.interrupted(
                            Hypercall.MMU_UPDATE.number(),
                            updates + done * MmuUpdate.ELEMENT_SIZE,
                            done,
                            foreignDomain);
                    break;
                }
                result = arguments.fetch(caller, updates + done * MmuUpdate.ELEMENT_SIZE, MmuUpdate.ELEMENT_SIZE)
                        ? update(caller, arguments.longAt(0), arguments.longAt(8), owner)
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

    private int update(Caller caller, long pointer, long value, int owner) {
        caller.charge(TICKS);
        int mfn = (pointer >>> 44) != 0 ? -1 : (int) (pointer >>> 12);
        return switch ((int) pointer & PageTableEntry.SIZE - 1) {
            case MmuUpdate.NORMAL_PT_UPDATE ->
                rules.outcome(UpdateKind.ENTRY, write(caller, pointer, mfn, value, owner));
            case MmuUpdate.MACHPHYS_UPDATE ->
                rules.outcome(UpdateKind.MACHINE_TO_PHYSICAL, setMachineToPhysical(mfn, (int) value, owner));
            default -> rules.unknown();
        };
    }

    /** PT-02 to PT-09: changes an entry of a table, or plainly writes to an own page that is none. */
    private boolean write(Caller caller, long address, int mfn, long value, int owner) {
        int domid = caller.domainId();
        if (!types.getPage(mfn, domid)) {
            return false;
        }
        PageType type = frames.type(mfn);
        long before = ram.read64(address);
        boolean accepted;
        if (type.table() && types.getType(mfn, type)) {
            accepted = switch (type) {
                case L1 -> tables.changeL1(address, value, domid, owner);
                case L2, XEN_L2 -> tables.changeL2(address, value, type, domid);
                default -> tables.changeL3(address, value, domid);
            };
            types.putType(mfn);
        } else {
            accepted = types.getType(mfn, PageType.WRITABLE);
            if (accepted) {
                ram.write64(address, value);
                types.putType(mfn);
            }
        }
        types.putPage(mfn);
        caller.entryWrite(TableRoute.MMU_UPDATE, type, address, before, value, accepted);
        return accepted;
    }

    /** PT-09: says which pseudo-physical frame an own machine frame is. */
    private boolean setMachineToPhysical(int mfn, int pfn, int owner) {
        if (!types.getPage(mfn, owner)) {
            return false;
        }
        machine.machineToPhysical().set(mfn, pfn);
        types.putPage(mfn);
        return true;
    }
}
