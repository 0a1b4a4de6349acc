package org.ringone.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.reference.build.HypercallPage;
import org.ringone.reference.memory.MachineMemory;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.PageTypes;
import org.ringone.reference.memory.Processors;
import org.ringone.reference.store.Store;

/**
 * One world under test: memory, one processor, domains. Used by one thread at a time; forks are independent of each other.
 */
public final class ReferenceMachine implements Machine, Snapshots, Counts, Traces, InjectsEvents {

    /** Virtual ticks that an entry by a hypercall takes, besides what its elements are charged. */
    static final int HYPERCALL_COST = 100;
    /** Virtual ticks that an entry by a trap takes. */
    static final int TRAP_COST = 100;
    /** The time stamp counter counts nanoseconds: ticks, shifted left by one, times one half. */
    static final int TSC_TO_SYSTEM_MUL = 0x80000000;

    static final int TSC_SHIFT = 1;

    /** MiB of a machine when nothing else is asked for. */
    static final int STANDARD_MIB = 128;

    private static final int FRAMES_OF_A_MIB = 256;
    private static final long WALL_CLOCK = 1_180_000_000L * 1_000_000_000; // May 2007: runs are the same every time
    private static final int NEXT_DOMAIN = 1;

    final ReferenceParts parts;
    final PhysicalMemory memory;
    final MachineMemory machineMemory;
    final MemoryHypercalls memoryHypercalls;
    final Hypercalls hypercalls;
    final TraceLog trace = new TraceLog();
    final Injections injections;
    final Store store;
    GuestObserver observer = GuestObserver.NONE;
    Consumer<VcpuView> beforeEach;

    // Room for one hypercall or trap at a time, so that none is made on hot paths.
    final GuestRecord record = new GuestRecord();
    final GuestStack stack = new GuestStack();
    final GuestCode code = new GuestCode();
    final Descriptor scratch1 = new Descriptor();
    final Descriptor scratch2 = new Descriptor();
    final SegmentView view = new SegmentView();
    final DirectGateEntry directGate = new DirectGateEntry();
    final long[] msrValue = new long[1];

    private final Scheduler scheduler;
    private final SystemTables tables;
    private final List<GuestDomain> guests = new ArrayList<>();
    private int nextDomain = NEXT_DOMAIN;
    private long entries;
    private long retiredBefore;
    private long descriptorChanges;
    private long wallClock = WALL_CLOCK;
    private boolean closed;

    ReferenceMachine(ReferenceParts parts) {
        this(parts, STANDARD_MIB);
    }

    ReferenceMachine(ReferenceParts parts, int mib) {
        this.parts = parts;
        this.memory = new PhysicalMemory(mib * FRAMES_OF_A_MIB);
        this.machineMemory = new MachineMemory(memory, parts.memoryRules, this::validate);
        this.memoryHypercalls = new MemoryHypercalls(machineMemory);
        this.hypercalls = new Hypercalls(this);
        this.injections = new Injections(this);
        this.store = new Store(parts.storeRules);
        this.scheduler = new Scheduler(this);
        this.tables = SystemTables.create(machineMemory);
        machineMemory.attach(new MachineProcessors());
    }

    private ReferenceMachine(ReferenceMachine other) {
        this.parts = other.parts;
        this.memory = other.memory.fork();
        this.machineMemory = other.machineMemory.fork(memory);
        this.memoryHypercalls = new MemoryHypercalls(machineMemory);
        this.hypercalls = new Hypercalls(this);
        this.injections = new Injections(this);
        this.store = other.store.fork();
        this.scheduler = new Scheduler(this);
        this.tables = other.tables.fork(memory);
        this.nextDomain = other.nextDomain;
        this.entries = other.entries;
        this.retiredBefore = other.retiredBefore;
        this.descriptorChanges = other.descriptorChanges;
        this.wallClock = other.wallClock;
        for (GuestDomain guest : other.guests) {
            guests.add(guest.fork(this));
        }
        scheduler.copyFrom(other.scheduler);
        injections.copyFrom(other.injections);
        machineMemory.attach(new MachineProcessors());
    }

    // ---- the plug-in contract

    @Override
    public Domain createDomain(DomainSpec spec) throws DomainBuildException {
        if (closed) {
            throw new DomainBuildException("the machine is switched off");
        }
        if (spec.privileged() && domain(0) != null) {
            throw new DomainBuildException("there is an initial domain already");
        }
        GuestDomain domain = new DomainCreation(this).create(spec, spec.privileged() ? 0 : nextDomain);
        if (!spec.privileged()) {
            nextDomain++;
        }
        guests.add(domain);
        scheduler.timersChanged();
        return domain;
    }

    @Override
    public List<Domain> domains() {
        return Collections.unmodifiableList(new ArrayList<>(guests));
    }

    @Override
    public Snapshot snapshot() {
        return new MachineSnapshot(new ReferenceMachine(this));
    }

    /** A machine that never runs, only forks. Forking changes the forked one's sharing, so it is done one at a time. */
    private record MachineSnapshot(ReferenceMachine frozen) implements Snapshot {

        @Override
        public Machine resume() {
            synchronized (frozen) {
                return new ReferenceMachine(frozen);
            }
        }

        @Override
        public boolean independent() {
            return true;
        }
    }

    @Override
    public long instructionsRetired() {
        long retired = retiredBefore;
        for (GuestDomain guest : guests) {
            for (Vcpu v : guest.vcpus) {
                retired += v.cpu.retired();
            }
        }
        return retired;
    }

    @Override
    public long hypervisorEntries() {
        return entries;
    }

    /** Nanoseconds of virtual time since power-on. */
    public long systemTime() {
        return scheduler.now();
    }

    /** The vcpu that runs, or ran last; null before the first has run. */
    public VcpuView running() {
        return scheduler.current() == null ? null : new VcpuView(scheduler.current());
    }

    /** Names who hears what a domain's guest does from now on, and others' with it. Snapshots and forks are not heard. */
    public void observe(Domain domain, GuestObserver listener) {
        observer = listener;
        if (domain instanceof GuestDomain guest) {
            guest.vcpus.forEach(v -> guest.shared.watch(v.id));
        }
    }

    /** Has somebody look at the vcpu before each instruction. The machine runs slowly from now on, and the same. */
    public void step(Consumer<VcpuView> look) {
        beforeEach = look;
    }

    @Override
    public List<String> drainTrace() {
        return trace.drain();
    }

    @Override
    public void raise(Domain domain, int port, long instructions) {
        if (domain instanceof GuestDomain guest && guest.machine == this && instructions >= 0) {
            injections.add(guest, port, instructions);
        } else {
            throw new IllegalArgumentException("an event is raised in a domain of this machine, from now on");
        }
    }

    @Override
    public void close() {
        closed = true;
        guests.forEach(GuestDomain::switchOff);
        guests.clear();
    }

    // ---- domains and time

    List<GuestDomain> guests() {
        return guests;
    }

    /** The domain of that number, dead or alive; null when there is none. */
    GuestDomain domain(int domid) {
        for (int i = 0; i < guests.size(); i++) {
            if (guests.get(i).id() == domid) {
                return guests.get(i);
            }
        }
        return null;
    }

    /** SAFE-04: a domain goes, and gives back all that it had. */
    void remove(GuestDomain domain) {
        scheduler.forget(domain);
        parts.eventChannels.closeAll(domain);
        for (Vcpu v : domain.vcpus) {
            retiredBefore += v.cpu.retired();
            parts.descriptorTables.dropGdt(v);
            parts.descriptorTables.dropLdt(v);
            if (v.baseMfn >= 0) {
                frameTypes().putPageAndType(v.baseMfn);
                v.baseMfn = -1;
            }
            PlacedVcpuInfo.release(v);
        }
        machineMemory.releaseDomain(domain.id());
        guests.remove(domain);
        scheduler.timersChanged();
    }

    void run(GuestDomain watched, long budget) {
        if (!watched.closed()) {
            scheduler.run(watched, budget);
        }
    }

    long now() {
        return scheduler.now();
    }

    void timersChanged() {
        scheduler.timersChanged();
    }

    void fireTimers() {
        scheduler.fireTimers();
    }

    boolean preempts(Vcpu v) {
        return scheduler.preempts(v);
    }

    void yieldProcessor(Vcpu v) {
        scheduler.yieldProcessor(v);
    }

    /** Charges virtual time for the hypervisor's own work on behalf of the running vcpu. */
    void charge(long ticks) {
        if (scheduler.current() != null) {
            scheduler.current().cpu.charge(ticks);
        }
    }

    /** A vcpu has entered the hypervisor. */
    void entered(Vcpu v, int cost) {
        entries++;
        v.cpu.charge(cost);
    }

    // ---- consoles

    void pumpConsoles() {
        for (int i = 0; i < guests.size(); i++) {
            guests.get(i).guestConsole().pump();
            guests.get(i).serveStore();
        }
    }

    /** The guest sent an event to a part of the initial domain that the machine plays: its console daemon, or its store. */
    void backendNotified(GuestDomain domain, int port) {
        if (domain.guestConsole() instanceof RingConsole console && console.port() == port) {
            console.pump();
            consoleWritten(domain);
        }
        domain.serveStore();
    }

    /** A console has output: whoever reads it gets to see it at once. */
    void consoleWritten(GuestDomain domain) {
        if (!domain.guestConsole().output().isEmpty() && scheduler.current() != null) {
            scheduler.current().cpu.requestStop();
        }
    }

    // ---- processors and memory

    /** A new vcpu's processor: protected mode, paging on, the guest's share of the control registers (BOOT-06). */
    Cpu newCpu(Vcpu v) {
        GuestTrapSink sink = new GuestTrapSink();
        sink.serve(v);
        Cpu cpu = new Cpu(memory, parts.cpuConfig, sink);
        cpu.remember();
        tables.initialise(cpu, v);
        return cpu;
    }

    Cpu forkCpu(Vcpu v, Cpu original) {
        GuestTrapSink sink = new GuestTrapSink();
        sink.serve(v);
        return original.fork(memory, sink);
    }

    void kernelStackChanged(Vcpu v) {
        if (v == scheduler.current()) {
            tables.setKernelStack(v.kernelSs, v.kernelSp);
        }
    }

    /** Makes the processor's LDT register say what the guest's LDT is (SEG-10: its limit is exact). */
    void loadLdtRegister(Vcpu v) {
        tables.loadLdt(v);
    }

    int xenGdtFrame() {
        return tables.gdtFrame();
    }

    PageTypes frameTypes() {
        return machineMemory.types();
    }

    /** Grows with every change of descriptors: segment registers loaded before have to be loaded anew. */
    long descriptorChanges() {
        return descriptorChanges;
    }

    void descriptorsChanged() {
        descriptorChanges++;
    }

    /** MOV to CR3 (PT-16): false when the frame is no good base, and then nothing has changed. */
    boolean newBase(Vcpu v, int mfn) {
        boolean accepted = machineMemory.tables().newBase(v, mfn);
        machineMemory.settle();
        return accepted;
    }

    /** The frame that the guest's own page tables map at an address, whatever the TLB says; -1 for none. */
    int guestFrame(Vcpu v, int linear) {
        long entry = machineMemory.tables().l1Entry(v.baseMfn, linear);
        return (entry & 1) == 0 ? -1 : (int) (entry >>> 12) & 0xFFFFFF;
    }

    /** Takes a frame for a change of one descriptor in it: as what it is, or as an ordinary writable page (SEG-08). */
    boolean getForDescriptor(int mfn, int domid) {
        if (!machineMemory.frames().valid(mfn)) {
            return false;
        }
        PageType type = machineMemory.frames().type(mfn);
        return frameTypes().getPageAndType(mfn, domid, type.descriptors() ? type : PageType.WRITABLE);
    }

    void fillHypercallPage(GuestDomain domain, int mfn) {
        if (frameTypes().getPageAndType(mfn, domain.id(), PageType.WRITABLE)) {
            memory.write((long) mfn << 12, HypercallPage.code(), 0, 4096);
            frameTypes().putPageAndType(mfn);
        }
    }

    /** Tells a domain the wall-clock time. */
    void showWallClock(GuestDomain domain) {
        domain.shared.setWallClock((int) Long.divideUnsigned(wallClock, 1_000_000_000), (int)
                Long.remainderUnsigned(wallClock, 1_000_000_000));
    }

    /** Sets the clock on the wall, by what it said at system time 0, in nanoseconds since 1970. All domains see it. */
    void setWallClock(long nanoseconds) {
        wallClock = nanoseconds;
        guests.forEach(this::showWallClock);
    }

    /**
     * SEG-03: a page becomes part of a descriptor table only if every present descriptor in it is acceptable. Forks use the
     * validation of the machine that they come from, in threads of their own, so it keeps nothing.
     */
    private boolean validate(PhysicalMemory ram, int mfn) {
        Descriptor d = new Descriptor();
        for (long at = (long) mfn << 12; at < (long) mfn + 1 << 12; at += 8) {
            d.low = ram.read32(at);
            d.high = ram.read32(at + 4);
            long before = d.bits();
            boolean acceptable = parts.descriptorChecks.check(d);
            if (d.bits() != before) {
                ram.write64(at, d.bits());
            }
            if (!acceptable) {
                return false;
            }
        }
        return true;
    }

    /** What memory does to processors without being called by one. */
    private final class MachineProcessors implements Processors {

        @Override
        public void flushTlbs(int domid) {
            GuestDomain domain = domain(domid);
            if (domain != null) {
                for (Vcpu v : domain.vcpus) {
                    v.flushTlb();
                }
            }
        }

        @Override
        public void dropLdtMappings(int domid) {
            GuestDomain domain = domain(domid);
            if (domain != null) {
                for (Vcpu v : domain.vcpus) {
                    parts.descriptorTables.dropLdt(v);
                }
            }
        }
    }
}
