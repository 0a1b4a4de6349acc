package org.ringone.reference.memory;

import org.ringone.xen.Errno;
import org.ringone.xen.GrantTableOp;
import org.ringone.xen.MmuUpdate;

/**
 * Hypercall {@code grant_table_op}: memory that domains share of their own will. The call itself gives 0 when every element could
 * be read and answered; how each fared stands in its status.
 */
public final class GrantOps {

    private static final int TICKS = 300;
    private static final int MAP_SIZE = 32;
    private static final int UNMAP_SIZE = 24;
    private static final int SETUP_SIZE = 16;
    private static final int QUERY_SIZE = 16;
    private static final int TRANSFER_SIZE = 16;
    private static final int COPY_SIZE = 24;
    private static final int PAGE = 4096;

    private final MachineMemory machine;
    private final PageTypes types;
    private final GrantRules rules;
    private final GuestArguments arguments = new GuestArguments();
    private final GrantMappings hostMappings;
    private final byte[] page = new byte[PAGE];

    public GrantOps(MachineMemory machine) {
        this.machine = machine;
        this.types = machine.types();
        this.rules = machine.rules().grants();
        this.hostMappings = new GrantMappings(machine);
    }

    /**
     * Performs one command on each element of an array.
     *
     * @param elements where the array lies
     * @return 0 or a negative errno
     */
    public int call(Caller caller, int command, int elements, int count) {
        if (Integer.compareUnsigned(count, GrantTableOp.MOST_ELEMENTS) > 0) {
            return Errno.EINVAL.result();
        }
        return switch (command) {
            case GrantTableOp.MAP_GRANT_REF -> each(caller, elements, count, MAP_SIZE, this::map);
            case GrantTableOp.UNMAP_GRANT_REF -> {
                int result = each(caller, elements, count, UNMAP_SIZE, this::unmap);
                caller.flushTlb(Caller.ALL);
                yield result;
            }
            case GrantTableOp.SETUP_TABLE -> one(caller, elements, count, SETUP_SIZE, this::setUpTable);
            case GrantTableOp.TRANSFER -> each(caller, elements, count, TRANSFER_SIZE, this::transfer);
            case GrantTableOp.COPY -> each(caller, elements, count, COPY_SIZE, this::copy);
            case GrantTableOp.QUERY_SIZE -> one(caller, elements, count, QUERY_SIZE, this::querySize);
            default -> Errno.ENOSYS.result();
        };
    }

    /** Performs a command on the element in {@link #arguments} and leaves its answer there. */
    private interface Command {
        void perform(Caller caller);
    }

    private int one(Caller caller, int elements, int count, int size, Command command) {
        return count == 1 ? each(caller, elements, count, size, command) : Errno.EINVAL.result();
    }

    private int each(Caller caller, int elements, int count, int size, Command command) {
        if (!GuestArguments.inGuestRange(elements, count, size)) {
            return Errno.EFAULT.result();
        }
        int result = 0;
        for (int i = 0; i < count && result == 0; i++) {
            caller.charge(TICKS);
            int at = elements + i * size;
            if (arguments.fetch(caller, at, size)) {
                command.perform(caller);
                result = arguments.store(caller, at, 0, size) ? 0 : Errno.EFAULT.result();
            } else {
                result = Errno.EFAULT.result();
            }
        }
        machine.settle();
        return result;
    }

    private DomainMemory own(Caller caller) {
        return machine.domain(caller.domainId());
    }

    // ---- the table itself

    private void setUpTable(Caller caller) {
        int wanted = arguments.intAt(4);
        int list = arguments.intAt(12);
        DomainMemory domain = tableOwner(caller);
        int status = GrantTableOp.OKAY;
        if (Integer.compareUnsigned(wanted, GrantTable.MOST_FRAMES) > 0) {
            status = GrantTableOp.GENERAL_ERROR;
        } else if (domain == null) {
            status = refusal(caller);
        } else if (!domain.growGrants(wanted)) {
            status = GrantTableOp.GENERAL_ERROR;
        }
        byte[] element = arguments.copy(SETUP_SIZE);
        for (int i = 0; status == GrantTableOp.OKAY && i < wanted; i++) {
            arguments.setInt(0, rules.listed(domain.grants().frames(), i));
            if (!arguments.store(caller, list + 4 * i, 0, 4)) {
                break; // the era looks no further at whether the list could be written
            }
        }
        arguments.restore(element);
        arguments.setShort(8, status);
    }

    private void querySize(Caller caller) {
        DomainMemory domain = tableOwner(caller);
        if (domain != null) {
            arguments.setInt(4, domain.grants().frames().length);
            arguments.setInt(8, GrantTable.MOST_FRAMES);
        }
        arguments.setShort(12, domain == null ? refusal(caller) : GrantTableOp.OKAY);
    }

    /** The domain whose table the element in the window is about; null when the caller may not, or there is none. */
    private DomainMemory tableOwner(Caller caller) {
        int domid = arguments.shortAt(0);
        if (domid == MmuUpdate.DOMID_SELF) {
            return own(caller);
        }
        return caller.privileged() ? machine.domain(domid) : null;
    }

    private static int refusal(Caller caller) {
        return caller.privileged() ? GrantTableOp.BAD_DOMAIN : GrantTableOp.PERMISSION_DENIED;
    }

    // ---- mappings

    private void map(Caller caller) {
        int flags = arguments.intAt(8);
        int ref = arguments.intAt(12);
        int host = flags >> 1 & 1;
        int device = flags & 1;
        boolean readOnly = (flags & GrantTableOp.READONLY) != 0;
        DomainMemory granter = machine.domain(arguments.shortAt(16));
        int status;
        if (host + device == 0) {
            status = GrantTableOp.BAD_GNTREF;
        } else if (granter == null) {
            status = GrantTableOp.BAD_DOMAIN;
        } else if (!own(caller).grants().mayKeep()) {
            status = GrantTableOp.NO_DEVICE_SPACE;
        } else {
            status = granter.grants().begin(ref, caller.domainId(), readOnly, host, device);
            if (status == GrantTableOp.OKAY) {
                int mfn = granter.grants().frameInUse(ref);
                status = hold(caller, granter.id(), mfn, flags);
                if (status == GrantTableOp.OKAY) {
                    GrantTable.Mapping mapping = new GrantTable.Mapping(granter.id(), ref, mfn, flags & 0x1F);
                    arguments.setInt(20, own(caller).grants().keep(mapping));
                    arguments.setLong(24, (long) mfn << 12);
                } else {
                    granter.grants().end(ref, readOnly, host, device);
                }
            }
        }
        arguments.setShort(18, status);
    }

    /** Takes what a mapping holds of its frame: a reference, and a use as writable memory, for the host and for a device each. */
    private int hold(Caller caller, int granter, int mfn, int flags) {
        boolean readOnly = (flags & GrantTableOp.READONLY) != 0;
        boolean host = (flags & GrantTableOp.HOST_MAP) != 0;
        if (!take(mfn, granter, readOnly)) {
            return GrantTableOp.GENERAL_ERROR;
        }
        if (host && !hostMappings.create(caller, arguments.longAt(0), mfn, flags)) {
            drop(mfn, readOnly);
            return GrantTableOp.GENERAL_ERROR;
        }
        if (host && (flags & GrantTableOp.DEVICE_MAP) != 0) {
            take(mfn, granter, readOnly);
        }
        return GrantTableOp.OKAY;
    }

    private boolean take(int mfn, int owner, boolean readOnly) {
        return rules.writes(readOnly) ? types.getPageAndType(mfn, owner, PageType.WRITABLE) : types.getPage(mfn, owner);
    }

    private void drop(int mfn, boolean readOnly) {
        if (rules.writes(readOnly)) {
            types.putPageAndType(mfn);
        } else {
            types.putPage(mfn);
        }
    }

    private void unmap(Caller caller) {
        long hostAddress = arguments.longAt(0);
        int frame = (int) (arguments.longAt(8) >>> 12);
        int handle = arguments.intAt(16);
        GrantTable own = own(caller).grants();
        GrantTable.Mapping mapping = own.mapping(handle);
        int status = GrantTableOp.OKAY;
        if (mapping == null) {
            status = GrantTableOp.BAD_HANDLE;
        } else if (frame != 0 && frame != mapping.mfn()) {
            status = GrantTableOp.GENERAL_ERROR;
        } else {
            GrantTable.Mapping left = mapping;
            if (frame != 0 && (left.flags() & GrantTableOp.DEVICE_MAP) != 0) {
                left = left.without(GrantTableOp.DEVICE_MAP);
                release(mapping, 0, 1);
            }
            if (hostAddress != 0 && (left.flags() & GrantTableOp.HOST_MAP) != 0) {
                if (hostMappings.destroy(caller, hostAddress, mapping.mfn(), mapping.flags())) {
                    left = left.without(GrantTableOp.HOST_MAP);
                    release(mapping, 1, 0);
                } else {
                    status = GrantTableOp.GENERAL_ERROR;
                }
            }
            own.change(handle, left);
        }
        arguments.setShort(20, status);
    }

    private void release(GrantTable.Mapping mapping, int host, int device) {
        drop(mapping.mfn(), mapping.readOnly());
        DomainMemory granter = machine.domain(mapping.domid());
        if (granter != null) {
            granter.grants().end(mapping.ref(), mapping.readOnly(), host, device);
        }
    }

    // ---- transfers and copies

    /** A frame that is given away is gone for the giver, whether or not the other domain takes it. */
    private void transfer(Caller caller) {
        int mfn = arguments.intAt(0);
        int ref = arguments.intAt(8);
        DomainMemory giver = own(caller);
        int status = GrantTableOp.OKAY;
        if (!giver.mayGiveAway(mfn)) {
            status = GrantTableOp.BAD_PAGE;
        } else {
            DomainMemory taker = machine.domain(arguments.shortAt(4));
            if (taker == null) {
                giver.giveBack(mfn);
                status = GrantTableOp.BAD_DOMAIN;
            } else if (!taker.mayHold(1) || !taker.grants().commitTransfer(ref, caller.domainId())) {
                giver.giveBack(mfn);
                status = GrantTableOp.GENERAL_ERROR;
            } else {
                giver.giveTo(taker, mfn);
                taker.grants().completeTransfer(ref, mfn);
            }
        }
        arguments.setShort(12, status);
    }

    /** One side of a copy: a granted frame of some domain, or an own frame by its number. */
    private record Side(DomainMemory domain, boolean granted, int frameOrRef, boolean readOnly) {}

    private void copy(Caller caller) {
        int flags = arguments.shortAt(18);
        Side source = side(caller, 0, (flags & GrantTableOp.SOURCE_GREF) != 0, true);
        Side target = side(caller, 8, (flags & GrantTableOp.DEST_GREF) != 0, false);
        int sourceOffset = arguments.shortAt(6);
        int targetOffset = arguments.shortAt(14);
        int length = arguments.shortAt(16);
        int status;
        if (sourceOffset + length > PAGE || targetOffset + length > PAGE) {
            status = GrantTableOp.BAD_COPY_ARG;
        } else if (mayNot(source, 4) || mayNot(target, 12)) {
            status = GrantTableOp.PERMISSION_DENIED;
        } else if (source.domain == null || target.domain == null) {
            status = GrantTableOp.BAD_DOMAIN;
        } else {
            status = begin(caller, source);
            if (status == GrantTableOp.OKAY) {
                int from = frame(source);
                status = begin(caller, target);
                if (status == GrantTableOp.OKAY) {
                    int to = frame(target);
                    machine.ram().read(((long) from << 12) + sourceOffset, page, 0, length);
                    machine.ram().write(((long) to << 12) + targetOffset, page, 0, length);
                    end(target);
                }
                end(source);
            }
        }
        arguments.setShort(20, status);
    }

    private Side side(Caller caller, int at, boolean granted, boolean readOnly) {
        int domid = arguments.shortAt(at + 4);
        DomainMemory domain = domid == MmuUpdate.DOMID_SELF ? own(caller) : machine.domain(domid);
        return new Side(domain, granted, arguments.intAt(at), readOnly);
    }

    /** A frame by its number can only be an own one, called DOMID_SELF. */
    private boolean mayNot(Side side, int domidAt) {
        return !side.granted && !rules.copiesByNumber(arguments.shortAt(domidAt));
    }

    private int begin(Caller caller, Side side) {
        if (side.granted) {
            int status = side.domain.grants().begin(side.frameOrRef, caller.domainId(), side.readOnly, 1, 0);
            if (status != GrantTableOp.OKAY) {
                return status;
            }
        }
        if (!take(frame(side), side.domain.id(), side.readOnly)) {
            if (side.granted) {
                side.domain.grants().end(side.frameOrRef, side.readOnly, 1, 0);
            }
            return GrantTableOp.GENERAL_ERROR;
        }
        return GrantTableOp.OKAY;
    }

    private static int frame(Side side) {
        return side.granted ? side.domain.grants().frameInUse(side.frameOrRef) : side.frameOrRef;
    }

    private void end(Side side) {
        drop(frame(side), side.readOnly);
        if (side.granted) {
            side.domain.grants().end(side.frameOrRef, side.readOnly, 1, 0);
        }
    }
}
