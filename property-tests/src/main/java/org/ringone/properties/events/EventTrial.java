package org.ringone.properties.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Page;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Register;
import org.ringone.properties.Account;
import org.ringone.properties.Area.StepFailure;
import org.ringone.properties.StepCheck;
import org.ringone.properties.events.EventRecord.What;
import org.ringone.xen.AddressSpace;

/** Lets a guest perform a sequence of operations on events with upcalls of its own, which write down how they found things. */
final class EventTrial {

    /** The guest's program. */
    static final String PROGRAM = read("/org/ringone/properties/events.asm");

    /** Bytes of a record. */
    static final int RECORD = 32;

    private static final int PORTS = 32;
    private static final int OPERATIONS = 256;
    private static final int OPERATION = 4;
    private static final int SELECTED_WORDS = 3;
    private static final int BREAKPOINT = 3;

    private final Probe probe;
    private final int data;
    private final int trace;
    private final int[] ports = new int[EventOperation.CHANNELS];
    private final CodeRun program;
    private final int end;

    EventTrial(Probe probe) throws ProbeException {
        this.probe = probe;
        List<Page> pages = probe.scratchPages();
        data = pages.get(0).address();
        trace = pages.get(1).address();
        program = CodeRun.ring1(PROGRAM)
                .symbols(Map.of("data", data, "trace", trace, "ops", data + OPERATIONS))
                .at(pages.get(pages.size() - 1).address());
        end = probe.labels(program).get("done") + 1;
    }

    private static String read(String resource) {
        try (InputStream text = EventTrial.class.getResourceAsStream(resource)) {
            return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Performs the operations: all in one run, or one in each for a check to be looked at after it. */
    Account<EventOperation> run(List<EventOperation> operations, StepCheck check) throws ProbeException {
        List<Account.Answer<EventOperation>> answers = new ArrayList<>();
        String failure = setUp();
        if (failure.isEmpty()) {
            ByteBuffer bound =
                    ByteBuffer.wrap(probe.read(data + PORTS, ports.length * 4)).order(ByteOrder.LITTLE_ENDIAN);
            for (int channel = 0; channel < ports.length; channel++) {
                ports[channel] = bound.getInt();
            }
            failure = check == StepCheck.NONE ? all(operations) : oneByOne(operations, check);
            answers.addAll(answers(operations));
        }
        if (!failure.isEmpty() && answers.size() < operations.size()) {
            answers.add(new Account.Answer<>(operations.get(answers.size()), failure));
        }
        return new Account<>(answers, List.of());
    }

    private String all(List<EventOperation> operations) throws ProbeException {
        probe.write(data + OPERATIONS, list(operations));
        return goOn();
    }

    private String oneByOne(List<EventOperation> operations, StepCheck check) throws ProbeException {
        for (int i = 0; i < operations.size(); i++) {
            probe.write(data + OPERATIONS + i * OPERATION, list(operations.subList(i, i + 1)));
            String failure = goOn();
            if (!failure.isEmpty()) {
                return failure;
            }
            StepFailure.unlessWell(check, operations.get(i));
        }
        return "";
    }

    private static byte[] list(List<EventOperation> operations) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        operations.forEach(operation -> list.writeBytes(operation.bytes()));
        list.writeBytes(new byte[OPERATION]);
        return list.toByteArray();
    }

    /** @return what went wrong; nothing when the program came to its end */
    private String setUp() throws ProbeException {
        Outcome outcome = probe.run(program.with(Register.EBX, 0));
        return outcome instanceof Outcome.Completed ? "" : "ended by " + outcome;
    }

    /** The same for another part of the list; the program lies there already. */
    private String goOn() throws ProbeException {
        CodeRun again = CodeRun.inPlace(1)
                .with(Register.EIP, program.address().orElseThrow())
                .with(Register.EBX, 1);
        Outcome outcome = probe.run(again);
        boolean done = outcome instanceof Outcome.Trapped trapped
                && trapped.trap().vector() == BREAKPOINT
                && trapped.trap().eip() == end;
        return done ? "" : "ended by " + outcome;
    }

    /** An answer for each operation that the records tell of. */
    private List<Account.Answer<EventOperation>> answers(List<EventOperation> operations) throws ProbeException {
        int end = probe.read32(data + 4);
        int length = Math.min(end - trace, 2 * AddressSpace.PAGE_SIZE);
        ByteBuffer bytes = ByteBuffer.wrap(length <= 0 ? new byte[0] : probe.read(trace, length))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Account.Answer<EventOperation>> answers = new ArrayList<>();
        List<EventRecord> records = new ArrayList<>();
        while (bytes.remaining() >= RECORD && answers.size() < operations.size()) {
            EventRecord seen = record(bytes);
            records.add(seen);
            if (seen.what() == What.DONE) {
                answers.add(new Account.Answer<>(operations.get(answers.size()), records.toString()));
                records = new ArrayList<>();
            }
        }
        return answers;
    }

    private EventRecord record(ByteBuffer bytes) {
        int kind = bytes.getInt() & 0xFF;
        int value = bytes.getInt();
        int flags = bytes.getInt();
        int selector = bytes.getInt();
        long pending = bytes.getLong();
        long masked = bytes.getLong();
        What what = kind < What.values().length ? What.values()[kind] : What.NOTHING;
        return new EventRecord(
                what,
                value,
                flags >>> 8 & 0xFF,
                flags & 0xFF,
                selector & SELECTED_WORDS,
                channels(pending),
                channels(masked));
    }

    /** The bits of the channels that can be raised, by their numbers in the trial. */
    private int channels(long words) {
        int bits = 0;
        for (int channel = 0; channel <= EventOperation.TIMER; channel++) {
            bits |= (int) (words >>> ports[channel] & 1) << channel;
        }
        return bits;
    }
}
