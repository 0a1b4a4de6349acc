package org.ringone.reference.memory;

import java.util.List;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.reference.build.BootChannels;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.reference.build.DomainBuilder;
import org.ringone.reference.build.TestKernel;

/** A machine with one domain of 8 MiB on it, for tests. */
public final class World {

    public static final int BASE = TestKernel.BASE;
    public static final int FRAMES = MachineMemory.hypervisorFrames(4096) + 2100;
    public static final int EINVAL = -22;
    public static final int SELF = 0x7FF0;

    public final MachineMemory machine;
    public final BuiltDomain domain;
    public final TestCaller caller;

    public World() {
        this(false);
    }

    public World(boolean privileged) {
        machine = new MachineMemory(new PhysicalMemory(FRAMES), MemoryRules.reference(), (ram, mfn) -> true);
        try {
            domain = new DomainBuilder(machine)
                    .build(
                            DomainSpec.of(TestKernel.good().build(), 8, privileged),
                            privileged ? 0 : 1,
                            new BootChannels(1, 2));
        } catch (DomainBuildException e) {
            throw new AssertionError(e);
        }
        caller = new TestCaller(machine, domain, privileged);
        machine.attach(caller);
    }

    /** What does not agree between the recorded and the recomputed state. */
    public List<String> violations() {
        return Invariants.violations(machine, new int[] {caller.baseMfn()}, List.of());
    }

    /** The machine frame behind a mapped address. */
    public int mfn(int linear) {
        return (int) (machine.tables().l1Entry(caller.baseMfn(), linear) >>> 12);
    }
}
