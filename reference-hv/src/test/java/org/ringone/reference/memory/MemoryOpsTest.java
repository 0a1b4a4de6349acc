package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.memory.World.BASE;
import static org.ringone.reference.memory.World.SELF;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringone.xen.Errno;
import org.ringone.xen.MemoryOp;

class MemoryOpsTest {

    private static final int WINDOW = 0x1000;
    private static final int LIST = 0x1100;
    private static final int PAGE = BASE + 0x20000;

    private final World world = new World();
    private final MachineMemory machine = world.machine;
    private final MemoryOps operations = new MemoryOps(machine);

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    private int reserve(int command, int extents, int order, int bits, int domid) {
        world.caller.store(WINDOW, LIST, extents, order, bits, domid);
        return operations.call(world.caller, command, WINDOW);
    }

    private int unmapped(int linear) {
        int mfn = world.mfn(linear);
        assertThat(machine.tables().changeL1(machine.tables().l1EntryAddress(world.caller.baseMfn(), linear), 0, 1, 1))
                .isTrue();
        return mfn;
    }

    @Test
    void givesFramesBackAndGetsOthers() {
        int free = machine.freeFrames();
        int mfn = unmapped(PAGE);
        world.caller.store(LIST, mfn);
        assertThat(reserve(MemoryOp.DECREASE_RESERVATION, 1, 0, 0, SELF)).isEqualTo(1);
        assertThat(machine.freeFrames()).isEqualTo(free + 1);
        assertThat(reserve(MemoryOp.DECREASE_RESERVATION, 1, 0, 0, SELF))
                .as("again")
                .isZero();
        world.caller.store(LIST, 0x123);
        assertThat(reserve(MemoryOp.POPULATE_PHYSMAP, 1, 0, 0, SELF)).isEqualTo(1);
        int given = world.caller.load(LIST);
        assertThat(machine.machineToPhysical().get(given)).isEqualTo(0x123);
        assertThat(machine.frames().owner(given)).isEqualTo(1);
        assertThat(reserve(MemoryOp.INCREASE_RESERVATION, 1, 0, 0, SELF))
                .as("over the limit")
                .isZero();
    }

    @Test
    void aFrameInUseStaysTheDomainsUntilItIsUnmapped() {
        int mfn = world.mfn(PAGE);
        int held = world.domain.memory().held();
        world.caller.store(LIST, mfn);
        assertThat(reserve(MemoryOp.DECREASE_RESERVATION, 1, 0, 0, SELF)).isEqualTo(1);
        assertThat(world.domain.memory().held()).isEqualTo(held);
        unmapped(PAGE);
        assertThat(world.domain.memory().held()).isEqualTo(held - 1);
        assertThat(machine.isFree(mfn)).isTrue();
    }

    @Test
    void doesNotTakeBackWhatIsLentOrNotOwned() {
        for (int mfn : new int[] {
            world.domain.memory().sharedInfo(), 0, 2, -1, machine.frames().frames()
        }) {
            world.caller.store(LIST, mfn);
            assertThat(reserve(MemoryOp.DECREASE_RESERVATION, 1, 0, 0, SELF)).isZero();
        }
    }

    @Test
    void refusesRunsOtherDomainsAndNonsenseToAnOrdinaryDomain() {
        unmapped(PAGE);
        assertThat(reserve(MemoryOp.INCREASE_RESERVATION, 1, 1, 0, SELF)).isZero();
        assertThat(reserve(MemoryOp.INCREASE_RESERVATION, 1, 0, 0, 0)).isZero();
        assertThat(reserve(MemoryOp.INCREASE_RESERVATION, -1, 0, 0, SELF)).isZero();
        assertThat(reserve(MemoryOp.INCREASE_RESERVATION, 1, 0, 12, SELF)).isZero();
        assertThat(reserve(MemoryOp.DECREASE_RESERVATION, 1, 40, 0, SELF)).isZero();
        assertThat(operations.call(world.caller, MemoryOp.INCREASE_RESERVATION, 0x5000))
                .isZero();
        assertThat(operations.call(world.caller, MemoryOp.INCREASE_RESERVATION | 5 << 4, WINDOW))
                .isEqualTo(5);
    }

    @Test
    void tellsWhatADomainHolds() {
        world.caller.store(WINDOW, SELF);
        assertThat(operations.call(world.caller, MemoryOp.CURRENT_RESERVATION, WINDOW))
                .isEqualTo(2048);
        assertThat(operations.call(world.caller, MemoryOp.MAXIMUM_RESERVATION, WINDOW))
                .isEqualTo(2048);
        assertThat(operations.call(world.caller, MemoryOp.MAXIMUM_RAM_PAGE, 0)).isEqualTo(World.FRAMES);
        assertThat(operations.call(world.caller, MemoryOp.CURRENT_RESERVATION, 0x5000))
                .isEqualTo(-14);
        world.caller.store(WINDOW, 0);
        assertThat(operations.call(world.caller, MemoryOp.CURRENT_RESERVATION, WINDOW))
                .isEqualTo(-1);
        assertThat(operations.call(world.caller, 15, WINDOW)).isEqualTo(Errno.ENOSYS.result());
        assertThat(operations.call(world.caller, MemoryOp.MEMORY_MAP, WINDOW)).isEqualTo(Errno.ENOSYS.result());
        world.caller.store(WINDOW, SELF, 0, 0, 0);
        assertThat(operations.call(world.caller, MemoryOp.ADD_TO_PHYSMAP, WINDOW))
                .isEqualTo(World.EINVAL);
    }

    @Test
    void tellsWhereTheMachineToPhysicalTableLies() {
        assertThat(operations.call(world.caller, MemoryOp.MACHPHYS_MAPPING, WINDOW))
                .isZero();
        assertThat(world.caller.load(WINDOW)).isEqualTo(0xF5800000);
        assertThat(world.caller.load(WINDOW + 4)).isEqualTo(0xF6800000);
        assertThat(world.caller.load(WINDOW + 8)).isEqualTo(0x3FFFFF);
        world.caller.store(WINDOW, 10, LIST, 0);
        assertThat(operations.call(world.caller, MemoryOp.MACHPHYS_MFN_LIST, WINDOW))
                .isZero();
        assertThat(world.caller.load(WINDOW + 8)).isEqualTo(1);
        assertThat(world.caller.load(LIST))
                .isEqualTo(machine.machineToPhysical().chunkFrame(0));
    }

    @Test
    void keepsAMemoryMap() {
        world.caller.store(LIST, 0, 0, 0x800000, 0, 1);
        world.caller.store(WINDOW, SELF, 1, LIST);
        assertThat(operations.call(world.caller, MemoryOp.SET_MEMORY_MAP, WINDOW))
                .isZero();
        world.caller.store(WINDOW, 5, LIST + 0x100);
        assertThat(operations.call(world.caller, MemoryOp.MEMORY_MAP, WINDOW)).isZero();
        assertThat(world.caller.load(WINDOW)).isEqualTo(1);
        assertThat(world.caller.load(LIST + 0x108)).isEqualTo(0x800000);
        world.caller.store(WINDOW, SELF, 4, LIST);
        assertThat(operations.call(world.caller, MemoryOp.SET_MEMORY_MAP, WINDOW))
                .isEqualTo(World.EINVAL);
    }

    @Test
    void exchangesFramesThatNothingUses() {
        int first = unmapped(PAGE);
        int second = unmapped(PAGE + 0x1000);
        world.caller.store(LIST, first, second);
        world.caller.store(LIST + 0x40, 0x20, 0x21);
        world.caller.store(WINDOW, LIST, 2, 0, 0, SELF, LIST + 0x40, 2, 0, 0, SELF, 0);
        int held = world.domain.memory().held();
        assertThat(operations.call(world.caller, MemoryOp.EXCHANGE, WINDOW)).isZero();
        assertThat(world.caller.load(WINDOW + 40)).isEqualTo(2);
        assertThat(world.domain.memory().held()).isEqualTo(held);
        assertThat(machine.frames().owner(world.caller.load(LIST + 0x40))).isEqualTo(1);
        assertThat(machine.machineToPhysical().get(world.caller.load(LIST + 0x44)))
                .isEqualTo(0x21);

        world.caller.store(LIST, world.mfn(PAGE + 0x2000));
        world.caller.store(WINDOW, LIST, 1, 0, 0, SELF, LIST + 0x40, 1, 0, 0, SELF, 0);
        assertThat(operations.call(world.caller, MemoryOp.EXCHANGE, WINDOW))
                .as("in use")
                .isEqualTo(World.EINVAL);
        assertThat(world.caller.load(WINDOW + 40)).isZero();
        world.caller.store(WINDOW, LIST, 2, 0, 0, SELF, LIST + 0x40, 1, 1, 0, SELF, 0);
        assertThat(operations.call(world.caller, MemoryOp.EXCHANGE, WINDOW)).isEqualTo(Errno.EPERM.result());
        world.caller.store(WINDOW, LIST, 2, 0, 0, SELF, LIST + 0x40, 1, 0, 0, SELF, 0);
        assertThat(operations.call(world.caller, MemoryOp.EXCHANGE, WINDOW)).isEqualTo(World.EINVAL);
        world.caller.store(WINDOW, LIST, 1, 70, 0, SELF, LIST + 0x40, 1, 70, 0, SELF, 0);
        assertThat(operations.call(world.caller, MemoryOp.EXCHANGE, WINDOW)).isEqualTo(World.EINVAL);
    }

    @Test
    void aPrivilegedDomainGetsRuns() {
        World privileged = new World(true);
        MemoryOps memory = new MemoryOps(privileged.machine);
        privileged.caller.store(WINDOW, LIST, 1, 3, 0, SELF);
        assertThat(memory.call(privileged.caller, MemoryOp.INCREASE_RESERVATION, WINDOW))
                .isEqualTo(1);
        int first = privileged.caller.load(LIST);
        assertThat(first & 7).isZero();
        for (int mfn = first; mfn < first + 8; mfn++) {
            assertThat(privileged.machine.frames().owner(mfn)).isZero();
        }
        privileged.caller.store(WINDOW, LIST, 1, 30, 0, SELF);
        assertThat(memory.call(privileged.caller, MemoryOp.INCREASE_RESERVATION, WINDOW))
                .isZero();
        assertThat(privileged.violations()).isEmpty();
    }
}
