package org.ringone.properties.descriptors;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringone.properties.Account;
import org.ringone.properties.descriptors.DescriptorOperation.Load;
import org.ringone.properties.descriptors.DescriptorOperation.Multicall;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.SetLdt;
import org.ringone.properties.descriptors.DescriptorOperation.Store;
import org.ringone.properties.descriptors.DescriptorOperation.Update;

/** A sequence of descriptor operations as a Gherkin scenario, in the words of the suite's steps, ready to paste. */
final class DescriptorScenario {

    private final StringBuilder text = new StringBuilder();
    private final DescriptorModel model;

    private DescriptorScenario(DescriptorRules rules) {
        model = new DescriptorModel(rules, DescriptorTrial.PAGES);
    }

    /** The scenario, with what the model expects of each operation. */
    static String of(List<DescriptorOperation> operations, DescriptorRules rules, String difference) {
        DescriptorScenario scenario = new DescriptorScenario(rules);
        scenario.line("# " + difference.replace('\n', ' '));
        scenario.line("@SEG-03");
        scenario.line("Scenario: SEG-03.new A sequence found at random");
        for (int page = 0; page < DescriptorTrial.PAGES; page++) {
            scenario.line("  " + (page == 0 ? "Given" : "And") + " a page \"p" + page + "\"");
        }
        operations.forEach(scenario::operation);
        return scenario.text.toString();
    }

    private void operation(DescriptorOperation operation) {
        if (operation instanceof Multicall multicall) {
            line("  When the guest makes a multicall of");
            multicall.calls().forEach(call -> line("    | " + call(call) + " |"));
            line("  Then it is accepted");
            line("  And the results are "
                    + multicall.calls().stream()
                            .map(call -> model.perform(call).equals(Account.ACCEPTED) ? "0" : "-EINVAL")
                            .collect(Collectors.joining(", ")));
            return;
        }
        String answer = model.perform(operation);
        boolean accepted = answer.equals(Account.ACCEPTED);
        if (operation instanceof Store store) {
            line(String.format(
                    "  When the guest stores 0x%016x in 64 bits at p%d + %d",
                    store.descriptor(), store.page(), store.slot() * 8));
            line("  Then it " + (accepted ? "is accepted" : "is refused with #PF"));
        } else if (operation instanceof Load load) {
            line(String.format("  When the guest runs in ring 1 with EAX = 0x%04x", load.selector()));
            line("    \"\"\"");
            line("    here: mov " + load.register().toLowerCase(Locale.ROOT) + ", eax");
            line("    \"\"\"");
            line("  Then " + (accepted ? "the code runs to its end" : "it faults with " + answer + " at \"here\""));
        } else {
            line("  When the guest calls " + call(operation));
            line("  Then it " + (accepted ? "is accepted" : "is refused with EINVAL"));
        }
    }

    private static String call(DescriptorOperation operation) {
        if (operation instanceof Update update) {
            return String.format(
                    "update_descriptor(slot(p%d, %d), 0x%016x)", update.page(), update.slot(), update.descriptor());
        }
        if (operation instanceof SetGdt set) {
            String frames =
                    set.pages().stream().map(page -> "mfn(p" + page + ")").collect(Collectors.joining(", "));
            return "set_gdt([" + frames + "], " + set.pages().size() * DescriptorTrial.PER_PAGE + ")";
        }
        if (operation instanceof SetLdt set) {
            return "mmuext_op([{SET_LDT, p" + set.page() + ", " + set.entries() + "}])";
        }
        Remap remap = (Remap) operation;
        return "update_va_mapping(p" + remap.page() + ", entry(p" + remap.page() + ", PRESENT "
                + (remap.writable() ? "RW " : "") + "ACCESSED DIRTY), UVMF_INVLPG)";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
