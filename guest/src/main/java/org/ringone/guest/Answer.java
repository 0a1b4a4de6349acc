package org.ringone.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Reads the results of commands out of an answer. */
final class Answer {

    /** Bytes of a log entry in an answer. */
    static final int ENTRY_BYTES = 120;

    private static final int DONE = 0;
    private static final int CUT = 1;
    private static final int HOOK = 2;
    private static final int HOOK_END = 3;
    private static final int RAN = 4;
    private static final int UNKNOWN = 5;
    private static final int FULL = 6;

    private static final int ERROR_VECTORS =
            1 << 8 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 17;

    private static final Command STORE = new Command.Forget(); // like every command without a result

    /**
     * How a run ended, as the probe tells it.
     *
     * @param entry what ended it
     * @param first the order of the first entry of the run in the log
     * @param end the order after its last
     * @param hooks what its hooks gave, in order
     */
    record Ran(Entry entry, int first, int end, List<Reply> hooks) {}

    /** The answer does not make sense. */
    static final class Nonsense extends Exception {
        private static final long serialVersionUID = 1L;

        Nonsense(String message) {
            super(message);
        }
    }

    private final byte[] bytes;
    private int at;

    Answer(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The reply to any command but a run. */
    Reply reply(Command command) throws Nonsense {
        int status = octet();
        if (status == CUT) {
            return new Reply.Interrupted(entry());
        }
        if (status != DONE) {
            throw new Nonsense(
                    status == UNKNOWN || status == FULL
                            ? "the probe could not perform " + command + ": status " + status
                            : "status " + status + " for " + command);
        }
        if (command instanceof Command.Read read) {
            return new Reply.Bytes(take(read.length()));
        }
        if (command instanceof Command.Hypercall
                || command instanceof Command.Digest
                || command instanceof Command.TableDigest
                || command instanceof Command.Home) {
            return new Reply.Value(word());
        }
        return new Reply.Done();
    }

    /** The reply to the store that puts a run's code in its place. */
    Reply stored() throws Nonsense {
        return reply(STORE);
    }

    /** What the probe says of a run. */
    Ran run(CodeRun run) throws Nonsense {
        List<Reply> hooks = new ArrayList<>();
        while (true) {
            int status = octet();
            if (status == RAN) {
                return new Ran(entry(), word(), word(), List.copyOf(hooks));
            }
            if (status != HOOK) {
                throw new Nonsense("status " + status + " for a run");
            }
            int source = word();
            Handling handling = run.handlings().stream()
                    .filter(h -> h.source() == source)
                    .findFirst()
                    .orElseThrow(() -> new Nonsense("results of a hook that was not asked for, source " + source));
            for (Command command : handling.hook()) {
                hooks.add(reply(command));
            }
            if (octet() != HOOK_END) {
                throw new Nonsense("the results of a hook do not end where they should");
            }
        }
    }

    /** A log entry. */
    Entry entry() throws Nonsense {
        int order = word();
        int source = word();
        int error = word();
        SavedFrame frame = new SavedFrame(word(), word(), word(), word(), word(), word());
        int[] r = new int[12];
        for (int i = 0; i < r.length; i++) {
            r[i] = word();
        }
        Registers registers =
                new Registers(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], frame.eflags(), r[8], r[9], r[10], r[11]);
        int selectors = word();
        int eflags = word();
        int flags = word();
        EntryState state = new EntryState(
                selectors & 0xFFFF, selectors >>> 16, eflags, flags & 0xFF, flags >>> 8 & 0xFF, word(), word());
        int[] extra = {word(), word(), word(), word()};
        if (source == Handling.UPCALL) {
            return new Upcall(order, extra[0], frame, registers, state);
        }
        if (source == Handling.FAILSAFE) {
            return new Failsafe(order, extra[0], extra[1], extra[2], extra[3], frame, registers, state);
        }
        if (source < 0 || source > 0xFF) {
            throw new Nonsense("a log entry from source " + source);
        }
        boolean hasError = source < 32 && (ERROR_VECTORS >>> source & 1) != 0;
        OptionalInt code = hasError ? OptionalInt.of(error) : OptionalInt.empty();
        return new Trap(order, source, code, frame, registers, state);
    }

    int octet() throws Nonsense {
        return take(1)[0] & 0xFF;
    }

    int word() throws Nonsense {
        return Little.word(take(4), 0);
    }

    byte[] take(int length) throws Nonsense {
        if (bytes.length - at < length) {
            throw new Nonsense("the answer ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
