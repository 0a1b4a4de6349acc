package org.ringone.properties.tables;

import java.util.List;
import java.util.stream.Collectors;
import org.ringone.properties.tables.TableModel.Expected;
import org.ringone.properties.tables.TableOperation.Access;
import org.ringone.properties.tables.TableOperation.Assist;
import org.ringone.properties.tables.TableOperation.Batch;
import org.ringone.properties.tables.TableOperation.Multicall;
import org.ringone.properties.tables.TableOperation.NewBase;
import org.ringone.properties.tables.TableOperation.Pin;
import org.ringone.properties.tables.TableOperation.Remap;
import org.ringone.properties.tables.TableOperation.Route;
import org.ringone.properties.tables.TableOperation.StoreEntry;
import org.ringone.properties.tables.TableOperation.Unpin;
import org.ringone.properties.tables.TableOperation.WriteEntry;
import org.ringone.xen.PageTableBits;

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
            List<String> calls = multicall.calls().stream().map(this::call).toList();
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
            line("  When the guest calls " + call(operation));
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
            String value = bits(store.value());
            code(
                    "EDI = " + Mapping.name(store.table()) + " + " + store.slot() * 8 + ", EAX = (" + value
                            + ") & 0xFFFFFFFF, EDX = (" + value + ") >> 32",
                    store.by().assembly(),
                    accepted,
                    "#PF(" + (model.own(store.table()) == Access.NONE ? 2 : 3) + ")");
        } else if (operation instanceof Remap remap && remap.route() == Route.STORE) {
            String page = Mapping.name(remap.page());
            code(
                    "EDI = boot_l1 + (pte(" + page + ") & 0xFFF), EAX = " + entry(remap),
                    "mov [edi], eax",
                    accepted,
                    "#PF(3)");
        } else if (operation instanceof NewBase load && load.byInstruction()) {
            code("EAX = ma(" + Mapping.name(load.page()) + ", 0)", "mov cr3, eax", accepted, "#GP(0)");
        } else {
            line("  When the guest calls " + call(operation));
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

    private String call(TableOperation operation) {
        if (operation instanceof Batch batch) {
            return "mmu_update(["
                    + batch.updates().stream().map(TableScenario::element).collect(Collectors.joining(", ")) + "])";
        }
        if (operation instanceof Remap remap && remap.route() != Route.MMU_UPDATE) {
            String flush = remap.route() == Route.UNFLUSHED ? "UVMF_NONE" : "UVMF_INVLPG";
            return "update_va_mapping(" + Mapping.name(remap.page()) + ", " + entry(remap) + ", " + flush + ")";
        }
        if (operation instanceof Pin pin) {
            return "mmuext_op([{PIN_L" + pin.level() + "_TABLE, mfn(" + Mapping.name(pin.page()) + "), 0}])";
        }
        if (operation instanceof Unpin unpin) {
            return "mmuext_op([{UNPIN_TABLE, mfn(" + Mapping.name(unpin.page()) + "), 0}])";
        }
        if (operation instanceof NewBase load) {
            return "mmuext_op([{NEW_BASEPTR, mfn(" + Mapping.name(load.page()) + "), 0}])";
        }
        if (operation instanceof Assist assist) {
            return "vm_assist(" + (assist.on() ? 0 : 1) + ", VMASST_WRITABLE_PAGETABLES)";
        }
        return "mmu_update([" + element(operation) + "])";
    }

    private static String element(TableOperation update) {
        if (update instanceof WriteEntry write) {
            return "{slot(" + Mapping.name(write.table()) + ", " + write.slot() + "), " + bits(write.entry()) + "}";
        }
        Remap remap = (Remap) update;
        return "{pte(" + Mapping.name(remap.page()) + "), " + entry(remap) + "}";
    }

    private static String entry(Remap remap) {
        return remap.access() == Access.NONE
                ? "0"
                : bits(Mapping.of(remap.page(), remap.access() == Access.READ_WRITE));
    }

    private static String bits(Mapping mapping) {
        String flags = flags(mapping.flags());
        String entry = mapping.target() == Mapping.NO_FRAME
                ? flags
                : mapping.target() == Mapping.HYPERVISOR
                        ? "(hypervisor_frame << 12) + " + flags
                        : "entry(" + Mapping.name(mapping.target()) + ", " + flags + ")";
        return mapping.top() == 0 ? entry : String.format("%s + (0x%04x << 48)", entry, mapping.top());
    }

    private static String flags(int flags) {
        int usual = PageTableBits.PRESENT | PageTableBits.USER | PageTableBits.ACCESSED | PageTableBits.DIRTY;
        if ((flags & ~PageTableBits.RW) == usual) {
            return "PRESENT " + ((flags & PageTableBits.RW) != 0 ? "RW " : "") + "USER ACCESSED DIRTY";
        }
        return String.format("0x%03x", flags);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
