package org.ringone.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ringone.xen.SharedInfo;

/**
 * An answer, followed command by command along the message that it answers: where its words stand, and where it ends.
 */
public final class AnswerWords {

    private static final int DONE = 0;
    private static final int CUT = 1;
    private static final int HOOK = 2;
    private static final int RAN = 4;
    private static final int ENTRY_WORDS = Answer.ENTRY_BYTES / 4;
    private static final int ENTRY_SAVED_FLAGS = 6;
    private static final int RUN_FIELDS_MASK = (1 << 19) - 1;
    private static final int HANDLING = 13;

    /** Time of a vcpu: from its first word to the end of its structure. */
    private static final int TIMES_END = SharedInfo.TIME_VERSION + 32;

    private static final int VCPU_INFO = 64;
    private static final int VCPUS = 32;

    /**
     * A word.
     *
     * @param offset where it stands in the answer
     * @param meaning what is known of it before it is compared
     */
    public record Word(int offset, Meaning meaning) {}

    /** What a word is. */
    public enum Meaning {
        /** Nothing is known of it. */
        PLAIN,
        /** A part of the times in shared_info, which never are the same twice. */
        TIME,
        /** The flags that the frame of an entry holds. */
        SAVED_FLAGS
    }

    private final byte[] request;
    private final byte[] answer;
    private final int sharedInfo;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private AnswerWords(byte[] request, byte[] answer, int sharedInfo) {
        this.request = request;
        this.answer = answer;
        this.sharedInfo = sharedInfo;
    }

    /**
     * Follows an answer. {@code sharedInfo} is where the probe has shared_info mapped.
     *
     * @return empty when it does not answer that message
     */
    public static Optional<AnswerWords> of(byte[] request, byte[] answer, int sharedInfo) {
        AnswerWords found = new AnswerWords(request, answer, sharedInfo);
        try {
            found.script(0);
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
        return found.at <= answer.length ? Optional.of(found) : Optional.empty();
    }

    /** The words in order. */
    public List<Word> words() {
        return List.copyOf(words);
    }

    /** Its bytes, without those that only fill the last frame. */
    public byte[] bytes() {
        return Arrays.copyOf(answer, at);
    }

    /** Follows the commands from an offset to the end of their script. */
    private void script(int start) {
        int from = start;
        while (from < request.length && request[from] != Script.END) {
            from = command(from);
        }
    }

    /** Follows a command; gives the offset of the next. */
    private int command(int from) {
        int opcode = request[from];
        if (opcode == Script.RUN) {
            return run(from + 1);
        }
        int status = answer[at++];
        if (status == CUT) {
            entry();
        } else if (status != DONE) {
            throw new IndexOutOfBoundsException("status " + status);
        } else if (opcode == Script.READ) {
            read(Little.word(request, from + 1), half(from + 5));
        } else if (opcode == Script.DIGEST
                || opcode == Script.TABLE_DIGEST
                || opcode == Script.CALL
                || opcode == Script.HOME) {
            take(1);
        }
        return from
                + switch (opcode) {
                    case Script.READ, Script.DIGEST -> 7;
                    case Script.WRITE -> 7 + half(from + 5);
                    case Script.FILL -> 8;
                    case Script.COPY -> 11;
                    case Script.TABLE_DIGEST -> 5;
                    case Script.CALL -> 4 + 4 * request[from + 3];
                    default -> 1;
                };
    }

    private void read(int address, int length) {
        for (int i = 0; i + 4 <= length; i += 4) {
            words.add(new Word(at + i, isTime(address + i - sharedInfo) ? Meaning.TIME : Meaning.PLAIN));
        }
        at += length;
    }

    private static boolean isTime(int offset) {
        boolean ofAVcpu = offset >= 0
                && offset < VCPUS * VCPU_INFO
                && offset % VCPU_INFO >= SharedInfo.TIME_VERSION
                && offset % VCPU_INFO < TIMES_END;
        return ofAVcpu || offset >= SharedInfo.WC_VERSION && offset < SharedInfo.WC_VERSION + 12;
    }

    private int run(int start) {
        int from = start + 4 + 4 * Integer.bitCount(Little.word(request, start) & RUN_FIELDS_MASK);
        int count = request[from++];
        List<Integer> handlings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            handlings.add(from);
            from += HANDLING + half(from + 11);
        }
        int status = answer[at++];
        while (status == HOOK) {
            int source = Little.word(answer, at);
            take(1);
            int handling = handlings.stream()
                    .filter(h -> half(h) == source)
                    .findFirst()
                    .orElseThrow(() -> new IndexOutOfBoundsException("hook of source " + source));
            script(handling + HANDLING);
            at++;
            status = answer[at++];
        }
        if (status != RAN) {
            throw new IndexOutOfBoundsException("status " + status);
        }
        entry();
        take(2);
        return from;
    }

    private void entry() {
        int flags = words.size() + ENTRY_SAVED_FLAGS;
        take(ENTRY_WORDS);
        words.set(flags, new Word(words.get(flags).offset(), Meaning.SAVED_FLAGS));
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            words.add(new Word(at, Meaning.PLAIN));
            at += 4;
        }
        if (at > answer.length) {
            throw new IndexOutOfBoundsException("the answer ends too early");
        }
    }

    private int half(int offset) {
        return Little.half(request, offset);
    }
}
