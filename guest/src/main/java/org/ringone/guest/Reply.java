package org.ringone.guest;

import org.ringone.api.Exit;

/** What a {@link Command} gave. */
public sealed interface Reply {

    /** It in words, for people who know the interface; may have several lines. */
    default String inWords() {
        return Wording.reply(this, false);
    }

    /** A write, fill or copy was done. */
    record Done() implements Reply {}

    /** Bytes read, in the order of their addresses. */
    record Bytes(byte[] bytes) implements Reply {}

    /** EAX after a hypercall, or a digest. */
    record Value(int value) implements Reply {}

    /** The domain ended. Only {@link Probe#attempt} gives this; elsewhere it is an exception. */
    record Ended(Exit exit) implements Reply {}

    /** No answer within the budget. Only {@link Probe#attempt} gives this; elsewhere it is an exception. */
    record Silent() implements Reply {}

    /** The end of a run of code. */
    record Ran(Outcome outcome) implements Reply {}

    /** The access or hypercall was cut short by an entry into the guest kernel: a fault, or the failsafe callback. */
    record Interrupted(Entry entry) implements Reply {}
}
