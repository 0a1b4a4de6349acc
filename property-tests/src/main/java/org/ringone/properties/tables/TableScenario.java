package org.ringone.properties.tables;

import java.util.List;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Link;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.Unlink;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;

/** A sequence of page-table operations as a Gherkin scenario, in the words of the suite's steps, ready to paste. */
final class TableScenario {

    private final StringBuilder text = new StringBuilder();
    private final TableModel model = new TableModel(TableTrial.PAGES, TableTrial.REGIONS);

    private TableScenario() {}

    /** The scenario, with what the model expects of each operation. */
    static String of(List<TableOperation> operations, String difference) {
        TableScenario scenario = new TableScenario();
        scenario.line("# " + difference.replace('\n', ' '));
        scenario.line("@PT-22");
        scenario.line("Scenario: PT-22.new A sequence found at random");
        for (int page = 0; page < TableTrial.PAGES; page++) {
            scenario.line("  " + (page == 0 ? "Given" : "And") + " a page \"" + name(page) + "\"");
        }
        operations.forEach(scenario::operation);
        for (int page = 0; page < TableTrial.PAGES; page++) {
            boolean writable = scenario.model.mayBeWritable(page);
            scenario.line("  And \"" + name(page) + "\" " + (writable ? "can" : "cannot") + " be mapped writable");
        }
        return scenario.text.toString();
    }

    private void operation(TableOperation operation) {
        Expected expected = model.perform(operation);
        if (expected == Expected.OPEN) {
            return;
        }
        boolean accepted = expected == Expected.ACCEPTED;
        if (operation instanceof WriteEntry write && write.route() == Route.STORE) {
            String at = name(write.page()) + " + " + write.slot() * 8;
            line("  When the guest stores " + entry(write.entry()) + " in 64 bits at " + at);
            line("  Then it " + (accepted ? "is accepted" : "is refused with #PF"));
            return;
        }
        line("  When the guest calls " + call(operation));
        line("  Then it " + (accepted ? "is accepted" : "is refused with EINVAL"));
    }

    private static String call(TableOperation operation) {
        if (operation instanceof Remap remap) {
            String entry = remap.access() == Access.NONE
                    ? "0"
                    : entry(new Mapping(remap.page(), remap.access() == Access.READ_WRITE));
            return remap.route() == Route.UPDATE_VA_MAPPING
                    ? "update_va_mapping(" + name(remap.page()) + ", " + entry + ", UVMF_INVLPG)"
                    : "mmu_update([{pte(" + name(remap.page()) + "), " + entry + "}])";
        }
        if (operation instanceof WriteEntry write) {
            return "mmu_update([{slot(" + name(write.page()) + ", " + write.slot() + "), " + entry(write.entry())
                    + "}])";
        }
        if (operation instanceof Pin pin) {
            return "mmuext_op([{PIN_L" + pin.level() + "_TABLE, mfn(" + name(pin.page()) + "), 0}])";
        }
        if (operation instanceof Unpin unpin) {
            return "mmuext_op([{UNPIN_TABLE, mfn(" + name(unpin.page()) + "), 0}])";
        }
        if (operation instanceof Link link) {
            return "mmu_update([{slot(boot_l2, " + TableTrial.l2Slot(link.region()) + "), entry(" + name(link.page())
                    + ", PRESENT RW USER ACCESSED DIRTY)}])";
        }
        return "mmu_update([{slot(boot_l2, " + TableTrial.l2Slot(((Unlink) operation).region()) + "), 0}])";
    }

    private static String entry(Mapping mapping) {
        return mapping == null
                ? "0"
                : "entry(" + name(mapping.target()) + ", PRESENT " + (mapping.writable() ? "RW " : "")
                        + "USER ACCESSED DIRTY)";
    }

    private static String name(int page) {
        return "p" + page;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
