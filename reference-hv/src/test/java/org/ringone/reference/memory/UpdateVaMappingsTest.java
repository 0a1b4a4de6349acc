package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.memory.World.BASE;
import static org.ringone.reference.memory.World.EINVAL;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringone.xen.Errno;

class UpdateVaMappingsTest {

    private static final int PAGE = BASE + 0x20000;

    private final World world = new World();
    private final UpdateVaMappings mappings = new UpdateVaMappings(world.machine);

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    private int map(int linear, long entry, int flags) {
        return mappings.call(world.caller, linear, (int) entry, (int) (entry >> 32), flags);
    }

    @Test
    void changesTheEntryOfAnAddress() {
        int other = world.mfn(PAGE + 0x1000);
        assertThat(map(PAGE, PageTableEntry.of(other, 0x61) | 1L << 63, 0)).isZero();
        assertThat(world.machine.tables().l1Entry(world.caller.baseMfn(), PAGE))
                .isEqualTo(PageTableEntry.of(other, 0x61) | 1L << 63);
    }

    @Test
    void refusesAddressesWithoutAnL1AndTheHypervisorsRange() {
        int mfn = world.mfn(PAGE);
        assertThat(map(0x1000, PageTableEntry.of(mfn, 1), 0)).isEqualTo(EINVAL);
        assertThat(map(0xF5800000, PageTableEntry.of(mfn, 1), 0)).isEqualTo(EINVAL);
        assertThat(map(0xFFFFF000, 0, 0)).isEqualTo(EINVAL);
        assertThat(map(PAGE, PageTableEntry.of(world.caller.baseMfn(), 3), 0)).isEqualTo(EINVAL);
    }

    @Test
    void doesNotTakeAnL2ForAnL1() {
        int base = world.caller.baseMfn();
        int l2 = PageTableEntry.mfn(world.machine.ram().read64((long) base * 4096 + 24));
        long slot = (long) l2 * 4096 + 200 * 8;
        assertThat(world.machine.tables().changeL2(slot, PageTableEntry.of(l2, 1), PageType.XEN_L2, 1))
                .isTrue();
        int linear = 0xC0000000 + (200 << 21);
        assertThat(map(linear, PageTableEntry.of(world.mfn(PAGE), 1), 0)).isEqualTo(EINVAL);
    }

    @Test
    void flushesAsAskedEvenWhenRefused() {
        long same = world.machine.tables().l1Entry(world.caller.baseMfn(), PAGE);
        world.caller.store(PAGE + 0x2000, 6);
        world.caller.log.clear();
        assertThat(map(PAGE, same, 0)).isZero();
        assertThat(world.caller.log).isEmpty();
        assertThat(map(PAGE, same, 1)).isZero();
        assertThat(map(PAGE, same, 5)).isZero();
        assertThat(map(PAGE, same, PAGE + 0x2000 | 1)).isZero();
        assertThat(map(PAGE, same, 2)).isZero();
        assertThat(map(PAGE, same, 6)).isZero();
        assertThat(map(PAGE, same | 0x100, PAGE + 0x2000 | 2)).isEqualTo(EINVAL);
        assertThat(world.caller.log)
                .containsExactly(
                        "flush 1", "flush -1", "flush 6", "page c0020000 1", "page c0020000 -1", "page c0020000 6");
        assertThat(map(PAGE, same, 0x5000 | 1)).isEqualTo(Errno.EFAULT.result());
    }

    @Test
    void isRefusedForOtherDomains() {
        assertThat(mappings.callForOtherDomain(world.caller, PAGE, 0, 0, 0, 0)).isEqualTo(Errno.EPERM.result());
        World privileged = new World(true);
        UpdateVaMappings other = new UpdateVaMappings(privileged.machine);
        assertThat(other.callForOtherDomain(privileged.caller, PAGE, 0, 0, 0, 77))
                .isEqualTo(Errno.ESRCH.result());
        int m2p = privileged.machine.machineToPhysical().chunkFrame(0);
        assertThat(other.callForOtherDomain(privileged.caller, PAGE, m2p << 12 | 0x61, 0, 0, 0x7FF2))
                .isZero();
        assertThat(other.callForOtherDomain(privileged.caller, PAGE, m2p << 12 | 0x63, 0, 0, 0x7FF2))
                .isEqualTo(EINVAL);
    }
}
