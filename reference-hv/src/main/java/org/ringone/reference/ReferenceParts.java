package org.ringone.reference;

import org.ringone.emulator.CpuConfig;
import org.ringone.reference.build.BootRules;
import org.ringone.reference.build.LaterBootRules;
import org.ringone.reference.memory.LongModeEntryChecks;
import org.ringone.reference.memory.MemoryRules;
import org.ringone.reference.store.StoreRules;

/**
 * The collaborators that a reference hypervisor is made of, in one place. Each holds decisions of one concern and no state, so
 * one set serves all machines, forks and threads. A variant with one fault replaces one of them.
 */
public final class ReferenceParts {

    final StartState startState;
    final DescriptorChecks descriptorChecks;
    final DescriptorTables descriptorTables;
    final FourGigabyteSegments fourGigabyteSegments;
    final SegmentReload segmentReload;
    final TrapDelivery trapDelivery;
    final TrapTableHypercall trapTable;
    final KernelStack kernelStack;
    final Exceptions exceptions;
    final SoftwareInterrupts softwareInterrupts;
    final InterruptReturn interruptReturn;
    final GuestReturn guestReturn;
    final GuestCallbacks callbacks;
    final EventDelivery eventDelivery;
    final EventChannels eventChannels;
    final SchedulerOps schedulerOps;
    final Timers timers;
    final VcpuOps vcpuOps;
    final VcpuContext vcpuContext;
    final PrivilegedInstructions privilegedInstructions;
    final IoInstructions ioInstructions;
    final ModelSpecificRegisters modelSpecificRegisters;
    final ForcedEmulation forcedEmulation;
    final FpuSwitch fpuSwitch;
    final DebugRegisters debugRegisters;
    final Multicall multicall;
    final PhysdevOps physdevOps;
    final VersionInfo versionInfo;
    final ConsoleHypercall consoleHypercall;
    final ControlHypercalls controlHypercalls;
    final GuestCopy guestCopy;
    final MemoryRules memoryRules;
    final BootRules bootRules;
    final StoreRules storeRules;
    final CpuConfig cpuConfig;

    private ReferenceParts(Builder b) {
        startState = b.startState;
        descriptorChecks = b.descriptorChecks;
        descriptorTables = b.descriptorTables;
        fourGigabyteSegments = b.fourGigabyteSegments;
        segmentReload = b.segmentReload;
        trapDelivery = b.trapDelivery;
        trapTable = b.trapTable;
        kernelStack = b.kernelStack;
        exceptions = b.exceptions;
        softwareInterrupts = b.softwareInterrupts;
        interruptReturn = b.interruptReturn;
        guestReturn = b.guestReturn;
        callbacks = b.callbacks;
        eventDelivery = b.eventDelivery;
        eventChannels = b.eventChannels;
        schedulerOps = b.schedulerOps;
        timers = b.timers;
        vcpuOps = b.vcpuOps;
        vcpuContext = b.vcpuContext;
        privilegedInstructions = b.privilegedInstructions;
        ioInstructions = b.ioInstructions;
        modelSpecificRegisters = b.modelSpecificRegisters;
        forcedEmulation = b.forcedEmulation;
        fpuSwitch = b.fpuSwitch;
        debugRegisters = b.debugRegisters;
        multicall = b.multicall;
        physdevOps = b.physdevOps;
        versionInfo = b.versionInfo;
        consoleHypercall = b.consoleHypercall;
        controlHypercalls = b.controlHypercalls;
        guestCopy = b.guestCopy;
        memoryRules = b.memoryRules;
        bootRules = b.bootRules;
        storeRules = b.storeRules;
        cpuConfig = b.cpuConfig;
    }

    /** The reference itself. */
    public static ReferenceParts standard() {
        return new Builder().build();
    }

    /**
     * The reference as kernels of later years meet it, on a 64-bit host: L3 entries may have the flags that mean something there,
     * a vcpu's vcpu_info may lie where the guest wants it, and an initial domain may require features. All else, the 32-bit host's address-space layout and segment limits
     * too, is as in {@link #standard}.
     */
    public static ReferenceParts on64BitHost() {
        Builder builder = new Builder();
        builder.memoryRules = builder.memoryRules.with(new LongModeEntryChecks());
        builder.cpuConfig = builder.cpuConfig.withLongMode();
        builder.vcpuOps = new PlacedVcpuInfo();
        builder.bootRules = new LaterBootRules();
        return builder.build();
    }

    /** Collects collaborators; every field starts as the reference's own and may be replaced. */
    public static final class Builder {

        public StartState startState = new StartState();
        public DescriptorChecks descriptorChecks = new DescriptorChecks();
        public DescriptorTables descriptorTables = new DescriptorTables();
        public FourGigabyteSegments fourGigabyteSegments = new FourGigabyteSegments();
        public SegmentReload segmentReload = new SegmentReload();
        public TrapDelivery trapDelivery = new TrapDelivery();
        public TrapTableHypercall trapTable = new TrapTableHypercall();
        public KernelStack kernelStack = new KernelStack();
        public Exceptions exceptions = new Exceptions();
        public SoftwareInterrupts softwareInterrupts = new SoftwareInterrupts();
        public InterruptReturn interruptReturn = new InterruptReturn();
        public GuestReturn guestReturn = new GuestReturn();
        public GuestCallbacks callbacks = new GuestCallbacks();
        public EventDelivery eventDelivery = new EventDelivery();
        public EventChannels eventChannels = new EventChannels();
        public SchedulerOps schedulerOps = new SchedulerOps();
        public Timers timers = new Timers();
        public VcpuOps vcpuOps = new VcpuOps();
        public VcpuContext vcpuContext = new VcpuContext();
        public PrivilegedInstructions privilegedInstructions = new PrivilegedInstructions();
        public IoInstructions ioInstructions = new IoInstructions();
        public ModelSpecificRegisters modelSpecificRegisters = new ModelSpecificRegisters();
        public ForcedEmulation forcedEmulation = new ForcedEmulation();
        public FpuSwitch fpuSwitch = new FpuSwitch();
        public DebugRegisters debugRegisters = new DebugRegisters();
        public Multicall multicall = new Multicall();
        public PhysdevOps physdevOps = new PhysdevOps();
        public VersionInfo versionInfo = new VersionInfo();
        public ConsoleHypercall consoleHypercall = new ConsoleHypercall();
        public ControlHypercalls controlHypercalls = new ControlHypercalls();
        public GuestCopy guestCopy = new GuestCopy();
        public MemoryRules memoryRules = MemoryRules.reference();
        public BootRules bootRules = new BootRules();
        public StoreRules storeRules = new StoreRules();
        public CpuConfig cpuConfig = HostProcessor.config();

        public ReferenceParts build() {
            return new ReferenceParts(this);
        }
    }
}
