package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.memory.World.BASE;
import static org.ringone.reference.memory.World.EINVAL;
import static org.ringone.reference.memory.World.SELF;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringone.xen.Errno;
import org.ringone.xen.MmuExt;

class MmuUpdatesTest {

    private static final int SCRATCH = BASE;
    private static final int DONE = BASE + 0x800;
    private static final int RW = 0x63;
    private static final int RO = 0x61;
    private static final int PAGE = BASE + 0x20000;

    private final World world = new World();
    private final MachineMemory machine = world.machine;
    private final MmuUpdates updates = new MmuUpdates(machine);
    private final int base = world.domain.base();

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    private long entryOf(int linear) {
        return machine.tables().l1EntryAddress(world.caller.baseMfn(), linear);
    }

    private static long pte(int mfn, int flags) {
        return PageTableEntry.of(mfn, flags);
    }

    /** Performs updates given as pairs of pointer and value. */
    private int update(long... pairs) {
        for (int i = 0; i < pairs.length; i++) {
            world.caller.store(SCRATCH + i * 8, (int) pairs[i], (int) (pairs[i] >> 32));
        }
        world.caller.store(DONE, -1);
        return updates.call(world.caller, SCRATCH, pairs.length / 2, DONE, SELF);
    }

    private int done() {
        return world.caller.load(DONE);
    }

    private long l3() {
        return (long) base << 12;
    }

    private int l2() {
        return PageTableEntry.mfn(machine.ram().read64(l3() + 24));
    }

    @Test
    void remapsAPageAndGivesTheOldOneBack() {
        int old = world.mfn(PAGE);
        int other = world.mfn(PAGE + 0x1000);
        assertThat(update(entryOf(PAGE), pte(other, RW))).isZero();
        assertThat(done()).isEqualTo(1);
        assertThat(world.mfn(PAGE)).isEqualTo(other);
        assertThat(machine.frames().typeCount(other)).isEqualTo(2);
        assertThat(machine.frames().typeCount(old)).isZero();
    }

    /** It becomes an L3 again for as long as the update is checked: that overwrites the hypervisor's slots, and only those. */
    @Test
    void aRefusedUpdateOfAnL3InNoUseLosesWhatStandsInTheHypervisorsSlots() {
        int newL3 = world.mfn(PAGE);
        int newL2 = world.mfn(PAGE + 0x1000);
        machine.ram().copyFrame(l2(), newL2);
        machine.ram().clearFrame(newL3);
        machine.ram().write64(((long) newL3 << 12) + 24, pte(newL2, 1));
        assertThat(update(entryOf(PAGE), pte(newL3, RO), entryOf(PAGE + 0x1000), pte(newL2, RO)))
                .isZero();
        MmuExtOps extended = new MmuExtOps(machine);
        for (int command : new int[] {MmuExt.PIN_L3_TABLE, MmuExt.UNPIN_TABLE}) {
            world.caller.store(SCRATCH, command, newL3, 0);
            assertThat(extended.call(world.caller, SCRATCH, 1, 0, SELF)).isZero();
        }
        long last = ((long) newL2 << 12) + 511 * 8;
        long installed = machine.ram().read64(last);
        machine.ram().write64(last, pte(newL2, RW));
        byte[] guests = new byte[XenSlots.FIRST * 8];
        machine.ram().read((long) newL2 << 12, guests, 0, guests.length);

        assertThat(update((long) newL3 << 12, pte(newL3, 1))).isEqualTo(EINVAL);

        assertThat(machine.ram().read64((long) newL3 << 12)).isZero();
        assertThat(machine.ram().read64(last)).isEqualTo(installed);
        byte[] after = new byte[guests.length];
        machine.ram().read((long) newL2 << 12, after, 0, after.length);
        assertThat(after).isEqualTo(guests);
        assertThat(machine.frames().typeCount(newL3)).isZero();
        assertThat(machine.frames().typeCount(newL2)).isZero();
    }

    @Test
    void refusesAWritableMappingOfATableAndAcceptsAReadOnlyOne() {
        long before = machine.ram().read64(entryOf(PAGE));
        for (int table : new int[] {base, l2(), (int) (entryOf(PAGE) >>> 12)}) {
            assertThat(update(entryOf(PAGE), pte(table, RW))).isEqualTo(EINVAL);
            assertThat(done()).isZero();
            assertThat(machine.ram().read64(entryOf(PAGE))).isEqualTo(before);
        }
        assertThat(update(entryOf(PAGE), pte(base, RO))).isZero();
    }

    @Test
    void refusesFramesThatAreNotTheDomains() {
        for (int mfn :
                new int[] {0, 1, 5, machine.freeFrames(), machine.frames().frames(), -1, 0xFFFFF}) {
            assertThat(update(entryOf(PAGE), pte(mfn, RO))).as("frame %d", mfn).isEqualTo(EINVAL);
            assertThat(update((mfn & 0xFFFFFFFFL) << 12, 0)).isEqualTo(EINVAL);
        }
    }

    @Test
    void refusesForbiddenBitsByLevel() {
        long l1 = machine.ram().read64(entryOf(PAGE));
        long l2Entry = machine.ram().read64(((long) l2() << 12));
        for (long bad : new long[] {0x80, 0x100, 1L << 44, 1L << 62}) {
            assertThat(update(entryOf(PAGE), l1 | bad)).isEqualTo(EINVAL);
            assertThat(update(((long) l2() << 12), l2Entry | bad)).isEqualTo(EINVAL);
        }
        for (long good : new long[] {0x200, 0x800, 1L << 63, 0x18}) {
            assertThat(update(entryOf(PAGE), l1 | good)).isZero();
            assertThat(update(((long) l2() << 12), l2Entry | good)).isZero();
        }
    }

    @Test
    void refusesChangesOfSlot3AndOfWhatLiesBehindTheSlots() {
        long slot3 = machine.ram().read64(l3() + 24);
        assertThat(update(l3() + 24, slot3)).isEqualTo(EINVAL);
        assertThat(update(l3() + 24, 0)).isEqualTo(EINVAL);
        assertThat(update(l3() + 32, 0)).isEqualTo(EINVAL);
        assertThat(update(l3(), slot3)).as("the hypervisor's L2 in slot 0").isEqualTo(EINVAL);
    }

    @Test
    void refusesTheHypervisorsSlots() {
        assertThat(update(((long) l2() << 12) + 428 * 8, 0)).isEqualTo(EINVAL);
        assertThat(update(((long) l2() << 12) + 427 * 8, 0)).isZero();
    }

    @Test
    void stopsAtTheFirstRefusedElementAndKeepsWhatWasDone() {
        int other = world.mfn(PAGE + 0x1000);
        assertThat(update(entryOf(PAGE), pte(other, RO), entryOf(PAGE), pte(base, RW), entryOf(PAGE), 0))
                .isEqualTo(EINVAL);
        assertThat(done()).isEqualTo(1);
        assertThat(world.mfn(PAGE)).isEqualTo(other);
    }

    @Test
    void knowsNoOtherCommands() {
        for (int command = 2; command < 8; command++) {
            assertThat(update(entryOf(PAGE) | command, 0)).isEqualTo(Errno.ENOSYS.result());
            assertThat(done()).isZero();
        }
    }

    @Test
    void writesPlainlyToAnOrdinaryPage() {
        long address = (long) world.mfn(PAGE) << 12 | 0x10;
        assertThat(update(address, 0x0123456789ABCDEFL)).isZero();
        assertThat(world.caller.load(PAGE + 0x10)).isEqualTo(0x89ABCDEF);
        assertThat(world.caller.load(PAGE + 0x14)).isEqualTo(0x01234567);
    }

    @Test
    void setsTheMachineToPhysicalTableOfOwnFramesOnly() {
        int mfn = world.mfn(PAGE);
        assertThat(update((long) mfn << 12 | 1, 0x77)).isZero();
        assertThat(machine.machineToPhysical().get(mfn)).isEqualTo(0x77);
        assertThat(update(3L << 12 | 1, 0x77)).isEqualTo(EINVAL);
        assertThat(machine.machineToPhysical().get(3)).isEqualTo(MachineToPhysical.NEVER_SET);
    }

    @Test
    void refusesOtherDomains() {
        world.caller.store(SCRATCH, (int) entryOf(PAGE), 0, 0, 0);
        world.caller.store(DONE, 7);
        assertThat(updates.call(world.caller, SCRATCH, 1, DONE, 0)).isEqualTo(Errno.ESRCH.result());
        assertThat(updates.call(world.caller, SCRATCH, 1, 0, 1)).isEqualTo(Errno.ESRCH.result());
        assertThat(updates.call(world.caller, SCRATCH, 1, 0, 0x7FF2)).isEqualTo(Errno.ESRCH.result());
        assertThat(done()).isZero();
        assertThat(world.mfn(PAGE)).isNotZero();
    }

    @Test
    void faultsOnBadPointers() {
        int efault = Errno.EFAULT.result();
        assertThat(updates.call(world.caller, 0x5000, 1, 0, SELF)).isEqualTo(efault);
        assertThat(updates.call(world.caller, 0xF5800000, 1, 0, SELF)).isEqualTo(efault);
        assertThat(updates.call(world.caller, 0xF57FFFF0, 2, 0, SELF)).isEqualTo(efault);
        assertThat(updates.call(world.caller, 0xFFFFFFF0, 1, 0, SELF)).isEqualTo(efault);
        assertThat(updates.call(world.caller, SCRATCH, 0x7FFFFFFF, 0, SELF)).isEqualTo(efault);
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        int other = world.mfn(PAGE + 0x1000);
        world.caller.preemptAfter = 0;
        assertThat(update(entryOf(PAGE), pte(other, RO), entryOf(PAGE), 0)).isEqualTo(1);
        assertThat(done()).isEqualTo(1);
        int[] rest = world.caller.continuation;
        assertThat(updates.call(world.caller, rest[0], rest[1], rest[2], rest[3]))
                .isZero();
        assertThat(done()).isEqualTo(2);
        assertThat(machine.ram().read64(entryOf(PAGE))).isZero();
    }

    @Test
    void acceptsALinearTableOnlyReadOnlyAndKeepsItSo() {
        long slot = ((long) l2() << 12) + 100 * 8;
        assertThat(update(slot, pte(l2(), 0x67))).isEqualTo(EINVAL);
        assertThat(update(slot, pte(l2(), 0x65))).isZero();
        assertThat(update(slot, pte(l2(), 0x67))).isEqualTo(EINVAL);
        assertThat(update(slot, pte(l2(), 0x25))).isZero();
        assertThat(update(slot, 0)).isZero();
    }

    @Test
    void flushesWhenATableIsOneNoLonger() {
        long slot = ((long) l2() << 12) + (PAGE >>> 21 & 0x1FF) * 8L;
        int table = (int) (entryOf(BASE + 0x200000) >>> 12);
        long entry = ((long) l2() << 12) + 1 * 8L;
        assertThat(slot).isNotEqualTo(entry);
        world.caller.log.clear();
        assertThat(update(entry, 0)).isZero();
        assertThat(world.caller.log).contains("domain 1");
        assertThat(machine.frames().typeCount(table)).isZero();
    }
}
