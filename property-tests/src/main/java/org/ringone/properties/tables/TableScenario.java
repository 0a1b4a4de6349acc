package org.ringone.properties.tables;

import java.util.List;
import java.util.stream.Collectors;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.Multicall;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.StoreEntry;

/** A sequence of page-table operations as a Gherkin scenario, in the words of the suite's steps, ready to paste. */
final class TableScenario {

    private final StringBuilder text = new StringBuilder();
    private final TableModel model;

    private TableScenario(TableRules rules) {
        model = new TableModel(rules);
    }

    /** The scenario, with what the model expects of each operation. */
    static String of(List<TableOperation> operations, TableRules rules, String difference) {
        TableScenario scenario = new TableScenario(rules);
        scenario.line("# " + difference.replace('\n', ' '));
        scenario.line("@PT-22");
        scenario.line("Scenario: PT-22.new A sequence found at random");
        for (int page = 0; page < TableTrial.PAGES; page++) {
            scenario.line("  " + (page == 0 ? "Given" : "And") + " a page \"" + Mapping.name(page) + "\"");
        }
        scenario.line("  And a page \"root\" made out as an L3 table");
        operations.forEach(scenario::operation);
        for (int page = 0; page < TableTrial.BOOT_TOP; page++) {
            boolean writable = scenario.model.mayBeWritable(page);
            scenario.line(
                    "  And \"" + Mapping.name(page) + "\" " + (writable ? "can" : "cannot") + " be mapped writable");
        }
        return scenario.text.toString();
    }

    private void operation(TableOperation operation) {
        if (operation instanceof Multicall multicall) {
            List<String> calls =
                    multicall.calls().stream().map(TableWords::call).toList();
            line("  When the guest makes a multicall of");
            calls.forEach(call -> line("    | " + call + " |"));
            line("  Then it is accepted");
            line("  And the results are "
                    + multicall.calls().stream()
                            .map(call -> all(call) ? "0" : "-EINVAL")
                            .collect(Collectors.joining(", ")));
            return;
        }
        if (operation instanceof Batch batch) {
            line("  When the guest calls " + TableWords.call(operation));
            int done = done(batch);
            line("  Then it " + (done == batch.updates().size() ? "is accepted" : "is refused with EINVAL"));
            line("  And " + done + " elements are done");
            return;
        }
        Expected expected = model.perform(operation);
        if (expected != Expected.OPEN) {
            single(operation, expected == Expected.ACCEPTED);
        }
    }

    private void single(TableOperation operation, boolean accepted) {
        if (operation instanceof StoreEntry store) {
            String value = TableWords.bits(store.value());
            code(
                    "EDI = " + Mapping.name(store.table()) + " + " + store.slot() * 8 + ", EAX = (" + value
                            + ") & 0xFFFFFFFF, EDX = (" + value + ") >> 32",
                    store.by().assembly(),
                    accepted,
                    "#PF(" + (model.own(store.table()) == Access.NONE ? 2 : 3) + ")");
        } else if (operation instanceof Remap remap && remap.route() == Route.STORE) {
            String page = Mapping.name(remap.page());
            code(
                    "EDI = boot_l1 + (pte(" + page + ") & 0xFFF), EAX = " + TableWords.entry(remap),
                    "mov [edi], eax",
                    accepted,
                    "#PF(3)");
        } else if (operation instanceof NewBase load && load.byInstruction()) {
            code("EAX = ma(" + Mapping.name(load.page()) + ", 0)", "mov cr3, eax", accepted, "#GP(0)");
        } else {
            line("  When the guest calls " + TableWords.call(operation));
            line("  Then it " + (accepted ? "is accepted" : "is refused with EINVAL"));
        }
    }

    private void code(String registers, String assembly, boolean accepted, String fault) {
        String[] lines = assembly.split("\n");
        line("  When the guest runs in ring 1 with " + registers);
        line("    \"\"\"");
        for (int i = 0; i < lines.length; i++) {
            line("    " + (i == lines.length - 1 ? "here: " : "") + lines[i]);
        }
        line("    \"\"\"");
        line("  Then " + (accepted ? "the code runs to its end" : "it faults with " + fault + " at \"here\""));
    }

    /** Whether the model does all of it. */
    private boolean all(TableOperation call) {
        return call instanceof Batch batch
                ? done(batch) == batch.updates().size()
                : model.perform(call) == Expected.ACCEPTED;
    }

    private int done(Batch batch) {
        int done = 0;
        while (done < batch.updates().size() && model.perform(batch.updates().get(done)) == Expected.ACCEPTED) {
            done++;
        }
        return done;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
