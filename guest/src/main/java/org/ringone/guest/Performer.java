package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.ringone.api.Budget;

/** Packs commands into messages and unpacks what comes back. */
final class Performer {

    private static final int ANSWER_LIMIT = 11_000;
    private static final int LOG_SIZE = 256;
    private static final int LOG_ENTRY = 128;
    private static final int ENTRIES_PER_READ = Command.MOST_BYTES / LOG_ENTRY;

    private final Link link;
    private final ProbeProgram program;
    private final int stage;
    private final Budget budget;
    private final Transcript transcript;

    Performer(Link link, ProbeProgram program, int stage, Budget budget, Transcript transcript) {
        this.link = link;
        this.program = program;
        this.stage = stage;
        this.budget = budget;
        this.transcript = transcript;
    }

    /** Performs commands in as few messages as they fit in. */
    List<Reply> perform(List<Command> commands) throws ProbeException {
        List<Reply> replies = new ArrayList<>(commands.size());
        List<Command> batch = new ArrayList<>();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int room = 0;
        for (Command command : commands) {
            byte[] bytes = Script.command(command, program, stage);
            int needs = Script.answerRoom(command);
            if (!batch.isEmpty()
                    && (message.size() + bytes.length >= Link.MESSAGE_LIMIT || room + needs > ANSWER_LIMIT)) {
                send(batch, message, replies);
                room = 0;
            }
            batch.add(command);
            message.writeBytes(bytes);
            room += needs;
        }
        if (!batch.isEmpty()) {
            send(batch, message, replies);
        }
        return replies;
    }

    private void send(List<Command> batch, ByteArrayOutputStream message, List<Reply> replies) throws ProbeException {
        message.write(0);
        Answer answer;
        try {
            answer = new Answer(exchange(message));
        } catch (ProbeException e) {
            batch.forEach(command -> transcript.add(Wording.command(command) + " = ?"));
            console();
            transcript.add(e.getMessage());
            throw e;
        }
        for (Command command : batch) {
            Reply reply = reply(command, answer);
            replies.add(reply);
            transcript.add(new Transcript.Exchange(command, reply));
        }
        console();
        message.reset();
        batch.clear();
    }

    private byte[] exchange(ByteArrayOutputStream message) throws ProbeException {
        byte[] sent = message.toByteArray();
        try {
            byte[] answer = link.exchange(sent, budget);
            transcript.detail(new Transcript.Message(sent, answer, null));
            return answer;
        } catch (ProbeException e) {
            transcript.detail(new Transcript.Message(sent, null, e.exit()));
            throw e;
        }
    }

    private void console() {
        link.newLines().forEach(line -> transcript.add(new Transcript.ConsoleLine(line)));
    }

    private Reply reply(Command command, Answer answer) throws ProbeException {
        try {
            if (!(command instanceof Command.Run run)) {
                return answer.reply(command);
            }
            CodeRun code = run.run();
            if (!code.assembly().isEmpty()) {
                Reply written = answer.stored();
                if (written instanceof Reply.Interrupted) {
                    answer.run(code);
                    return written;
                }
            }
            return new Reply.Ran(outcome(code, answer.run(code)));
        } catch (Answer.Nonsense e) {
            throw link.failure(ProbeException.Kind.GARBLED, e.getMessage());
        }
    }

    private Outcome outcome(CodeRun run, Answer.Ran ran) throws ProbeException {
        List<Entry> log = ran.end() - ran.first() == 1 ? List.of(ran.entry()) : log(ran.first(), ran.end());
        if (ran.entry() instanceof Upcall upcall) {
            return new Outcome.Interrupted(upcall, log, ran.hooks());
        }
        if (ran.entry() instanceof Failsafe failsafe) {
            return new Outcome.FailedSafe(failsafe, log, ran.hooks());
        }
        Trap trap = (Trap) ran.entry();
        CodePlacement code = CodePlacement.of(run, program, stage);
        if (trap.vector() == 3 && code.end() != 0 && trap.eip() == code.end()) {
            return new Outcome.Completed(
                    trap.registers(),
                    trap.frame(),
                    trap.entry().mask(),
                    log.isEmpty() ? log : log.subList(0, log.size() - 1),
                    ran.hooks());
        }
        return new Outcome.Trapped(trap, log, ran.hooks());
    }

    /** The log's entries with orders from {@code first} up to but not {@code end}, as far as it still has them. */
    List<Entry> log(int first, int end) throws ProbeException {
        List<Entry> entries = new ArrayList<>();
        int order = Math.max(first, end - LOG_SIZE);
        while (order < end) {
            int slot = order % LOG_SIZE;
            int count = Math.min(Math.min(ENTRIES_PER_READ, end - order), LOG_SIZE - slot);
            Command.Read read = new Command.Read(program.symbol("entry_log") + slot * LOG_ENTRY, count * LOG_ENTRY);
            entries.addAll(entries(read, count));
            order += count;
        }
        return List.copyOf(entries);
    }

    private List<Entry> entries(Command.Read read, int count) throws ProbeException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(Script.command(read, program, stage));
        message.write(0);
        try {
            Reply reply = new Answer(exchange(message)).reply(read);
            if (!(reply instanceof Reply.Bytes bytes)) {
                throw new Answer.Nonsense("the log cannot be read: " + Wording.reply(reply, false));
            }
            List<Entry> entries = new ArrayList<>(count);
            Answer log = new Answer(bytes.bytes());
            for (int i = 0; i < count; i++) {
                entries.add(log.entry());
                log.take(LOG_ENTRY - Answer.ENTRY_BYTES);
            }
            return entries;
        } catch (Answer.Nonsense e) {
            throw link.failure(ProbeException.Kind.GARBLED, e.getMessage());
        }
    }
}
