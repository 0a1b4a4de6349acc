package org.ringone.properties.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Link;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Unlink;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;

class TableModelTest {

    private final TableModel model = new TableModel(4, 2);

    private void accepted(TableOperation operation) {
        assertThat(model.perform(operation)).as(operation.toString()).isEqualTo(Expected.ACCEPTED);
    }

    private void refused(TableOperation operation) {
        assertThat(model.perform(operation)).as(operation.toString()).isEqualTo(Expected.REFUSED);
    }

    private static Remap readOnly(int page) {
        return new Remap(page, Access.READ_ONLY, Route.UPDATE_VA_MAPPING);
    }

    private static Remap writable(int page) {
        return new Remap(page, Access.READ_WRITE, Route.UPDATE_VA_MAPPING);
    }

    private static WriteEntry store(int page, Mapping entry) {
        return new WriteEntry(page, 0, entry, Route.STORE);
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
        accepted(store(0, new Mapping(0, true)));
        accepted(readOnly(0));
        refused(new Pin(0, 1));
        assertThat(model.mayBeWritable(0)).isTrue();
    }

    @Test
    void aWritableEntryOfATableKeepsItsTargetFromBecomingOne() {
        accepted(store(0, new Mapping(1, true)));
        accepted(readOnly(0));
        accepted(readOnly(1));
        accepted(new Pin(0, 1));
        refused(new Pin(1, 1));
        accepted(new WriteEntry(0, 0, null, Route.MMU_UPDATE));
        accepted(new Pin(1, 1));
        refused(new WriteEntry(0, 0, new Mapping(1, true), Route.MMU_UPDATE));
        accepted(new WriteEntry(0, 0, new Mapping(1, false), Route.MMU_UPDATE));
    }

    @Test
    void anL2TakesItsL1sAlongAndGivesThemBack() {
        accepted(store(0, new Mapping(1, true)));
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
        accepted(store(0, new Mapping(1, true)));
        accepted(new WriteEntry(0, 1, new Mapping(2, true), Route.STORE));
        accepted(readOnly(0));
        accepted(readOnly(1));
        refused(new Pin(0, 2));
        accepted(writable(1));
    }

    @Test
    void aLinkedPageIsATableUntilItsRegionIsEmptied() {
        accepted(readOnly(0));
        accepted(new Link(0, 0));
        accepted(new Link(1, 0));
        refused(new Pin(0, 2));
        accepted(new Unlink(0));
        refused(writable(0));
        accepted(new Unlink(1));
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
        accepted(store(0, new Mapping(0, true)));
        accepted(readOnly(0));
        refused(new Pin(0, 2));
        accepted(writable(0));
        accepted(store(0, new Mapping(0, false)));
        accepted(readOnly(0));
        accepted(new Pin(0, 2));
    }

    @Test
    void aStoreNeedsAWritableMapping() {
        accepted(readOnly(0));
        refused(store(0, new Mapping(1, false)));
        accepted(new Remap(0, Access.NONE, Route.MMU_UPDATE));
        refused(store(0, new Mapping(1, false)));
        assertThat(model.entry(0, 0)).isNull();
    }
}
