package org.ringone.reference.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ringone.xen.GrantTableOp;
import org.ringone.xen.SharedInfo;

/** The memory of one domain: how much it holds and may hold, its assists, its shared_info page and per-domain area. */
public final class DomainMemory {

    /** The most entries of a memory map that is kept for the domain. */
    static final int MAX_MAP_ENTRIES = 3;

    /** Bytes of an entry: 64-bit address, 64-bit size, 32-bit type. */
    static final int MAP_ENTRY_SIZE = 20;

    private final MachineMemory machine;
    private final int id;
    private final int maxFrames;
    private final int sharedInfo;
    private final PerDomainArea area;
    private final GrantTable grants;
    private int held;
    private int assists;
    private int lastFlush;
    private byte[] memoryMap = new byte[0];

    private DomainMemory(
            MachineMemory machine, int id, int maxFrames, int sharedInfo, PerDomainArea area, GrantTable grants) {
        this.machine = machine;
        this.id = id;
        this.maxFrames = maxFrames;
        this.sharedInfo = sharedInfo;
        this.area = area;
        this.grants = grants;
    }

    static DomainMemory create(MachineMemory machine, int id, int maxFrames, int vcpus) {
        int[] tables = new int[PerDomainArea.tablesNeeded(vcpus)];
        if (machine.freeFrames() <= tables.length + GrantTable.INITIAL_FRAMES) {
            return null;
        }
        for (int i = 0; i < tables.length; i++) {
            tables[i] = machine.allocateXenFrame();
        }
        int sharedInfo = lend(machine, id);
        machine.machineToPhysical().set(sharedInfo, -1);
        DomainMemory domain = new DomainMemory(
                machine,
                id,
                maxFrames,
                sharedInfo,
                new PerDomainArea(machine.ram(), tables),
                new GrantTable(machine.ram(), machine.rules().grants()));
        domain.growGrants(GrantTable.INITIAL_FRAMES);
        return domain;
    }

    /** A frame of the hypervisor's that a domain may map, writable, and that never becomes a table; -1 when there is none. */
    private static int lend(MachineMemory machine, int domid) {
        int mfn = machine.allocateXenFrame();
        if (mfn >= 0) {
            FrameTable frames = machine.frames();
            frames.assign(mfn, domid);
            frames.setType(mfn, PageType.WRITABLE);
            frames.setValidated(mfn, true);
            frames.addUse(mfn);
            frames.setLent(mfn);
        }
        return mfn;
    }

    DomainMemory fork(MachineMemory forked) {
        DomainMemory fork = new DomainMemory(
                forked,
                id,
                maxFrames,
                sharedInfo,
                new PerDomainArea(forked.ram(), area.tables()),
                grants.fork(forked.ram()));
        fork.held = held;
        fork.assists = assists;
        fork.lastFlush = lastFlush;
        fork.memoryMap = memoryMap;
        return fork;
    }

    public int id() {
        return id;
    }

    /** Frames that the domain holds, those lent by the hypervisor not counted. */
    public int held() {
        return held;
    }

    /** The most frames it may hold, unsigned. */
    public int maxFrames() {
        return maxFrames;
    }

    /** The frame of its shared_info page. */
    public int sharedInfo() {
        return sharedInfo;
    }

    public PerDomainArea area() {
        return area;
    }

    GrantTable grants() {
        return grants;
    }

    /** Makes the grant table so many frames long, if it is shorter; false when there is not as much memory. */
    boolean growGrants(int wanted) {
        int more = wanted - grants.frames().length;
        if (more > machine.freeFrames()) {
            return false;
        }
        for (int i = 0; i < more; i++) {
            grants.addFrame(lend(machine, id));
        }
        return true;
    }

    /** Whether the domain holds a frame and nothing else refers to it, so that it can be given to another. */
    boolean mayGiveAway(int mfn) {
        FrameTable frames = machine.frames();
        return frames.valid(mfn)
                && frames.owner(mfn) == id
                && frames.allocated(mfn)
                && !frames.lent(mfn)
                && frames.references(mfn) == 1;
    }

    /** Gives a frame that {@link #mayGiveAway}, as it is, to another domain. */
    void giveTo(DomainMemory taker, int mfn) {
        machine.frames().assign(mfn, taker.id);
        lost(1);
        taker.gained(1);
        machine.flushLater(id);
    }

    public boolean assist(Assist assist) {
        return (assists & assist.bit()) != 0;
    }

    public void setAssist(Assist assist, boolean on) {
        assists = on ? assists | assist.bit() : assists & ~assist.bit();
    }

    /** The memory map kept for the domain, entry after entry; empty when nobody has made one. Not to be changed. */
    byte[] memoryMap() {
        return memoryMap;
    }

    void setMemoryMap(byte[] map) {
        memoryMap = map;
    }

    /** A map of one entry: memory from 0 up to a number of frames. */
    static byte[] memoryUpTo(int frames) {
        return ByteBuffer.allocate(MAP_ENTRY_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong((long) frames << 12)
                .putInt(1)
                .array();
    }

    /** One less than the pseudo-physical frames that the domain says it has in its shared_info page. */
    int highestPfn() {
        return machine.ram().read32(((long) sharedInfo << 12) + SharedInfo.ARCH_MAX_PFN) - 1;
    }

    boolean mayHold(int more) {
        return Integer.toUnsignedLong(held) + more <= Integer.toUnsignedLong(maxFrames);
    }

    void gained(int count) {
        held += count;
    }

    void lost(int count) {
        held -= count;
    }

    int lastFlush() {
        return lastFlush;
    }

    void setLastFlush(int time) {
        lastFlush = time;
    }

    /**
     * Gives a frame of the domain back: the pin goes, then the hold; it is free when nothing uses it any more.
     *
     * @return false when it is not the domain's, or only lent to it
     */
    boolean giveBack(int mfn) {
        PageTypes types = machine.types();
        if (!types.getPage(mfn, id)) {
            return false;
        }
        if (machine.frames().lent(mfn)) {
            types.putPage(mfn);
            return false;
        }
        letGo(mfn);
        types.putPage(mfn);
        return true;
    }

    private void letGo(int mfn) {
        FrameTable frames = machine.frames();
        if (frames.pinned(mfn)) {
            frames.setPinned(mfn, false);
            machine.types().putPageAndType(mfn);
        }
        if (frames.clearAllocated(mfn)) {
            machine.types().putPage(mfn);
        }
    }

    /** Gives everything back (SAFE-04). */
    void release() {
        endGrantUses();
        FrameTable frames = machine.frames();
        PageTypes types = machine.types();
        for (int mfn = 0; mfn < frames.frames(); mfn++) {
            if (frames.owner(mfn) == id && frames.pinned(mfn)) {
                frames.setPinned(mfn, false);
                types.putPageAndType(mfn);
            }
        }
        for (int mfn = 0; mfn < frames.frames(); mfn++) {
            if (types.getPage(mfn, id)) {
                types.demoteForcibly(mfn); // linear tables that name each other in a circle
                types.putPage(mfn);
            }
        }
        types.putType(sharedInfo);
        for (int mfn : grants.frames()) {
            types.putType(mfn);
        }
        for (int mfn = 0; mfn < frames.frames(); mfn++) {
            if (frames.owner(mfn) == id) {
                letGo(mfn);
            }
        }
        for (int table : area.tables()) {
            machine.freeXenFrame(table);
        }
        machine.settle();
    }

    /** Ends the uses of others' grants. What page-table entries hold of their frames goes with the entries. */
    private void endGrantUses() {
        for (int handle = 0; handle < grants.handles(); handle++) {
            GrantTable.Mapping mapping = grants.mapping(handle);
            if (mapping != null) {
                int device = mapping.flags() & GrantTableOp.DEVICE_MAP;
                int host = (mapping.flags() & GrantTableOp.HOST_MAP) != 0 ? 1 : 0;
                DomainMemory granter = machine.domain(mapping.domid());
                if (granter != null) {
                    granter.grants.end(mapping.ref(), mapping.readOnly(), host, device);
                }
                if (device != 0 && mapping.readOnly()) {
                    machine.types().putPage(mapping.mfn());
                } else if (device != 0) {
                    machine.types().putPageAndType(mapping.mfn());
                }
                grants.change(handle, mapping.without(GrantTableOp.HOST_MAP | GrantTableOp.DEVICE_MAP));
            }
        }
    }
}
