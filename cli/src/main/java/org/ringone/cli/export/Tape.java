package org.ringone.cli.export;

import java.util.ArrayList;
import java.util.List;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.guest.BootReport;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/**
 * What went over the line in one run of a scenario.
 *
 * @param domain what its domain was to be
 * @param image the probe's image in it
 * @param boot how far the probe came up
 * @param messages the messages, in order
 * @param closing the scenario's steps that came after the last message
 */
record Tape(DomainSpec domain, ProbeImage image, BootReport boot, List<Message> messages, List<String> closing) {

    private static final String STEP = "-- ";
    private static final String UNANSWERED = " = ?";

    /**
     * A message.
     *
     * @param steps the scenario's steps that began since the one before
     * @param asked what it asks for, in words, by command; empty when the client looks into the probe's log
     * @param answered what came back, likewise
     * @param sent its bytes
     * @param answer the answer; null when the domain ended
     * @param exit how the domain ended; null when there was an answer
     */
    record Message(
            List<String> steps, List<String> asked, List<String> answered, byte[] sent, byte[] answer, Exit exit) {}

    /** Of a run that is over. */
    static Tape of(ScenarioResult result, Transcript transcript, List<History> machines) throws NotExportable {
        for (History machine : machines) {
            if (machine.obstacle().isPresent()) {
                throw new NotExportable(machine.obstacle().get());
            }
        }
        if (result.verdict() != Verdict.CONFORMS && result.verdict() != Verdict.CONFORMS_BY_ALTERNATIVE) {
            throw new NotExportable("on the reference its verdict is '" + result.verdictInWords() + "': "
                    + result.message().lines().findFirst().orElse(""));
        }
        if (machines.size() != 1) {
            throw new NotExportable(
                    machines.isEmpty()
                            ? "it asks nothing of a guest"
                            : "it needs " + machines.size() + " machines, one after the other");
        }
        if (transcript.dropped() > 0) {
            throw new NotExportable("it is too long");
        }
        return read(transcript.lines(), machines.get(0).domain());
    }

    private static Tape read(List<Transcript.Line> lines, DomainSpec domain) throws NotExportable {
        Transcript.Attached attached = null;
        List<Message> messages = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (Transcript.Line line : lines) {
            if (line instanceof Transcript.Attached found && attached == null) {
                attached = found;
            } else if (line instanceof Transcript.Remark remark && remark.text().startsWith(STEP)) {
                steps.add(remark.text().substring(STEP.length()));
            } else if (line instanceof Transcript.Message message) {
                if (message.answer() == null && ended(messages)) {
                    continue; // the client has asked a dead domain
                }
                messages.add(message(message, steps));
                steps = new ArrayList<>();
            } else if (line instanceof Transcript.Exchange exchange && !messages.isEmpty()) {
                Message last = messages.get(messages.size() - 1);
                last.asked.add(exchange.asked());
                last.answered.add(exchange.answered());
            } else if (line instanceof Transcript.Remark remark
                    && ended(messages)
                    && remark.text().endsWith(UNANSWERED)) {
                messages.get(messages.size() - 1).asked.add(remark.text().replace(UNANSWERED, ""));
            }
        }
        if (attached == null || messages.isEmpty()) {
            throw new NotExportable("it is about the way to the first message, or asks nothing of the probe");
        }
        return new Tape(domain, attached.image(), attached.boot(), messages, steps);
    }

    private static boolean ended(List<Message> messages) {
        return !messages.isEmpty() && messages.get(messages.size() - 1).answer == null;
    }

    private static Message message(Transcript.Message message, List<String> steps) throws NotExportable {
        boolean silent = message.answer() == null
                && !(message.exit() instanceof Exit.ShutDown)
                && !(message.exit() instanceof Exit.Killed);
        if (silent) {
            throw new NotExportable("its guest is to stay silent, which only somebody outside can tell");
        }
        return new Message(
                List.copyOf(steps),
                new ArrayList<>(),
                new ArrayList<>(),
                message.sent(),
                message.answer(),
                message.exit());
    }
}
