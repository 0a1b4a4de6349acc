package org.ringone.reference.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.GrantTableOp;

/**
 * A domain's grants: the table that it shares with the hypervisor, in which it says who may use which of its frames; the uses
 * that are being made of its entries; and the mappings that it has itself of others' frames.
 */
final class GrantTable {

    /** Frames of a table to begin with, and the most there can be. */
    static final int INITIAL_FRAMES = 4;

    static final int MOST_FRAMES = 32;

    /** The most mappings a domain can have: as many as eight times the entries, less the end of the list. */
    private static final int MOST_MAPPINGS = MOST_FRAMES * 8 * 512 - 1;

    private static final int ENTRIES_IN_A_FRAME = 4096 / GrantTableOp.ENTRY_SIZE;
    private static final int MOST_USES = 0x80;

    /** The uses of an entry: whose, of which frame, and how many of each kind. */
    private record Use(int domid, int mfn, int hostReads, int hostWrites, int deviceReads, int deviceWrites) {

        boolean writes() {
            return hostWrites + deviceWrites > 0;
        }

        boolean any() {
            return hostReads + hostWrites + deviceReads + deviceWrites > 0;
        }

        boolean full() {
            return Math.max(Math.max(hostReads, hostWrites), Math.max(deviceReads, deviceWrites)) >= MOST_USES;
        }

        Use plus(boolean readOnly, int host, int device) {
            return new Use(
                    domid,
                    mfn,
                    hostReads + (readOnly ? host : 0),
                    hostWrites + (readOnly ? 0 : host),
                    deviceReads + (readOnly ? device : 0),
                    deviceWrites + (readOnly ? 0 : device));
        }
    }

    /**
     * A mapping that the domain has.
     *
     * @param domid whose frame it is
     * @param ref the entry of that domain's table
     * @param mfn the frame
     * @param flags what of it is left: host, device or both; and whether it is read-only and how it was made
     */
    record Mapping(int domid, int ref, int mfn, int flags) {

        boolean readOnly() {
            return (flags & GrantTableOp.READONLY) != 0;
        }

        Mapping without(int part) {
            return new Mapping(domid, ref, mfn, flags & ~part);
        }

        boolean gone() {
            return (flags & (GrantTableOp.HOST_MAP | GrantTableOp.DEVICE_MAP)) == 0;
        }
    }

    private final PhysicalMemory ram;
    private final GrantRules rules;
    private int[] frames = {};
    private final Map<Integer, Use> uses = new HashMap<>();
    private Mapping[] mappings = new Mapping[16];
    private int[] freeHandles = new int[16];
    private int freeCount;
    private int handles;

    GrantTable(PhysicalMemory ram, GrantRules rules) {
        this.ram = ram;
        this.rules = rules;
    }

    GrantTable fork(PhysicalMemory forkedRam) {
        GrantTable fork = new GrantTable(forkedRam, rules);
        fork.frames = frames;
        fork.uses.putAll(uses);
        fork.mappings = mappings.clone();
        fork.freeHandles = freeHandles.clone();
        fork.freeCount = freeCount;
        fork.handles = handles;
        return fork;
    }

    /** The frames of the table, in order. Not to be changed. */
    int[] frames() {
        return frames;
    }

    void addFrame(int mfn) {
        frames = Arrays.copyOf(frames, frames.length + 1);
        frames[frames.length - 1] = mfn;
    }

    boolean has(int ref) {
        return Integer.compareUnsigned(ref, frames.length * ENTRIES_IN_A_FRAME) < 0;
    }

    private long address(int ref) {
        return ((long) frames[ref / ENTRIES_IN_A_FRAME] << 12) + ref % ENTRIES_IN_A_FRAME * GrantTableOp.ENTRY_SIZE;
    }

    int flags(int ref) {
        return ram.read16(address(ref));
    }

    int grantee(int ref) {
        return ram.read16(address(ref) + GrantTableOp.ENTRY_DOMID);
    }

    private int frame(int ref) {
        return ram.read32(address(ref) + GrantTableOp.ENTRY_FRAME);
    }

    private void setFlags(int ref, int flags) {
        ram.write16(address(ref), flags);
    }

    /**
     * Begins a use of an entry, and says so in its flags.
     *
     * @param user who asks
     * @param host 1 for a mapping or a copy, else 0
     * @param device 1 for a device's use, else 0
     * @return a status
     */
    int begin(int ref, int user, boolean readOnly, int host, int device) {
        if (!has(ref)) {
            return GrantTableOp.BAD_GNTREF;
        }
        Use use = uses.get(ref);
        if (use != null && (use.domid != user || use.full())) {
            return GrantTableOp.GENERAL_ERROR;
        }
        if (use == null || !readOnly && !use.writes()) {
            int flags = flags(ref);
            if (use == null && !rules.granted(flags, grantee(ref), user) || !readOnly && !rules.mayWrite(flags)) {
                return GrantTableOp.GENERAL_ERROR;
            }
            setFlags(ref, rules.inUse(flags, readOnly));
        }
        Use base = use == null ? new Use(user, frame(ref), 0, 0, 0, 0) : use;
        uses.put(ref, base.plus(readOnly, host, device));
        return GrantTableOp.OKAY;
    }

    /** The frame of an entry in use: the one that stood there when the use began. */
    int frameInUse(int ref) {
        return uses.get(ref).mfn;
    }

    /** Ends what {@link #begin} began. */
    void end(int ref, boolean readOnly, int host, int device) {
        Use left = uses.get(ref).plus(readOnly, -host, -device);
        if (!left.writes() && !readOnly) {
            setFlags(ref, flags(ref) & ~GrantTableOp.GTF_WRITING);
        }
        if (left.any()) {
            uses.put(ref, left);
        } else {
            setFlags(ref, flags(ref) & ~GrantTableOp.GTF_READING);
            uses.remove(ref);
        }
    }

    /** Takes an offer to accept a frame from a domain; false when there is no such offer. */
    boolean commitTransfer(int ref, int from) {
        if (!has(ref) || flags(ref) != GrantTableOp.GTF_ACCEPT_TRANSFER || grantee(ref) != from) {
            return false;
        }
        setFlags(ref, flags(ref) | GrantTableOp.GTF_TRANSFER_COMMITTED);
        return true;
    }

    void completeTransfer(int ref, int mfn) {
        ram.write32(address(ref) + GrantTableOp.ENTRY_FRAME, mfn);
        setFlags(ref, flags(ref) | GrantTableOp.GTF_TRANSFER_COMPLETED);
    }

    // ---- the domain's own mappings

    /** Keeps a mapping, and gives its handle; -1 when there are as many as can be. */
    int keep(Mapping mapping) {
        if (freeCount == 0 && handles == MOST_MAPPINGS) {
            return -1;
        }
        int handle = freeCount > 0 ? freeHandles[--freeCount] : handles++;
        if (handle >= mappings.length) {
            mappings = Arrays.copyOf(mappings, mappings.length * 2);
        }
        mappings[handle] = mapping;
        return handle;
    }

    /** Whether one more mapping can be kept. */
    boolean mayKeep() {
        return freeCount > 0 || handles < MOST_MAPPINGS;
    }

    /** The mapping of a handle; null when there is none. */
    Mapping mapping(int handle) {
        return handle >= 0 && handle < handles ? mappings[handle] : null;
    }

    /** Keeps what is left of a mapping, or gives the handle back when nothing is. */
    void change(int handle, Mapping left) {
        mappings[handle] = left.gone() ? null : left;
        if (left.gone()) {
            if (freeCount == freeHandles.length) {
                freeHandles = Arrays.copyOf(freeHandles, freeCount * 2);
            }
            freeHandles[freeCount++] = handle;
        }
    }

    /** Handles given out so far, those given back included. */
    int handles() {
        return handles;
    }
}
