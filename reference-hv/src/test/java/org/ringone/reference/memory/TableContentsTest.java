package org.ringone.reference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringone.reference.memory.World.BASE;
import static org.ringone.reference.memory.World.EINVAL;
import static org.ringone.reference.memory.World.SELF;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringone.xen.MmuExt;

/** What a table takes hold of it gives back when it turns out to be no good: after each test the counts are recomputed. */
class TableContentsTest {

    private static final int WINDOW = 0x1000;
    private static final int PAGE = BASE + 0x20000;
    private static final int RO = 0x61;
    private static final int RW = 0x63;

    private final World world = new World();
    private final MachineMemory machine = world.machine;
    private final MmuExtOps operations = new MmuExtOps(machine);
    private final UpdateVaMappings mappings = new UpdateVaMappings(machine);

    @AfterEach
    void countsAgree() {
        assertThat(world.violations()).isEmpty();
    }

    private int pin(int command, int mfn) {
        world.caller.store(WINDOW, command, mfn, 0);
        return operations.call(world.caller, WINDOW, 1, 0, SELF);
    }

    private int map(int linear, long entry) {
        return mappings.call(world.caller, linear, (int) entry, (int) (entry >> 32), 0);
    }

    /** An own page, mapped read-only, with these entries first and zeros behind. */
    private int table(int number, long... entries) {
        int mfn = world.mfn(PAGE + number * 0x1000);
        assertThat(map(PAGE + number * 0x1000, PageTableEntry.of(mfn, RO))).isZero();
        for (int i = 0; i < entries.length; i++) {
            machine.ram().write64((long) mfn * 4096 + 8 * i, entries[i]);
        }
        return mfn;
    }

    private long writable(int number) {
        return PageTableEntry.of(world.mfn(PAGE + number * 0x1000), RW);
    }

    private long foreign(int flags) {
        return PageTableEntry.of(2, flags);
    }

    @Test
    void anL1ThatIsRefusedGivesBackWhatItsEarlierEntriesTook() {
        assertThat(pin(MmuExt.PIN_L1_TABLE, table(0, writable(8), writable(9), foreign(RO))))
                .isEqualTo(EINVAL);
    }

    @Test
    void anL2ThatIsRefusedGivesBackWhatItsEarlierEntriesTook() {
        long l1 = PageTableEntry.of(table(1, writable(8)), RW);
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(0, l1, foreign(RW)))).isEqualTo(EINVAL);
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(2, l1))).isZero();
    }

    @Test
    void anL3ThatIsRefusedGivesBackWhatItsEarlierEntriesTook() {
        long l2 = PageTableEntry.of(table(1), 1);
        long last = PageTableEntry.of(table(2), 1);
        assertThat(pin(MmuExt.PIN_L3_TABLE, table(0, l2, foreign(1), 0, last))).isEqualTo(EINVAL);
        assertThat(pin(MmuExt.PIN_L3_TABLE, table(0, l2, 0, 0, 0)))
                .as("without slot 3")
                .isEqualTo(EINVAL);
    }

    @Test
    void theL2OfSlot3IsLookedAtLikeAnyOther() {
        long bad = PageTableEntry.of(table(1, foreign(RW)), 1);
        assertThat(pin(MmuExt.PIN_L3_TABLE, table(0, 0, 0, 0, bad))).isEqualTo(EINVAL);
    }

    @Test
    void theL2OfSlot3MayBeALinearTableToo() {
        int l2 = table(1);
        assertThat(pin(MmuExt.PIN_L3_TABLE, table(0, 0, 0, 0, PageTableEntry.of(l2, 1))))
                .isZero();
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(2, PageTableEntry.of(l2, RO))))
                .isZero();
    }

    @Test
    void anL3HasFourEntriesAndNothingBehindThemIsLookedAt() {
        long last = PageTableEntry.of(table(1), 1);
        assertThat(pin(MmuExt.PIN_L3_TABLE, table(0, 0, 0, 0, last, foreign(RW), -1L)))
                .isZero();
    }

    @Test
    void aLinearEntryMustNameAnL2OfTheDomain() {
        long ordinary = PageTableEntry.of(world.mfn(PAGE + 0x8000), RO);
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(0, ordinary))).as("a page").isEqualTo(EINVAL);
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(1, foreign(RO))))
                .as("nobody's frame")
                .isEqualTo(EINVAL);
        int l2 = table(2);
        assertThat(pin(MmuExt.PIN_L2_TABLE, l2)).isZero();
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(3, PageTableEntry.of(l2, RW))))
                .as("writable")
                .isEqualTo(EINVAL);
        assertThat(pin(MmuExt.PIN_L2_TABLE, table(4, PageTableEntry.of(l2, RO))))
                .isZero();
    }

    /** The LDT's pages are found through the guest's own mapping: one that goes may have been it. */
    @Test
    void aMappingOfAnLdtPageThatGoesMakesTheProcessorsForgetTheLdt() {
        int page = table(0);
        assertThat(map(PAGE, 0)).isZero();
        assertThat(world.caller.log).as("an ordinary page").noneMatch(line -> line.startsWith("ldt"));
        assertThat(map(PAGE, PageTableEntry.of(page, RO))).isZero();
        int domid = world.caller.domainId();
        assertThat(machine.types().getPageAndType(page, domid, PageType.LDT)).isTrue();
        assertThat(map(PAGE, 0)).isZero();
        assertThat(world.caller.log).contains("ldt of domain " + domid);
        machine.types().putPageAndType(page);
        world.caller.log.clear();
        assertThat(map(PAGE, PageTableEntry.of(page, RO))).isZero();
        assertThat(map(PAGE, 0)).isZero();
        assertThat(world.caller.log).as("an LDT no longer").noneMatch(line -> line.startsWith("ldt"));
    }

    @Test
    void theL2OfSlot3IsAnOrdinaryOneWhenItsL3Goes() {
        int l2 = table(1);
        int l3 = table(0, 0, 0, 0, PageTableEntry.of(l2, 1));
        assertThat(pin(MmuExt.PIN_L3_TABLE, l3)).isZero();
        assertThat(machine.frames().type(l2)).isEqualTo(PageType.XEN_L2);
        assertThat(pin(MmuExt.UNPIN_TABLE, l3)).isZero();
        assertThat(machine.frames().type(l2)).isEqualTo(PageType.L2);
    }

    @Test
    void anL2LetsGoOfAllItsTablesAtOnce() {
        long[] entries = new long[40];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = PageTableEntry.of(table(i + 1, writable(60 + i)), RW);
        }
        int l2 = table(0, entries);
        assertThat(pin(MmuExt.PIN_L2_TABLE, l2)).isZero();
        assertThat(pin(MmuExt.UNPIN_TABLE, l2)).isZero();
        for (long entry : entries) {
            assertThat(machine.frames().typeCount(PageTableEntry.mfn(entry))).isZero();
        }
    }

    @Test
    void theLastUseThatGoesByItselfEndsATable() {
        int l1 = table(0, writable(8));
        PageTypes types = machine.types();
        assertThat(types.getPageAndType(l1, world.caller.domainId(), PageType.L1))
                .isTrue();
        types.putType(l1);
        types.putPage(l1);
        assertThat(machine.frames().validated(l1)).isFalse();
    }

    /** TLB-02: a processor may still have the writable mapping that went without a flush. */
    @Test
    void aPageThatBecomesATableSoonAfterItsWritableMappingWentIsFlushed() {
        int l1 = table(0);
        String flush = "domain " + world.caller.domainId();
        world.caller.log.clear();
        assertThat(pin(MmuExt.PIN_L1_TABLE, l1)).isZero();
        assertThat(world.caller.log).contains(flush);
        assertThat(pin(MmuExt.UNPIN_TABLE, l1)).isZero();
        world.caller.log.clear();
        assertThat(pin(MmuExt.PIN_L1_TABLE, l1)).isZero();
        assertThat(world.caller.log).as("the same type again").doesNotContain(flush);
    }
}
