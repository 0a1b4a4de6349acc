package org.ringone.reference.memory;

import java.util.ArrayList;
import java.util.List;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.MmuUpdate;

/**
 * All memory of a machine: the bytes, who owns and uses each frame, the hypervisor's own tables, and what each domain holds.
 * Everything that concerns memory is reached from here.
 */
public final class MachineMemory {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final PhysicalMemory ram;
    private final MemoryRules rules;
    private final DescriptorValidation descriptors;
    private final FrameTable frames;
    private final FrameAllocator free;
    private final FlushClock clock;
    private final MachineToPhysical machineToPhysical;
    private final XenArea xenArea;
    private final XenSlots xenSlots;
    private final PageTypes types;
    private final PageTables tables;
    private final List<DomainMemory> domains = new ArrayList<>();
    private final List<DomainMemory> unflushed = new ArrayList<>();
    private Processors processors = Processors.NONE;

    /**
     * Takes possession of a machine's memory and sets up the hypervisor's own part of it.
     *
     * @param ram at least {@link #hypervisorFrames} frames and what the domains need
     */
    public MachineMemory(PhysicalMemory ram, MemoryRules rules, DescriptorValidation descriptors) {
        int own = hypervisorFrames(ram.frames());
        if (ram.frames() <= own) {
            throw new IllegalArgumentException(ram.frames() + " frames leave nothing for a guest");
        }
        this.ram = ram;
        this.rules = rules;
        this.descriptors = descriptors;
        frames = new FrameTable(ram.frames());
        free = new FrameAllocator(own, ram.frames());
        for (int mfn = 0; mfn < own; mfn++) {
            frames.assign(mfn, FrameTable.HYPERVISOR);
        }
        clock = new FlushClock();
        // frame 0 stays unused: 0 stands for no frame in places
        xenArea = new XenArea(ram, 1);
        machineToPhysical = new MachineToPhysical(ram, 2);
        machineToPhysical.fill(rules.entries().machineToPhysical());
        lendMachineToPhysical();
        xenSlots = new XenSlots(this);
        types = new PageTypes(this, rules.types(), rules.entries(), descriptors);
        tables = new PageTables(this, rules.entries());
    }

    private MachineMemory(MachineMemory original, PhysicalMemory ram) {
        this.ram = ram;
        rules = original.rules;
        descriptors = original.descriptors;
        frames = original.frames.fork();
        free = original.free.fork();
        clock = original.clock.fork();
        xenArea = original.xenArea.fork(ram);
        machineToPhysical = new MachineToPhysical(ram, 2);
        xenSlots = new XenSlots(this);
        types = new PageTypes(this, rules.types(), rules.entries(), descriptors);
        tables = new PageTables(this, rules.entries());
        for (DomainMemory domain : original.domains) {
            domains.add(domain.fork(this));
        }
        for (DomainMemory domain : original.unflushed) {
            unflushed.add(domain(domain.id()));
        }
    }

    /** A privileged domain may map the machine-to-physical table, as memory of DOMID_XEN's, but never writable (BOOT-11). */
    private void lendMachineToPhysical() {
        int first = machineToPhysical.chunkFrame(0);
        int last = machineToPhysical.chunkFrame(machineToPhysical.chunks());
        for (int mfn = first; mfn < last; mfn++) {
            frames.assign(mfn, MmuUpdate.DOMID_XEN);
            frames.setLent(mfn);
            frames.addUse(mfn); // a use as nothing, for good: it conflicts with every other
            frames.setValidated(mfn, true);
        }
    }

    /** The frames that the hypervisor keeps for itself on a machine with that many. */
    public static int hypervisorFrames(int frames) {
        return 2 + MachineToPhysical.framesNeeded(frames);
    }

    /**
     * A copy of everything here as it is now.
     *
     * @param forkedRam a fork of {@link #ram()}
     */
    public MachineMemory fork(PhysicalMemory forkedRam) {
        return new MachineMemory(this, forkedRam);
    }

    /** Names the processors of this machine; before that there are none. */
    public void attach(Processors machineProcessors) {
        processors = machineProcessors;
    }

    public PhysicalMemory ram() {
        return ram;
    }

    public FrameTable frames() {
        return frames;
    }

    public MemoryRules rules() {
        return rules;
    }

    /** References to frames and their types. */
    public PageTypes types() {
        return types;
    }

    /** Changes of single page-table entries, and walks. */
    public PageTables tables() {
        return tables;
    }

    public MachineToPhysical machineToPhysical() {
        return machineToPhysical;
    }

    /** The hypervisor's own linear area, the same in every address space. */
    public XenArea xenArea() {
        return xenArea;
    }

    XenSlots xenSlots() {
        return xenSlots;
    }

    Processors processors() {
        return processors;
    }

    FlushClock clock() {
        return clock;
    }

    /** Frames that nobody has. */
    public int freeFrames() {
        return free.count();
    }

    boolean isFree(int mfn) {
        return free.isFree(mfn);
    }

    // ---- domains

    /**
     * Makes room for a domain, without any memory yet but its shared_info page.
     *
     * @param domid not in use, not even by the remains of a dead domain
     * @param maxFrames the most frames it may hold, unsigned
     * @param vcpus 1 to 32
     * @return null when there is not enough memory
     */
    public DomainMemory createDomain(int domid, int maxFrames, int vcpus) {
        if (domain(domid) != null) {
            throw new IllegalArgumentException("domain " + domid + " exists");
        }
        DomainMemory domain = DomainMemory.create(this, domid, maxFrames, vcpus);
        if (domain != null) {
            domains.add(domain);
        }
        return domain;
    }

    /** What a domain holds; null when there is no such domain. */
    public DomainMemory domain(int domid) {
        for (int i = 0; i < domains.size(); i++) {
            if (domains.get(i).id() == domid) {
                return domains.get(i);
            }
        }
        return null;
    }

    /**
     * SAFE-04: takes back all memory of a domain whose processors have let go of their tables and descriptors. Frames that
     * another domain has mapped come back when that one lets go too.
     */
    public void releaseDomain(int domid) {
        DomainMemory domain = domain(domid);
        if (domain != null) {
            domain.release();
            domains.remove(domain);
            unflushed.remove(domain);
        }
    }

    boolean assist(int domid, Assist assist) {
        DomainMemory domain = domain(domid);
        return domain != null && domain.assist(assist);
    }

    // ---- frames

    /**
     * A frame for the hypervisor's own use, zeroed.
     *
     * @return -1 when there is none
     */
    public int allocateXenFrame() {
        int mfn = free.take(NO_LIMIT);
        if (mfn >= 0) {
            frames.assign(mfn, FrameTable.HYPERVISOR);
        }
        return mfn;
    }

    /** Gives back a frame of {@link #allocateXenFrame}. */
    public void freeXenFrame(int mfn) {
        if (frames.owner(mfn) != FrameTable.HYPERVISOR) {
            throw new IllegalArgumentException("frame " + mfn + " is not the hypervisor's");
        }
        frames.disown(mfn);
        ram.clearFrame(mfn);
        free.give(mfn);
    }

    /**
     * Frames that follow each other, given to a domain, zeroed.
     *
     * @param limit all of them lie below this frame
     * @return the first, or -1
     */
    int allocate(DomainMemory domain, int order, int limit) {
        if (order > 24 || !domain.mayHold(1 << order)) {
            return FrameAllocator.NONE;
        }
        int first = order == 0 ? free.take(limit) : free.takeRun(order, limit);
        if (first >= 0) {
            assignRun(domain, first, order);
        }
        return first;
    }

    /**
     * Gives a domain its first memory (BOOT-11): a frame for every pseudo-physical one, the machine-to-physical table set.
     *
     * @return the machine frames in the order of the pseudo-physical ones, or null when there are not as many
     */
    public int[] populate(DomainMemory domain, int count) {
        int[] mfns = new int[count];
        for (int pfn = 0; pfn < count; pfn++) {
            mfns[pfn] = allocate(domain, 0, NO_LIMIT);
            if (mfns[pfn] < 0) {
                return null;
            }
            machineToPhysical.set(mfns[pfn], pfn);
        }
        return mfns;
    }

    /** Gives frames, taken by {@link #allocateRuns}, to a domain. */
    void assignRun(DomainMemory domain, int first, int order) {
        for (int mfn = first; mfn < first + (1 << order); mfn++) {
            frames.assign(mfn, domain.id());
        }
        domain.gained(1 << order);
    }

    /**
     * Takes runs of frames, for nobody yet.
     *
     * @return the first frame of each, or null when there are not as many
     */
    int[] allocateRuns(int order, int count, int limit) {
        int[] runs = new int[count];
        for (int i = 0; i < count; i++) {
            runs[i] = order == 0 ? free.take(limit) : free.takeRun(order, limit);
            if (runs[i] < 0) {
                while (i-- > 0) {
                    for (int mfn = runs[i]; mfn < runs[i] + (1 << order); mfn++) {
                        free.give(mfn);
                    }
                }
                return null;
            }
        }
        return runs;
    }

    /** The last reference to a frame has gone. Its contents go too, and no processor may reach it any more. */
    void frameFreed(int mfn) {
        int owner = frames.owner(mfn);
        flushLater(owner);
        DomainMemory domain = domain(owner);
        if (domain != null && !frames.lent(mfn)) {
            domain.lost(1);
        }
        frames.disown(mfn);
        ram.clearFrame(mfn);
        free.give(mfn);
    }

    // ---- TLBs

    /** TLB-02: before a frame is used as something else: nobody keeps a translation from its last use. */
    void flushIfStale(int mfn) {
        DomainMemory domain = domain(frames.owner(mfn));
        if (domain != null && domain.lastFlush() < frames.released(mfn)) {
            flush(domain);
        }
    }

    /** The domain's processors may hold translations that must be gone before its guest runs on: see {@link #settle}. */
    void flushLater(int domid) {
        DomainMemory domain = domain(domid);
        if (domain != null && !unflushed.contains(domain)) {
            unflushed.add(domain);
        }
    }

    /** Does the flushes that are due. To be called at the end of every operation that drops types or references. */
    public void settle() {
        for (int i = unflushed.size() - 1; i >= 0; i--) {
            flush(unflushed.get(i));
        }
        unflushed.clear();
    }

    private void flush(DomainMemory domain) {
        processors.flushTlbs(domain.id());
        domain.setLastFlush(clock.now());
        if (!clock.tick()) {
            frames.forgetReleaseTimes();
            for (DomainMemory each : domains) {
                each.setLastFlush(0);
            }
        }
    }
}
