package org.ringone.properties.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.properties.Account;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.Multicall;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;

/** Goes through a sequence with the model: what of it is decided, and what becomes of it. */
final class TableForecast {

    private final TableModel model;
    private final List<TableOperation> decided = new ArrayList<>();
    private final List<Account.Answer<TableOperation>> answers = new ArrayList<>();

    TableForecast(TableRules rules, List<TableOperation> operations) {
        model = new TableModel(rules);
        operations.forEach(operation -> decide(operation).ifPresent(decided::add));
    }

    /** The sequence without what the rules leave open. */
    List<TableOperation> decided() {
        return decided;
    }

    /** The model after the sequence. */
    TableModel model() {
        return model;
    }

    /** The answers to the sequence, and how things stand afterwards. The model is used up by that. */
    Account<TableOperation> account() {
        List<Account.Finding> end = new ArrayList<>();
        for (int page = 0; page < TableTrial.BOOT_ROOT; page++) {
            for (int slot : TableTrial.slots(page)) {
                end.add(new Account.Finding(TableTrial.what(page, slot), TableTrial.words(model.entry(page, slot))));
            }
        }
        for (int page = 0; page < TableTrial.BOOT_TOP; page++) {
            boolean mappable =
                    model.perform(new Remap(page, Access.READ_WRITE, Route.UPDATE_VA_MAPPING)) == Expected.ACCEPTED;
            end.add(new Account.Finding(TableTrial.whatOfMapping(page), mappable ? Account.ACCEPTED : Account.REFUSED));
        }
        return new Account<>(answers, end);
    }

    private Optional<TableOperation> decide(TableOperation operation) {
        if (operation instanceof Multicall multicall) {
            List<TableOperation> calls = new ArrayList<>();
            multicall.calls().forEach(call -> decide(call).ifPresent(calls::add));
            return calls.isEmpty() ? Optional.empty() : Optional.of(new Multicall(calls));
        }
        if (operation instanceof Batch batch) {
            List<TableOperation> updates = decided(batch);
            return updates.isEmpty() ? Optional.empty() : Optional.of(new Batch(updates));
        }
        return answer(operation) == Expected.OPEN ? Optional.empty() : Optional.of(operation);
    }

    /** The updates of a batch that are decided, and those behind the one that it stops at (PT-08). */
    private List<TableOperation> decided(Batch batch) {
        List<TableOperation> updates = new ArrayList<>();
        boolean stopped = false;
        for (TableOperation update : batch.updates()) {
            Expected expected = stopped ? Expected.REFUSED : answer(update);
            if (expected != Expected.OPEN) {
                updates.add(update);
            }
            stopped |= expected == Expected.REFUSED;
        }
        return updates;
    }

    private Expected answer(TableOperation operation) {
        Expected expected = model.perform(operation);
        if (expected != Expected.OPEN) {
            answers.add(new Account.Answer<>(operation, words(expected)));
        }
        return expected;
    }

    private static String words(Expected expected) {
        return switch (expected) {
            case ACCEPTED -> Account.ACCEPTED;
            case REFUSED -> Account.REFUSED;
            case FAULTED -> Account.FAULTED;
            case OPEN -> throw new IllegalArgumentException("what is open is not foretold");
        };
    }
}
