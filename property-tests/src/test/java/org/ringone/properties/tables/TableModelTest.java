package org.ringone.properties.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.api.Profile.Era;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Assist;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Store;
import org.ringone.properties.tables.TableOperation.StoreEntry;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;

class TableModelTest {

    private final TableModel model = new TableModel(new TableRules(Era.XEN_3_1, false, false, false));

    /** QEMU's processor has set a reserved bit in it. */
    @Test
    void aBaseThatWasWalkedIsOpenWhereTheProcessorMarksIt() {
        TableModel marked = new TableModel(new TableRules(Era.XEN_3_1, false, true, true));
        Pin pin = new Pin(TableTrial.ROOT, 3);
        for (TableModel either : new TableModel[] {model, marked}) {
            assertThat(either.perform(pin)).isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(new Unpin(TableTrial.ROOT))).isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(new NewBase(TableTrial.ROOT, false))).isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(pin)).isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(new Unpin(TableTrial.ROOT))).isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(new NewBase(TableTrial.BOOT_ROOT, false))).isEqualTo(Expected.ACCEPTED);
        }
        accepted(pin);
        assertThat(marked.perform(pin)).isEqualTo(Expected.OPEN);
        assertThat(marked.perform(new NewBase(TableTrial.ROOT, true))).isEqualTo(Expected.OPEN);
    }

    @Test
    void laterErasAndWideHostsTreatUpperEntriesOtherwise() {
        TableModel wide = new TableModel(new TableRules(Era.XEN_4_17, true, true, false));
        assertThat(wide.perform(new NewBase(TableTrial.ROOT, false))).isEqualTo(Expected.ACCEPTED);
        assertThat(wide.entry(TableTrial.ROOT, 3).flags()).isEqualTo(7);
        accepted(new NewBase(TableTrial.ROOT, false));
        assertThat(model.entry(TableTrial.ROOT, 3).flags()).isEqualTo(1);
        WriteEntry cached = new WriteEntry(TableTrial.BOOT_TOP, 400, new Mapping(1, 0x19, 0));
        WriteEntry hypervisors = new WriteEntry(TableTrial.BOOT_TOP, 401, new Mapping(Mapping.HYPERVISOR, 1, 0));
        accepted(readOnly(1));
        accepted(cached);
        refused(hypervisors);
        assertThat(wide.perform(readOnly(1))).isEqualTo(Expected.ACCEPTED);
        assertThat(wide.perform(cached)).isEqualTo(Expected.OPEN);
        assertThat(wide.perform(hypervisors)).isEqualTo(Expected.OPEN);
        for (TableModel either : new TableModel[] {model, wide}) {
            assertThat(either.perform(new WriteEntry(2, 511, Mapping.of(1, false))))
                    .isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(readOnly(2))).isEqualTo(Expected.ACCEPTED);
            assertThat(either.perform(new Pin(2, 3))).isEqualTo(Expected.REFUSED);
        }
        assertThat(model.entry(2, 511)).isEqualTo(Mapping.of(1, false));
        assertThat(wide.entry(2, 511)).isEqualTo(Mapping.NONE);
    }

    private void accepted(TableOperation operation) {
        assertThat(model.perform(operation)).as(operation.toString()).isEqualTo(Expected.ACCEPTED);
    }

    private void refused(TableOperation operation) {
        assertThat(model.perform(operation)).as(operation.toString()).isEqualTo(Expected.REFUSED);
    }

    private void faulted(TableOperation operation) {
        assertThat(model.perform(operation)).as(operation.toString()).isEqualTo(Expected.FAULTED);
    }

    private void open(TableOperation operation) {
        assertThat(model.perform(operation)).as(operation.toString()).isEqualTo(Expected.OPEN);
    }

    private static WriteEntry link(int region, int page) {
        return new WriteEntry(TableTrial.BOOT_TOP, 400 + region, Mapping.of(page, true));
    }

    private static WriteEntry unlink(int region) {
        return new WriteEntry(TableTrial.BOOT_TOP, 400 + region, Mapping.NONE);
    }

    private static Remap readOnly(int page) {
        return new Remap(page, Access.READ_ONLY, Route.UPDATE_VA_MAPPING);
    }

    private static Remap writable(int page) {
        return new Remap(page, Access.READ_WRITE, Route.UPDATE_VA_MAPPING);
    }

    private static StoreEntry store(int page, Mapping entry) {
        return store(page, 0, entry);
    }

    private static StoreEntry store(int page, int slot, Mapping entry) {
        return new StoreEntry(page, slot, Store.WHOLE, entry);
    }

    @Test
    void aPageMappedWritableIsNoTable() {
        refused(new Pin(0, 1));
        accepted(readOnly(0));
        accepted(new Pin(0, 1));
        refused(writable(0));
        accepted(new Unpin(0));
        accepted(writable(0));
    }

    @Test
    void aTableThatMapsItselfWritableIsRefused() {
        accepted(store(0, Mapping.of(0, true)));
        accepted(readOnly(0));
        refused(new Pin(0, 1));
        assertThat(model.mayBeWritable(0)).isTrue();
    }

    @Test
    void aWritableEntryOfATableKeepsItsTargetFromBecomingOne() {
        accepted(store(0, Mapping.of(1, true)));
        accepted(readOnly(0));
        accepted(readOnly(1));
        accepted(new Pin(0, 1));
        refused(new Pin(1, 1));
        accepted(new WriteEntry(0, 0, Mapping.NONE));
        accepted(new Pin(1, 1));
        refused(new WriteEntry(0, 0, Mapping.of(1, true)));
        accepted(new WriteEntry(0, 0, Mapping.of(1, false)));
    }

    @Test
    void anL2TakesItsL1sAlongAndGivesThemBack() {
        accepted(store(0, Mapping.of(1, true)));
        accepted(readOnly(0));
        refused(new Pin(0, 2));
        accepted(readOnly(1));
        accepted(new Pin(0, 2));
        assertThat(model.mayBeWritable(1)).isFalse();
        refused(writable(1));
        accepted(new Unpin(0));
        accepted(writable(1));
    }

    @Test
    void aRefusedTableGivesBackWhatItsFirstEntriesTook() {
        accepted(store(0, Mapping.of(1, true)));
        accepted(store(0, 1, Mapping.of(2, true)));
        accepted(readOnly(0));
        accepted(readOnly(1));
        refused(new Pin(0, 2));
        accepted(writable(1));
    }

    @Test
    void aLinkedPageIsATableUntilItsRegionIsEmptied() {
        accepted(readOnly(0));
        accepted(link(0, 0));
        accepted(link(1, 0));
        refused(new Pin(0, 2));
        accepted(unlink(0));
        refused(writable(0));
        accepted(unlink(1));
        accepted(writable(0));
    }

    @Test
    void pinningTwiceAndUnpinningWhatIsNotPinnedAreRefused() {
        refused(new Unpin(0));
        accepted(readOnly(0));
        accepted(new Pin(0, 1));
        refused(new Pin(0, 1));
        accepted(new Unpin(0));
        refused(new Unpin(0));
    }

    @Test
    void aLinearEntryIsAcceptedOnlyReadOnly() {
        accepted(store(0, Mapping.of(0, true)));
        accepted(readOnly(0));
        refused(new Pin(0, 2));
        accepted(writable(0));
        accepted(store(0, Mapping.of(0, false)));
        accepted(readOnly(0));
        accepted(new Pin(0, 2));
    }

    @Test
    void aStoreNeedsAWritableMapping() {
        accepted(readOnly(0));
        faulted(store(0, Mapping.of(1, false)));
        accepted(new Remap(0, Access.NONE, Route.MMU_UPDATE));
        faulted(store(0, Mapping.of(1, false)));
        assertThat(model.entry(0, 0)).isEqualTo(Mapping.NONE);
    }

    @Test
    void withTheAssistAStoreToAnL1InUseIsCheckedAsAnUpdate() {
        accepted(readOnly(0));
        accepted(readOnly(1));
        accepted(new Pin(0, 1));
        accepted(new Pin(1, 1));
        faulted(store(0, Mapping.of(1, false)));
        accepted(new Assist(true));
        accepted(store(0, Mapping.of(1, false)));
        faulted(store(0, Mapping.of(1, true)));
        faulted(new StoreEntry(0, 0, Store.LOCKED_OR, Mapping.of(0, true)));
        assertThat(model.entry(0, 0)).isEqualTo(Mapping.of(1, false));
        accepted(new StoreEntry(0, 0, Store.HIGH, new Mapping(1, 0, Mapping.NX)));
        faulted(new StoreEntry(0, 0, Store.HIGH, new Mapping(1, 0, 1)));
        accepted(new StoreEntry(0, 0, Store.BYTE, Mapping.NONE));
        assertThat(model.entry(0, 0)).isEqualTo(new Mapping(1, 0, Mapping.NX));
    }

    @Test
    void anL2IsNeverStoredTo() {
        accepted(new Assist(true));
        accepted(readOnly(0));
        accepted(new Pin(0, 2));
        faulted(store(0, Mapping.NONE));
        faulted(new StoreEntry(TableTrial.BOOT_TOP, 400, Store.LOW, Mapping.NONE));
    }

    @Test
    void forbiddenBitsAreRefusedByLevel() {
        accepted(readOnly(0));
        accepted(new Pin(0, 1));
        refused(new WriteEntry(0, 0, new Mapping(1, 0x101, 0)));
        refused(new WriteEntry(0, 0, new Mapping(1, 0x081, 0)));
        refused(new WriteEntry(0, 0, new Mapping(1, 0x001, 1)));
        refused(new WriteEntry(0, 0, new Mapping(Mapping.HYPERVISOR, 0x001, 0)));
        accepted(new WriteEntry(0, 0, new Mapping(1, 0xE19, Mapping.NX)));
    }

    @Test
    void aTopTableHoldsItsOwnL2AndKeepsSlot3() {
        accepted(new NewBase(TableTrial.ROOT, false));
        refused(writable(TableTrial.ROOT));
        refused(writable(TableTrial.TOP));
        refused(new WriteEntry(TableTrial.ROOT, 3, Mapping.NONE));
        refused(new WriteEntry(TableTrial.ROOT, 0, new Mapping(0, 0x003, 0)));
        refused(new Pin(TableTrial.TOP, 2));
        accepted(new Pin(TableTrial.ROOT, 3));
        accepted(new NewBase(TableTrial.BOOT_ROOT, true));
        refused(writable(TableTrial.TOP));
        accepted(new Unpin(TableTrial.ROOT));
        accepted(writable(TableTrial.TOP));
        faulted(new NewBase(TableTrial.ROOT, true));
    }

    @Test
    void whatFormerTablesAreTreatedAsIsOpen() {
        accepted(readOnly(0));
        accepted(new Pin(0, 1));
        accepted(new Unpin(0));
        open(new WriteEntry(0, 0, Mapping.of(1, true)));
        accepted(writable(0));
        accepted(new WriteEntry(0, 0, Mapping.of(1, true)));
    }
}
