package org.ringone.reference.memory;

import java.util.Arrays;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MemoryOp;
import org.ringone.xen.MmuUpdate;

/**
 * The command of {@code memory_op} that takes frames of the caller's that nothing uses and gives it others: single ones for
 * runs, or low ones for high ones. Works in chunks, each of which is exchanged whole or not at all.
 */
final class Exchange {

    private static final int TICKS = 800;

    /** Offsets in the structure: two reservations of 20 bytes, and the count of what is done. */
    private static final int OUT = 20;

    private static final int DONE = 40;
    private static final int SIZE = 44;

    private final MachineMemory machine;
    private final FrameTable frames;
    private final GuestArguments arguments = new GuestArguments();
    private final GuestArguments element = new GuestArguments();

    Exchange(MachineMemory machine) {
        this.machine = machine;
        this.frames = machine.frames();
    }

    int call(Caller caller, int argument) {
        if (!arguments.fetch(caller, argument, SIZE)) {
            return Errno.EFAULT.result();
        }
        int result = refusal(caller);
        if (result != 0) {
            return store(caller, argument, result);
        }
        int inOrder = arguments.intAt(8);
        int outOrder = arguments.intAt(OUT + 8);
        int chunkOrder = Math.max(inOrder, outOrder);
        int chunks = arguments.intAt(4) >>> chunkOrder - inOrder;
        int chunk = arguments.intAt(DONE) >>> chunkOrder - inOrder;
        int limit = Reservations.limit(arguments.intAt(OUT + 12), frames.frames());
        for (int first = chunk; Integer.compareUnsigned(chunk, chunks) < 0; chunk++) {
            if (chunk != first && caller.preempted()) {
                arguments.setInt(DONE, chunk << chunkOrder - inOrder);
                return arguments.store(caller, argument + DONE, DONE, 4)
                        ? caller.continuation(Hypercall.MEMORY_OP.number(), MemoryOp.EXCHANGE, argument)
                        : Errno.EFAULT.result();
            }
            caller.charge(TICKS);
            result = exchangeChunk(caller, chunk, inOrder, outOrder, limit);
            if (result != 0) {
                break;
            }
        }
        arguments.setInt(DONE, result == 0 ? arguments.intAt(4) : chunk << chunkOrder - inOrder);
        return store(caller, argument, result);
    }

    private int store(Caller caller, int argument, int result) {
        return arguments.store(caller, argument + DONE, DONE, 4) ? result : Errno.EFAULT.result();
    }

    /** What is wrong with the request, or 0. */
    private int refusal(Caller caller) {
        int inExtents = arguments.intAt(4);
        int inOrder = arguments.intAt(8);
        int outExtents = arguments.intAt(OUT + 4);
        int outOrder = arguments.intAt(OUT + 8);
        boolean sizesMatch = Integer.compareUnsigned(inOrder, 20) <= 0
                && Integer.compareUnsigned(outOrder, 20) <= 0
                && Integer.compareUnsigned(inExtents, -1 >>> inOrder) <= 0
                && Integer.compareUnsigned(outExtents, -1 >>> outOrder) <= 0
                && inExtents << inOrder == outExtents << outOrder;
        if (!sizesMatch
                || Integer.compareUnsigned(arguments.intAt(DONE), inExtents) > 0
                || arguments.shortAt(16) != arguments.shortAt(OUT + 16)) {
            return Errno.EINVAL.result();
        }
        if ((inOrder != 0 || outOrder != 0) && !caller.privileged()) {
            return Errno.EPERM.result();
        }
        if (Reservations.limit(arguments.intAt(OUT + 12), frames.frames()) < 0) {
            return Errno.ENOMEM.result();
        }
        if (arguments.shortAt(16) != MmuUpdate.DOMID_SELF) {
            return caller.privileged() ? Errno.EINVAL.result() : Errno.EPERM.result();
        }
        return GuestArguments.inGuestRange(arguments.intAt(0), inExtents, 4)
                        && GuestArguments.inGuestRange(arguments.intAt(OUT), outExtents, 4)
                ? 0
                : Errno.EFAULT.result();
    }

    private int exchangeChunk(Caller caller, int chunk, int inOrder, int outOrder, int limit) {
        DomainMemory domain = machine.domain(caller.domainId());
        int inCount = 1 << Math.max(outOrder - inOrder, 0);
        int outCount = 1 << Math.max(inOrder - outOrder, 0);
        int[] in = new int[inCount << inOrder];
        for (int i = 0; i < inCount; i++) {
            if (!element.fetch(caller, arguments.intAt(0) + (chunk * inCount + i) * 4, 4)) {
                return Errno.EFAULT.result();
            }
            for (int j = 0; j < 1 << inOrder; j++) {
                int mfn = element.intAt(0) + j;
                if (!unused(mfn, domain)) {
                    return Errno.EINVAL.result();
                }
                in[(i << inOrder) + j] = mfn;
            }
        }
        if (!distinct(in)) {
            return Errno.EINVAL.result();
        }
        int[] out = machine.allocateRuns(outOrder, outCount, limit);
        if (out == null) {
            return Errno.ENOMEM.result();
        }
        for (int mfn : in) {
            domain.giveBack(mfn);
        }
        for (int i = 0; i < outCount; i++) {
            int at = arguments.intAt(OUT) + (chunk * outCount + i) * 4;
            int pfn = element.fetch(caller, at, 4) ? element.intAt(0) : 0;
            machine.assignRun(domain, out[i], outOrder);
            for (int j = 0; j < 1 << outOrder; j++) {
                machine.machineToPhysical().set(out[i] + j, pfn + j);
            }
            element.setInt(0, out[i]);
            element.store(caller, at, 0, 4); // as in the era, the caller's loss when it cannot be told
        }
        return 0;
    }

    /** Whether nothing but its allocation refers to a frame of the domain's. */
    private boolean unused(int mfn, DomainMemory domain) {
        return frames.valid(mfn)
                && frames.owner(mfn) == domain.id()
                && frames.references(mfn) == 1
                && frames.allocated(mfn)
                && !frames.lent(mfn);
    }

    private static boolean distinct(int[] mfns) {
        int[] sorted = mfns.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
