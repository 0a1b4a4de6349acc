package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest {

    private final World world = new World();

    @Test
    void aForkAndItsOriginalGoTheirOwnWays() {
        MachineMemory original = world.machine;
        MachineMemory fork = original.fork(original.ram().fork());
        int base = world.domain.base();
        assertThat(Invariants.violations(fork, new int[] {base}, List.of())).isEmpty();
        int linear = World.BASE + 0x20000;
        int mfn = world.mfn(linear);
        long address = fork.tables().l1EntryAddress(base, linear);
        assertThat(fork.tables().changeL1(address, 0, 1, 1)).isTrue();
        fork.machineToPhysical().set(mfn, 7);
        fork.domain(1).setAssist(Assist.WRITABLE_PAGETABLES, true);
        fork.types().getPage(mfn, 1);
        assertThat(fork.domain(1).giveBack(mfn)).isTrue();
        fork.types().putPage(mfn);
        fork.settle();
        assertThat(fork.isFree(mfn)).isTrue();
        assertThat(Invariants.violations(fork, new int[] {base}, List.of())).isEmpty();

        assertThat(world.mfn(linear)).isEqualTo(mfn);
        assertThat(original.machineToPhysical().get(mfn)).isEqualTo(0x20);
        assertThat(original.domain(1).held()).isEqualTo(2048);
        assertThat(original.domain(1).assist(Assist.WRITABLE_PAGETABLES)).isFalse();
        assertThat(world.violations()).isEmpty();
        assertThat(original.tables().changeL1(original.tables().l1EntryAddress(base, linear), 0, 1, 1))
                .isTrue();
        original.settle();
        assertThat(world.caller.log).as("the original's processors").isNotNull();
        assertThat(fork.domain(1).held()).isEqualTo(2047);
    }

    @Test
    void everyHypercallLeavesTheOriginalAlone() {
        MachineMemory fork = world.machine.fork(world.machine.ram().fork());
        TestCaller caller = new TestCaller(fork, world.domain, false);
        fork.attach(caller);
        int frames = fork.freeFrames();
        caller.store(0x1000, 0x1100, 1, 0, 0, World.SELF);
        caller.store(0x1100, world.domain.memory().sharedInfo() + 1);
        new MemoryOps(fork).call(caller, 0, 0x1000);
        fork.types().putPageAndType(world.domain.base());
        fork.releaseDomain(1);
        assertThat(fork.freeFrames()).isGreaterThan(frames);
        assertThat(world.violations()).isEmpty();
        assertThat(world.machine.freeFrames()).isEqualTo(frames);
    }
}
