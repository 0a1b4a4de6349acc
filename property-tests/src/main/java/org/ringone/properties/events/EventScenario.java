package org.ringone.properties.events;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A sequence of operations on events as a Gherkin scenario with the guest's program in it, ready to paste. */
final class EventScenario {

    private static final int VALUE = 4;
    private static final int FLAGS = 8;

    private final StringBuilder text = new StringBuilder();

    private EventScenario() {}

    /** The scenario, with what the model expects to be written down. */
    static String of(List<EventOperation> operations, String difference) {
        EventScenario scenario = new EventScenario();
        scenario.line("# " + difference.replace('\n', ' '));
        for (EventOperation operation : operations) {
            scenario.line("#   " + operation);
        }
        scenario.line("@EVT-08");
        scenario.line("Scenario: EVT-08.new A sequence found at random");
        scenario.line("  Given a page \"data\"");
        scenario.line("  And a page \"trace\"");
        scenario.line("  When the guest runs in ring 1 with EBX = 0");
        scenario.program(operations);
        scenario.line("  Then the code runs to its end");
        scenario.line("  When the guest runs in ring 1 with EBX = 1");
        scenario.program(operations);
        scenario.line("  Then the code runs to its end");
        scenario.records(operations);
        return scenario.text.toString();
    }

    private void program(List<EventOperation> operations) {
        line("    \"\"\"");
        EventTrial.PROGRAM.lines().forEach(line -> line("    " + line));
        line("            jmp done");
        line("    ops:");
        for (EventOperation operation : operations) {
            byte[] bytes = operation.bytes();
            line("            db "
                    + IntStream.range(0, bytes.length)
                            .mapToObj(i -> Integer.toString(bytes[i] & 0xFF))
                            .collect(Collectors.joining(", ")));
        }
        line("            dd 0");
        line("    \"\"\"");
    }

    private void records(List<EventOperation> operations) {
        EventModel model = new EventModel();
        int at = 0;
        for (EventOperation operation : operations) {
            for (EventRecord record : model.perform(operation).orElseThrow()) {
                line(String.format("  And the 32 bits at trace + %d are %d", at + VALUE, record.value()));
                line(String.format(
                        "  And the 32 bits at trace + %d are 0x%02x%02x",
                        at + FLAGS, record.mask(), record.upcallPending()));
                at += EventTrial.RECORD;
            }
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
