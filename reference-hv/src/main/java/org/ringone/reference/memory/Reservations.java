package org.ringone.reference.memory;

import org.ringone.xen.MemoryOp;
import org.ringone.xen.MmuUpdate;

/**
 * The commands of {@code memory_op} that give a domain frames or take them back, extent by extent. They tell how many extents
 * they have done, and nothing of why they did no more.
 */
final class Reservations {

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int MAX_EXTENTS = -1 >>> MemoryOps.COMMAND_BITS;
    private static final int TICKS = 400;

    private final MachineMemory machine;
    private final GuestArguments arguments = new GuestArguments();
    private boolean interrupted;

    Reservations(MachineMemory machine) {
        this.machine = machine;
    }

    /** Whether the last call stopped because something could not wait. */
    boolean interrupted() {
        return interrupted;
    }

    /**
     * Performs increase_reservation, decrease_reservation or populate_physmap.
     *
     * @param start extents that an earlier part of the call has done
     * @return extents done by now
     */
    int call(Caller caller, int command, int start, int argument) {
        interrupted = false;
        if (!arguments.fetch(caller, argument, 20)) {
            return start;
        }
        int list = arguments.intAt(0);
        int extents = arguments.intAt(4);
        int order = arguments.intAt(8);
        int limit = limit(arguments.intAt(12), machine.frames().frames());
        int domid = arguments.shortAt(16);
        if (Integer.compareUnsigned(extents, MAX_EXTENTS) > 0
                || Integer.compareUnsigned(start, extents) > 0
                || limit < 0) {
            return start;
        }
        DomainMemory domain;
        if (domid == MmuUpdate.DOMID_SELF) {
            domain = machine.domain(caller.domainId());
        } else {
            domain = caller.privileged() ? machine.domain(domid) : null;
        }
        boolean listNeeded = command != MemoryOp.INCREASE_RESERVATION || list != 0;
        if (domain == null
                || listNeeded && !GuestArguments.inGuestRange(list, extents, 4)
                || command != MemoryOp.DECREASE_RESERVATION && order != 0 && !caller.privileged()) {
            return start;
        }
        int done = start;
        for (; done < extents; done++) {
            if (done > start && caller.preempted()) {
                interrupted = true;
                break;
            }
            caller.charge(TICKS);
            int at = list + done * 4;
            boolean performed = command == MemoryOp.DECREASE_RESERVATION
                    ? decrease(caller, domain, at, order)
                    : increase(caller, domain, command, list == 0 ? 0 : at, order, limit);
            if (!performed) {
                break;
            }
        }
        return done;
    }

    /**
     * The frame below which memory must lie that some number of address bits reach.
     *
     * @return -1 when they reach none
     */
    static int limit(int addressBits, int frames) {
        int needed = 32 - Integer.numberOfLeadingZeros(frames - 1) + 12;
        if (addressBits == 0 || Integer.compareUnsigned(addressBits, needed) >= 0) {
            return NO_LIMIT;
        }
        return addressBits <= 12 ? -1 : 1 << addressBits - 12;
    }

    private boolean increase(Caller caller, DomainMemory domain, int command, int at, int order, int limit) {
        int pfn = 0;
        if (command == MemoryOp.POPULATE_PHYSMAP) {
            if (!arguments.fetch(caller, at, 4)) {
                return false;
            }
            pfn = arguments.intAt(0);
        }
        int mfn = machine.allocate(domain, order, limit);
        if (mfn < 0) {
            return false;
        }
        if (command == MemoryOp.POPULATE_PHYSMAP) {
            for (int i = 0; i < 1 << order; i++) {
                machine.machineToPhysical().set(mfn + i, pfn + i);
            }
        }
        arguments.setInt(0, mfn);
        return at == 0 || arguments.store(caller, at, 0, 4);
    }

    /** PT-14, SAFE-04: a frame given back stays the domain's for as long as it is in use. */
    private boolean decrease(Caller caller, DomainMemory domain, int at, int order) {
        if (!arguments.fetch(caller, at, 4)) {
            return false;
        }
        int mfn = arguments.intAt(0);
        if (Integer.compareUnsigned(order, 20) > 0) {
            return false;
        }
        for (int i = 0; i < 1 << order; i++) {
            if (!domain.giveBack(mfn + i)) {
                return false;
            }
        }
        return true;
    }
}
