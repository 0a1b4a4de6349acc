package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.reference.build.BootChannels;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.reference.build.DomainBuilder;
import org.ringone.reference.build.TestKernel;

/** A privileged domain that maps memory of another one, and what is left of that other one then. */
class ForeignDomainTest {

    private static final int WINDOW = 0x1000;
    private static final int PAGE = World.BASE + 0x20000;
    private static final int FRAMES = MachineMemory.hypervisorFrames(8192) + 4200;

    private final MachineMemory machine =
            new MachineMemory(new PhysicalMemory(FRAMES), MemoryRules.reference(), (ram, mfn) -> true);
    private final MmuUpdates updates = new MmuUpdates(machine);
    private TestCaller privileged;
    private TestCaller ordinary;
    private BuiltDomain guest;
    private int before;

    @BeforeEach
    void twoDomains() throws DomainBuildException {
        BuiltDomain initial = build(0);
        privileged = new TestCaller(machine, initial, true);
        before = machine.freeFrames();
        guest = build(1);
        ordinary = new TestCaller(machine, guest, false);
        machine.attach(privileged);
    }

    private BuiltDomain build(int domid) throws DomainBuildException {
        return new DomainBuilder(machine)
                .build(DomainSpec.of(TestKernel.good().build(), 8, domid == 0), domid, new BootChannels(1, 2));
    }

    private int map(TestCaller caller, long entry, int foreignDomain) {
        long address = machine.tables().l1EntryAddress(caller.baseMfn(), PAGE);
        caller.store(WINDOW, (int) address, (int) (address >> 32), (int) entry, (int) (entry >> 32));
        return updates.call(caller, WINDOW, 1, 0, foreignDomain);
    }

    private int guestFrame() {
        return (int) (machine.tables().l1Entry(guest.base(), PAGE) >>> 12);
    }

    @Test
    void onlyAPrivilegedDomainMapsAnothersFrames() {
        int own = (int) (machine.tables().l1Entry(privileged.baseMfn(), PAGE) >>> 12);
        assertThat(map(ordinary, PageTableEntry.of(own, 0x61), 0)).isEqualTo(-3);
        assertThat(map(ordinary, PageTableEntry.of(own, 0x61), World.SELF)).isEqualTo(World.EINVAL);
        assertThat(map(privileged, PageTableEntry.of(guestFrame(), 0x61), World.SELF))
                .isEqualTo(World.EINVAL);
        assertThat(map(privileged, PageTableEntry.of(guestFrame(), 0x63), 1)).isZero();
        assertThat(machine.frames().typeCount(guestFrame()))
                .as("mapped writable twice")
                .isEqualTo(2);
    }

    @Test
    void aTableOfAnotherDomainIsNotMappedWritableEither() {
        assertThat(map(privileged, PageTableEntry.of(guest.base(), 0x63), 1)).isEqualTo(World.EINVAL);
        assertThat(map(privileged, PageTableEntry.of(guest.base(), 0x61), 1)).isZero();
    }

    @Test
    void aFrameOutlivesItsDomainWhileItIsMapped() {
        int frame = guestFrame();
        assertThat(map(privileged, PageTableEntry.of(frame, 0x63), 1)).isZero();
        machine.types().putPageAndType(guest.base());
        machine.releaseDomain(1);
        assertThat(machine.domain(1)).isNull();
        assertThat(machine.freeFrames()).isEqualTo(before - 1);
        assertThat(machine.isFree(frame)).isFalse();
        privileged.log.clear();
        assertThat(map(privileged, 0, World.SELF)).isZero();
        assertThat(machine.freeFrames()).isEqualTo(before);
        assertThat(privileged.log).as("its translations go").contains("domain 0");
        assertThat(Invariants.violations(machine, new int[] {privileged.baseMfn()}, List.of()))
                .isEmpty();
    }

    @Test
    void framesOfADeadDomainAreZeroedBeforeTheyAreGivenToAnother() throws DomainBuildException {
        ordinary.store(PAGE, 0x5EC2E7);
        machine.types().putPageAndType(guest.base());
        machine.releaseDomain(1);
        BuiltDomain next = build(2);
        for (int pfn = 0x110; pfn < 0x400; pfn++) {
            long entry = machine.tables().l1Entry(next.base(), World.BASE + (pfn << 12));
            assertThat(machine.ram().read32(entry & PageTableEntry.FRAME)).isZero();
        }
    }
}
