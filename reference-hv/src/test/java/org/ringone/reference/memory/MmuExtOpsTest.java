package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.memory.World.BASE;
import static org.ringone.reference.memory.World.EINVAL;
import static org.ringone.reference.memory.World.SELF;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringone.xen.Errno;
import org.ringone.xen.MmuExt;

class MmuExtOpsTest {

    private static final int WINDOW = 0x1000;
    private static final int PAGE = BASE + 0x20000;

    private final World world = new World();
    private final MachineMemory machine = world.machine;
    private final MmuExtOps operations = new MmuExtOps(machine);
    private final UpdateVaMappings mappings = new UpdateVaMappings(machine);

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    private int perform(int command, int first, int second) {
        world.caller.store(WINDOW, command, first, second);
        return operations.call(world.caller, WINDOW, 1, 0, SELF);
    }

    private int map(int linear, int mfn, int flags) {
        long entry = PageTableEntry.of(mfn, flags);
        return mappings.call(world.caller, linear, (int) entry, (int) (entry >> 32), 0);
    }

    /** An own page of zeros, mapped read-only. */
    private int readOnlyPage(int number) {
        int mfn = world.mfn(PAGE + number * 0x1000);
        assertThat(map(PAGE + number * 0x1000, mfn, 0x61)).isZero();
        return mfn;
    }

    /** A second address space, equal to the first, in read-only pages. */
    private int copyOfBase() {
        int l3 = readOnlyPage(0);
        int l2 = readOnlyPage(1);
        int base = world.caller.baseMfn();
        machine.ram().copyFrame(base, l3);
        machine.ram().copyFrame(PageTableEntry.mfn(machine.ram().read64((long) base * 4096 + 24)), l2);
        machine.ram().write64((long) l3 * 4096 + 24, PageTableEntry.of(l2, 1));
        return l3;
    }

    @Test
    void pinsATableOnceAndUnpinsItOnce() {
        int writable = world.mfn(PAGE + 0x5000);
        assertThat(perform(MmuExt.PIN_L1_TABLE, writable, 0))
                .as("mapped writable")
                .isEqualTo(EINVAL);
        int table = readOnlyPage(2);
        assertThat(perform(MmuExt.UNPIN_TABLE, table, 0)).isEqualTo(EINVAL);
        assertThat(perform(MmuExt.PIN_L1_TABLE, table, 0)).isZero();
        assertThat(perform(MmuExt.PIN_L1_TABLE, table, 0)).isEqualTo(EINVAL);
        assertThat(perform(MmuExt.PIN_L2_TABLE, table, 0)).isEqualTo(EINVAL);
        assertThat(map(PAGE + 0x2000, table, 0x63)).as("while pinned").isEqualTo(EINVAL);
        assertThat(perform(MmuExt.UNPIN_TABLE, table, 0)).isZero();
        assertThat(perform(MmuExt.UNPIN_TABLE, table, 0)).isEqualTo(EINVAL);
        assertThat(map(PAGE + 0x2000, table, 0x63))
                .as("when its last use has gone")
                .isZero();
    }

    @Test
    void refusesToPinWhatHasAnInvalidEntry() {
        int table = readOnlyPage(2);
        for (long bad : new long[] {
            PageTableEntry.of(world.caller.baseMfn(), 3),
            PageTableEntry.of(2, 1),
            PageTableEntry.of(table, 3),
            PageTableEntry.of(table, 0x101)
        }) {
            machine.ram().write64((long) table * 4096 + 511 * 8, bad);
            assertThat(perform(MmuExt.PIN_L1_TABLE, table, 0)).isEqualTo(EINVAL);
            assertThat(world.violations()).isEmpty();
        }
        machine.ram().write64((long) table * 4096 + 511 * 8, PageTableEntry.of(table, 1));
        assertThat(perform(MmuExt.PIN_L1_TABLE, table, 0)).isZero();
    }

    @Test
    void loadsACopyOfTheBaseAndRefusesAnythingElse() {
        int old = world.caller.baseMfn();
        int copy = copyOfBase();
        for (int bad : new int[] {
            world.mfn(PAGE + 0x9000), readOnlyPage(3), 1, -1, machine.frames().frames()
        }) {
            assertThat(perform(MmuExt.NEW_BASEPTR, bad, 0)).isEqualTo(EINVAL);
            assertThat(world.caller.baseMfn()).isEqualTo(old);
        }
        assertThat(perform(MmuExt.NEW_BASEPTR, copy, 0)).isZero();
        assertThat(world.caller.baseMfn()).isEqualTo(copy);
        assertThat(machine.frames().typeCount(old)).as("still pinned").isEqualTo(1);
        assertThat(perform(MmuExt.UNPIN_TABLE, old, 0)).isZero();
        assertThat(machine.frames().typeCount(old)).isZero();
    }

    @Test
    void givesTheHypervisorsSlotsToEveryBase() {
        int copy = copyOfBase();
        int l2 = PageTableEntry.mfn(machine.ram().read64((long) copy * 4096 + 24));
        machine.ram().write64((long) l2 * 4096 + 428 * 8, -1);
        assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0)).isZero();
        long m2p = machine.tables().l1Entry(copy, 0xF5800000);
        assertThat(PageTableEntry.mfn(m2p))
                .isEqualTo(machine.machineToPhysical().chunkFrame(0));
        assertThat(m2p & 7).as("read-only, not for ring 3").isEqualTo(1);
        int mfn = world.mfn(PAGE);
        assertThat(machine.ram().read32((m2p & PageTableEntry.FRAME) + mfn * 4L))
                .isEqualTo(0x20);
    }

    @Test
    void keepsSlot3ForOneTableOnly() {
        int copy = copyOfBase();
        int base = world.caller.baseMfn();
        long bootSlot3 = machine.ram().read64((long) base * 4096 + 24);
        long ownSlot3 = machine.ram().read64((long) copy * 4096 + 24);
        machine.ram().write64((long) copy * 4096 + 24, bootSlot3);
        assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0)).as("another's").isEqualTo(EINVAL);
        machine.ram().write64((long) copy * 4096 + 24, 0);
        assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0)).as("empty").isEqualTo(EINVAL);
        machine.ram().write64((long) copy * 4096 + 24, ownSlot3);
        machine.ram().write64((long) copy * 4096, ownSlot3);
        assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0)).as("twice").isEqualTo(EINVAL);
        machine.ram().write64((long) copy * 4096, 0);
        int l2 = PageTableEntry.mfn(ownSlot3);
        machine.ram().write64((long) l2 * 4096 + 428 * 8, 0);
        assertThat(perform(MmuExt.PIN_L2_TABLE, PageTableEntry.mfn(bootSlot3), 0))
                .as("by itself")
                .isEqualTo(EINVAL);
        assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0)).isZero();
        for (int flag : new int[] {2, 4, 0x20, 0x40, 0x80, 0x100}) {
            assertThat(perform(MmuExt.UNPIN_TABLE, copy, 0)).isZero();
            machine.ram().write64((long) copy * 4096 + 24, ownSlot3 | flag);
            assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0))
                    .as("flag %x", flag)
                    .isEqualTo(EINVAL);
            machine.ram().write64((long) copy * 4096 + 24, ownSlot3 | 0xE18);
            assertThat(perform(MmuExt.PIN_L3_TABLE, copy, 0)).isZero();
        }
    }

    @Test
    void doesTheFlushesAskedFor() {
        world.caller.store(PAGE, 5);
        world.caller.log.clear();
        assertThat(perform(MmuExt.TLB_FLUSH_LOCAL, 0, 0)).isZero();
        assertThat(perform(MmuExt.INVLPG_LOCAL, 0xC0001000, 0)).isZero();
        assertThat(perform(MmuExt.TLB_FLUSH_MULTI, 0, PAGE)).isZero();
        assertThat(perform(MmuExt.INVLPG_MULTI, 0xC0002000, PAGE)).isZero();
        assertThat(perform(MmuExt.TLB_FLUSH_ALL, 0, 0)).isZero();
        assertThat(perform(MmuExt.INVLPG_ALL, 0xC0003000, 0)).isZero();
        assertThat(world.caller.log)
                .containsExactly(
                        "flush 1", "page c0001000 1", "flush 5", "page c0002000 5", "flush -1", "page c0003000 -1");
        assertThat(perform(MmuExt.TLB_FLUSH_MULTI, 0, 0x5000)).isEqualTo(EINVAL);
        assertThat(perform(MmuExt.FLUSH_CACHE, 0, 0)).isEqualTo(EINVAL);
        assertThat(perform(MmuExt.NEW_USER_BASEPTR, 0, 0)).isEqualTo(Errno.ENOSYS.result());
        assertThat(perform(99, 0, 0)).isEqualTo(Errno.ENOSYS.result());
    }

    @Test
    void checksAnLdtBeforeItIsLoaded() {
        assertThat(perform(MmuExt.SET_LDT, PAGE, 8192)).isZero();
        assertThat(world.caller.log).contains("ldt c0020000 8192");
        assertThat(perform(MmuExt.SET_LDT, PAGE + 8, 1)).isEqualTo(EINVAL);
        assertThat(perform(MmuExt.SET_LDT, PAGE, 8193)).isEqualTo(EINVAL);
        assertThat(perform(MmuExt.SET_LDT, 0xF57FF000, 512)).isZero();
        assertThat(perform(MmuExt.SET_LDT, 0xF57FF000, 513)).isEqualTo(EINVAL);
    }

    @Test
    void reportsHowManyWereDone() {
        int table = readOnlyPage(2);
        world.caller.store(WINDOW, 0, table, 0, 4, table, 0, 4, table, 0, 6, 0, 0);
        assertThat(operations.call(world.caller, WINDOW, 4, WINDOW + 0x100, SELF))
                .isEqualTo(EINVAL);
        assertThat(world.caller.load(WINDOW + 0x100)).isEqualTo(2);
        assertThat(operations.call(world.caller, WINDOW, 0, WINDOW + 0x100, SELF))
                .isZero();
        assertThat(world.caller.load(WINDOW + 0x100)).isZero();
    }

    /** Tables that name each other in a chain as long as memory come apart without a deep recursion. */
    @Test
    void takesALongChainOfLinearTablesApart() {
        int length = 1500;
        int previous = -1;
        for (int i = 0; i < length; i++) {
            int linear = PAGE + i * 0x1000;
            if (machine.frames().type(world.mfn(linear)) != PageType.WRITABLE) {
                continue;
            }
            int mfn = world.mfn(linear);
            if (mfn == 0 || map(linear, mfn, 0x61) != 0) {
                continue;
            }
            machine.ram().clearFrame(mfn);
            if (previous >= 0) {
                machine.ram().write64((long) mfn * 4096, PageTableEntry.of(previous, 1));
            }
            assertThat(perform(MmuExt.PIN_L2_TABLE, mfn, 0)).isZero();
            if (previous >= 0) {
                assertThat(perform(MmuExt.UNPIN_TABLE, previous, 0)).isZero();
            }
            previous = mfn;
        }
        assertThat(world.violations()).isEmpty();
        assertThat(perform(MmuExt.UNPIN_TABLE, previous, 0)).isZero();
    }

    /** SAFE-04: two tables that hold each other up do not outlive their domain. */
    @Test
    void aDeadDomainGivesBackTablesThatNameEachOther() {
        int a = readOnlyPage(0);
        int b = readOnlyPage(1);
        assertThat(perform(MmuExt.PIN_L2_TABLE, a, 0)).isZero();
        machine.ram().write64((long) b * 4096, PageTableEntry.of(a, 1));
        assertThat(perform(MmuExt.PIN_L2_TABLE, b, 0)).isZero();
        assertThat(machine.tables().changeL2((long) a * 4096, PageTableEntry.of(b, 1), PageType.L2, 1))
                .isTrue();
        World other = world;
        other.machine.types().putPageAndType(other.caller.baseMfn());
        other.machine.releaseDomain(1);
        assertThat(machine.frames().typeCount(a)).isZero();
        assertThat(machine.frames().typeCount(b)).isZero();
        assertThat(machine.freeFrames()).isEqualTo(World.FRAMES - MachineMemory.hypervisorFrames(World.FRAMES));
        other.caller.loadBase(-1);
    }
}
