package org.ringone.reference.memory;

import org.ringone.xen.AddressSpace;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MemoryOp;
import org.ringone.xen.MmuUpdate;

/** Hypercall {@code memory_op}: how many frames a domain has, which, and where the machine-to-physical table lies. */
public final class MemoryOps {

    /** Commands take the low bits; above them stands how far an interrupted one has come. */
    static final int COMMAND_BITS = 4;

    private static final int COMMAND_MASK = (1 << COMMAND_BITS) - 1;
    private static final int MAXIMUM_GPFN = 14;

    private final MachineMemory machine;
    private final Reservations reservations;
    private final Exchange exchange;
    private final GuestArguments arguments = new GuestArguments();

    /** Why {@link #subject} last gave none. */
    private int refusal;

    public MemoryOps(MachineMemory machine) {
        this.machine = machine;
        this.reservations = new Reservations(machine);
        this.exchange = new Exchange(machine);
    }

    /**
     * Performs a command.
     *
     * @param command the command in bits 0-3; above them how many extents an earlier part of the call has done
     * @param argument linear address of the command's structure
     * @return what the command says: often a count, else 0 or a negative errno
     */
    public int call(Caller caller, int command, int argument) {
        int result =
                switch (command & COMMAND_MASK) {
                    case MemoryOp.INCREASE_RESERVATION, MemoryOp.DECREASE_RESERVATION, MemoryOp.POPULATE_PHYSMAP ->
                        reserve(caller, command, argument);
                    case MemoryOp.EXCHANGE -> exchange.call(caller, argument);
                    case MemoryOp.MAXIMUM_RAM_PAGE -> machine.frames().frames();
                    case MemoryOp.CURRENT_RESERVATION, MemoryOp.MAXIMUM_RESERVATION, MAXIMUM_GPFN ->
                        reservation(caller, command & COMMAND_MASK, argument);
                    case MemoryOp.ADD_TO_PHYSMAP -> ofTranslatedDomain(caller, argument, 16);
                    case MemoryOp.TRANSLATE_GPFN_LIST -> ofTranslatedDomain(caller, argument, 16);
                    case MemoryOp.MACHPHYS_MAPPING -> machphysMapping(caller, argument);
                    case MemoryOp.MACHPHYS_MFN_LIST -> machphysFrames(caller, argument);
                    case MemoryOp.SET_MEMORY_MAP -> setMemoryMap(caller, argument);
                    case MemoryOp.MEMORY_MAP -> memoryMap(caller, argument);
                    case MemoryOp.MACHINE_MEMORY_MAP -> machineMemoryMap(caller, argument);
                    default -> Errno.ENOSYS.result();
                };
        machine.settle();
        return result;
    }

    private int reserve(Caller caller, int command, int argument) {
        int done = reservations.call(caller, command & COMMAND_MASK, command >>> COMMAND_BITS, argument);
        return reservations.interrupted()
                ? caller.continuation(
                        Hypercall.MEMORY_OP.number(), command & COMMAND_MASK | done << COMMAND_BITS, argument)
                : done;
    }

    /** The domain that a command is about, or null with {@link #refusal} set. */
    private DomainMemory subject(Caller caller, int domid) {
        if (domid == MmuUpdate.DOMID_SELF) {
            return machine.domain(caller.domainId());
        }
        if (!caller.privileged()) {
            refusal = Errno.EPERM.result();
            return null;
        }
        refusal = Errno.ESRCH.result();
        return machine.domain(domid);
    }

    private int reservation(Caller caller, int command, int argument) {
        if (!arguments.fetch(caller, argument, 2)) {
            return Errno.EFAULT.result();
        }
        DomainMemory domain = subject(caller, arguments.shortAt(0));
        if (domain == null) {
            return refusal;
        }
        return switch (command) {
            case MemoryOp.CURRENT_RESERVATION -> domain.held();
            case MemoryOp.MAXIMUM_RESERVATION -> domain.maxFrames();
            default -> domain.highestPfn();
        };
    }

    /** Commands for domains whose frames Xen translates: there are none here, so that all of them are refused. */
    private int ofTranslatedDomain(Caller caller, int argument, int size) {
        if (!arguments.fetch(caller, argument, size)) {
            return Errno.EFAULT.result();
        }
        return subject(caller, arguments.shortAt(0)) == null ? refusal : Errno.EINVAL.result();
    }

    /** BOOT-11, BOOT-15: where the machine-to-physical table lies. */
    private int machphysMapping(Caller caller, int argument) {
        arguments.setInt(0, AddressSpace.MACH2PHYS_START);
        arguments.setInt(4, AddressSpace.MACH2PHYS_END);
        arguments.setInt(8, (AddressSpace.MACH2PHYS_END - AddressSpace.MACH2PHYS_START >>> 2) - 1);
        return arguments.store(caller, argument, 0, 12) ? 0 : Errno.EFAULT.result();
    }

    /** The first frame of each 2 MiB of the machine-to-physical table. */
    private int machphysFrames(Caller caller, int argument) {
        if (!arguments.fetch(caller, argument, 12)) {
            return Errno.EFAULT.result();
        }
        int max = arguments.intAt(0);
        int list = arguments.intAt(4);
        MachineToPhysical table = machine.machineToPhysical();
        int count = Integer.compareUnsigned(max, table.chunks()) < 0 ? max : table.chunks();
        for (int i = 0; i < count; i++) {
            arguments.setInt(0, table.chunkFrame(i));
            if (!arguments.store(caller, list + i * 4, 0, 4)) {
                return Errno.EFAULT.result();
            }
        }
        arguments.setInt(0, count);
        return arguments.store(caller, argument + 8, 0, 4) ? 0 : Errno.EFAULT.result();
    }

    /** Keeps a memory map for the domain to ask for; by the era's leave a domain may do so for itself. */
    private int setMemoryMap(Caller caller, int argument) {
        if (!arguments.fetch(caller, argument, 12)) {
            return Errno.EFAULT.result();
        }
        int entries = arguments.intAt(4);
        int buffer = arguments.intAt(8);
        if (Integer.compareUnsigned(entries, DomainMemory.MAX_MAP_ENTRIES) > 0) {
            return Errno.EINVAL.result();
        }
        DomainMemory domain = subject(caller, arguments.shortAt(0));
        if (domain == null) {
            return refusal;
        }
        byte[] map = new byte[entries * DomainMemory.MAP_ENTRY_SIZE];
        if (!caller.copyIn(buffer, map, 0, map.length)) {
            return Errno.EFAULT.result();
        }
        domain.setMemoryMap(map);
        return 0;
    }

    private int memoryMap(Caller caller, int argument) {
        byte[] map = machine.domain(caller.domainId()).memoryMap();
        if (map.length == 0) {
            return Errno.ENOSYS.result(); // nobody has made one
        }
        if (!arguments.fetch(caller, argument, 8)) {
            return Errno.EFAULT.result();
        }
        int have = map.length / DomainMemory.MAP_ENTRY_SIZE;
        int count = Integer.compareUnsigned(arguments.intAt(0), have) < 0 ? arguments.intAt(0) : have;
        return storeMap(caller, argument, map, count);
    }

    /** The machine's own map: everything is memory. */
    private int machineMemoryMap(Caller caller, int argument) {
        if (!caller.privileged()) {
            return Errno.EINVAL.result();
        }
        if (!arguments.fetch(caller, argument, 8)) {
            return Errno.EFAULT.result();
        }
        if (Integer.compareUnsigned(arguments.intAt(0), 2) < 0) {
            return Errno.EINVAL.result(); // the era wants room for one more than there are
        }
        return storeMap(
                caller, argument, DomainMemory.memoryUpTo(machine.frames().frames()), 1);
    }

    private int storeMap(Caller caller, int argument, byte[] map, int count) {
        if (!caller.copyOut(arguments.intAt(4), map, 0, count * DomainMemory.MAP_ENTRY_SIZE)) {
            return Errno.EFAULT.result();
        }
        arguments.setInt(0, count);
        return arguments.store(caller, argument, 0, 4) ? 0 : Errno.EFAULT.result();
    }
}
