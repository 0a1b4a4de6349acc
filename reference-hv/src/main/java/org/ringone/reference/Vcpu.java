package org.ringone.reference;

import java.util.Arrays;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.reference.memory.Caller;
import org.ringone.reference.memory.FrameTable;
import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TableRoute;

/**
 * A virtual processor: the guest's view of it that the hypervisor keeps, and the processor that runs it. While the hypervisor
 * works for the vcpu, the processor's state is the guest's state at the moment of entry, except for selectors that the
 * hypervisor has replaced: those are loaded, with all checks, on the way back (see {@link GuestReturn}).
 */
public final class Vcpu implements Caller {

    static final int EAX = 0;
    static final int ECX = 1;
    static final int EDX = 2;
    static final int EBX = 3;
    static final int ESP = 4;
    static final int EBP = 5;
    static final int ESI = 6;
    static final int EDI = 7;

    static final int ES = 0;
    static final int CS = 1;
    static final int SS = 2;
    static final int DS = 3;
    static final int FS = 4;
    static final int GS = 5;

    static final int FLAG_TF = 1 << 8;
    static final int FLAG_IF = 1 << 9;
    static final int FLAG_DF = 1 << 10;
    static final int FLAG_IOPL = 3 << 12;
    static final int FLAG_NT = 1 << 14;
    static final int FLAG_RF = 1 << 16;
    static final int FLAG_VM = 1 << 17;

    /** Stands for a timer that is not set. */
    static final long NEVER = Long.MAX_VALUE;

    final GuestDomain domain;
    final int id;
    final Cpu cpu;
    final CpuState state;
    final VcpuView view = new VcpuView(this);

    // What the guest registered.
    final GuestTraps traps;
    Callback eventCallback = Callback.NONE;
    Callback failsafeCallback = Callback.NONE;
    int nmiAddress;
    int kernelSs;
    int kernelSp;
    DirectGate gate80;
    DirectGate liveGate80;

    // Descriptor tables.
    final int[] gdtFrames = new int[DescriptorTables.GDT_PAGES];
    int gdtEntries;
    int ldtBase;
    int ldtEntries;
    final int[] ldtFrames = new int[DescriptorTables.LDT_PAGES];

    // Virtual privileged state.
    boolean taskSwitched;
    int cr2;
    int baseMfn = -1;
    final int[] debugRegisters = new int[8];
    int iopl;
    int ioBitmap;
    int ioBitmapPorts;

    // Scheduling.
    boolean initialised;
    boolean down = true;
    boolean blocked;
    boolean polling;
    /** Whether its processor is to be interrupted, so that the hypervisor looks at it on the way back. */
    boolean kicked;

    boolean nmiPending;
    boolean nmiMasked;
    long singleshot = NEVER;
    long pollTimeout = NEVER;
    long periodicPeriod = Timers.PERIOD;
    long periodicLast;
    long periodicNext = NEVER;
    Runstate runstate = new Runstate();
    int runstateArea;
    final int[] virqPorts = new int[EventChannels.VIRQS];

    // The way back to the guest.
    final TrapBounce bounce;
    private final int[] selectors = new int[6];
    private boolean selectorsReplaced;
    private long descriptorsSeen = -1;

    // The hypercall being performed.
    boolean inMulticall;
    boolean multicallPreempted;
    final int[] multicallEntry = new int[8];

    Vcpu(GuestDomain domain, int id, CpuOwner owner) {
        this.domain = domain;
        this.id = id;
        this.traps = new GuestTraps();
        this.bounce = new TrapBounce();
        this.cpu = owner.create(this);
        this.state = cpu.state();
        Arrays.fill(gdtFrames, -1);
        Arrays.fill(ldtFrames, -1);
    }

    private Vcpu(GuestDomain domain, Vcpu other, CpuOwner owner) {
        this.domain = domain;
        this.id = other.id;
        this.traps = other.traps.copy();
        this.bounce = other.bounce.copy();
        this.cpu = owner.create(this);
        this.state = cpu.state();
        eventCallback = other.eventCallback;
        failsafeCallback = other.failsafeCallback;
        nmiAddress = other.nmiAddress;
        kernelSs = other.kernelSs;
        kernelSp = other.kernelSp;
        gate80 = other.gate80;
        liveGate80 = other.liveGate80;
        copy(other.gdtFrames, gdtFrames);
        gdtEntries = other.gdtEntries;
        ldtBase = other.ldtBase;
        ldtEntries = other.ldtEntries;
        copy(other.ldtFrames, ldtFrames);
        taskSwitched = other.taskSwitched;
        cr2 = other.cr2;
        baseMfn = other.baseMfn;
        copy(other.debugRegisters, debugRegisters);
        iopl = other.iopl;
        ioBitmap = other.ioBitmap;
        ioBitmapPorts = other.ioBitmapPorts;
        initialised = other.initialised;
        down = other.down;
        blocked = other.blocked;
        polling = other.polling;
        kicked = other.kicked;
        nmiPending = other.nmiPending;
        nmiMasked = other.nmiMasked;
        singleshot = other.singleshot;
        pollTimeout = other.pollTimeout;
        periodicPeriod = other.periodicPeriod;
        periodicLast = other.periodicLast;
        periodicNext = other.periodicNext;
        runstate = other.runstate.copy();
        runstateArea = other.runstateArea;
        copy(other.virqPorts, virqPorts);
        copy(other.selectors, selectors);
        selectorsReplaced = other.selectorsReplaced;
        descriptorsSeen = other.descriptorsSeen;
    }

    private static void copy(int[] from, int[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    /** The same vcpu in a forked machine. */
    Vcpu fork(GuestDomain forkedDomain, CpuOwner owner) {
        return new Vcpu(forkedDomain, this, owner);
    }

    /** Makes the processor of a vcpu: a new one, or a fork of another's. */
    interface CpuOwner {
        Cpu create(Vcpu vcpu);
    }

    /** The processor that runs it. */
    public Cpu cpu() {
        return cpu;
    }

    /** The domain that it belongs to. */
    public GuestDomain domain() {
        return domain;
    }

    ReferenceMachine machine() {
        return domain.machine;
    }

    GuestObserver observer() {
        return domain.machine.observer;
    }

    ReferenceParts parts() {
        return domain.machine.parts;
    }

    boolean runnable() {
        return !down && !blocked && initialised && domain.running();
    }

    // ---- what memory operations need of the vcpu they work for ----

    @Override
    public int domainId() {
        return domain.id();
    }

    @Override
    public boolean privileged() {
        return domain.privileged();
    }

    @Override
    public int vcpuId() {
        return id;
    }

    /** Whether what it asks for now is an entry of a multicall. */
    public boolean performsMulticall() {
        return inMulticall;
    }

    /** Counts an entry into the hypervisor. */
    public void countEntry() {
        machine().entered(this, 0);
    }

    /** Whether there is somewhere for its event upcalls to go. */
    public boolean hasEventCallback() {
        return (eventCallback.cs() & ~3) != 0;
    }

    @Override
    public boolean copyIn(int linear, byte[] to, int offset, int length) {
        return parts().guestCopy.read(this, linear, to, offset, length);
    }

    @Override
    public boolean copyOut(int linear, byte[] from, int offset, int length) {
        return parts().guestCopy.write(this, linear, from, offset, length);
    }

    @Override
    public int baseMfn() {
        return baseMfn;
    }

    @Override
    public void loadBase(int mfn) {
        parts().descriptorTables.dropLdt(this);
        baseMfn = mfn;
        cpu.control().cr3(mfn << 12 | mfn >>> 20);
        flushTlb();
    }

    @Override
    public void flushTlb(int set) {
        for (Vcpu v : domain.vcpus) {
            if ((set >>> v.id & 1) != 0) {
                v.flushTlb();
            }
        }
    }

    /** Flushes the whole TLB of this vcpu's processor, which also reads the four slots of its L3 again. */
    void flushTlb() {
        if (baseMfn >= 0) {
            cpu.mmu().loadPointers(state.cr3());
        }
        cpu.mmu().flushAll();
    }

    @Override
    public void flushPage(int linear, int set) {
        for (Vcpu v : domain.vcpus) {
            if ((set >>> v.id & 1) != 0) {
                v.cpu.mmu().flushPage(linear);
            }
        }
    }

    @Override
    public boolean setLdt(int linear, int entries) {
        return parts().descriptorTables.setLdt(this, linear, entries);
    }

    @Override
    public void entryWrite(TableRoute route, PageType table, long address, long before, long value, boolean accepted) {
        GuestObserver observer = observer();
        if (observer != GuestObserver.NONE) {
            FrameTable frames = machine().machineMemory.frames();
            int target = (int) (value >>> 12) & 0xFFFFFF;
            PageType use =
                    !frames.valid(target) ? null : frames.typeCount(target) > 0 ? frames.type(target) : PageType.NONE;
            observer.entryWrite(view, new EntryWrite(route, table, address, before, value, accepted, use));
        }
    }

    @Override
    public void extended(int command, int first, int second, int result) {
        observer().extended(view, command, first, second, result);
    }

    @Override
    public boolean preempted() {
        return domain.machine.preempts(this);
    }

    @Override
    public int continuation(int hypercall, int... arguments) {
        return domain.machine.hypercalls.continueLater(this, hypercall, arguments);
    }

    @Override
    public void charge(int ticks) {
        cpu.charge(ticks);
    }

    // ---- the guest's registers ----

    /** A selector as the guest had it or as the hypervisor wants it. */
    public int selector(int segment) {
        return selectorsReplaced ? selectors[segment] : state.selector(segment);
    }

    /** Wants a segment register reloaded with that selector on the way back. */
    public void setSelector(int segment, int selector) {
        if (!selectorsReplaced) {
            for (int i = 0; i < 6; i++) {
                selectors[i] = state.selector(i);
            }
            selectorsReplaced = true;
        }
        selectors[segment] = selector & 0xFFFF;
    }

    /** Whether the segment registers have to be loaded anew before the guest goes on. */
    boolean mustReload() {
        return selectorsReplaced || descriptorsSeen != domain.machine.descriptorChanges();
    }

    /** The segment registers now hold what the descriptor tables say. */
    void reloaded() {
        selectorsReplaced = false;
        descriptorsSeen = domain.machine.descriptorChanges();
    }

    boolean vm86() {
        return (state.eflags() & FLAG_VM) != 0;
    }

    /** The ring that the guest runs or is to run in. */
    int ring() {
        return vm86() ? 3 : selector(CS) & 3;
    }

    /** Whether the guest's kernel runs: ring 1, not virtual-8086 mode (PRIV-01). */
    public boolean inGuestKernel() {
        return !vm86() && (selector(CS) & 3) == 1;
    }

    @Override
    public String toString() {
        return "d" + domain.id() + "v" + id;
    }
}
