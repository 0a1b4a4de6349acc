package org.ringone.guest;

import java.util.ArrayList;
import java.util.List;

/** One thing the probe can be asked to do. Commands are sent alone or as a script of several. */
public sealed interface Command {

    /** The most bytes that one command reads or writes. */
    int MOST_BYTES = 4096;

    /** The most arguments of a hypercall. */
    int MOST_ARGUMENTS = 6;

    /** Reads {@code length} bytes, 1 to 4096, as words as far as they go. */
    record Read(int address, int length) implements Command {
        public Read {
            check(length, MOST_BYTES);
        }
    }

    /** Stores bytes, 1 to 4096, as words as far as they go. */
    record Write(int address, byte[] bytes) implements Command {
        public Write {
            check(bytes.length, MOST_BYTES);
        }
    }

    /** Stores {@code length} bytes, 1 to 65,532, of the same value. */
    record Fill(int address, int length, int value) implements Command {
        public Fill {
            check(length, 0xFFFC);
        }
    }

    /** Copies 1 to 65,532 bytes upwards inside the guest. */
    record Copy(int to, int from, int length) implements Command {
        public Copy {
            check(length, 0xFFFC);
        }
    }

    /** A 32-bit digest of {@code length} bytes, a multiple of 4 up to 65,532: tells of changes without sending them. */
    record Digest(int address, int length) implements Command {
        public Digest {
            check(length, 0xFFFC);
            if (length % 4 != 0) {
                throw new IllegalArgumentException("digests are of whole words, not of " + length + " bytes");
            }
        }
    }

    /** A digest of the 512 entries of a page table that leaves out their accessed and dirty bits. */
    record TableDigest(int address) implements Command {}

    /** A hypercall through the hypercall page with up to 6 arguments, the others being 0; gives EAX. */
    record Hypercall(int number, List<Integer> arguments) implements Command {
        public Hypercall {
            arguments = List.copyOf(arguments);
            if (number < 0 || number > 0xFFFF || arguments.size() > MOST_ARGUMENTS) {
                throw new IllegalArgumentException(
                        "not a hypercall: number " + number + ", " + arguments.size() + " arguments");
            }
        }
    }

    /** Runs code. Not allowed inside a hook. */
    record Run(CodeRun run) implements Command {}

    /** Registers the probe's own trap table, callbacks and kernel stack again; gives the first error or 0. */
    record Home() implements Command {}

    /** Clears evtchn_upcall_pending, the selector and the pending bits that are not masked, as the upcall handler does. */
    record Settle() implements Command {}

    /** Empties the log. */
    record Forget() implements Command {}

    /** A hypercall. */
    static Command hypercall(int number, int... arguments) {
        List<Integer> list = new ArrayList<>(arguments.length);
        for (int argument : arguments) {
            list.add(argument);
        }
        return new Hypercall(number, list);
    }

    /** Stores words. */
    static Command words(int address, int... words) {
        byte[] bytes = new byte[4 * words.length];
        for (int i = 0; i < words.length; i++) {
            Little.word(bytes, 4 * i, words[i]);
        }
        return new Write(address, bytes);
    }

    private static void check(int length, int most) {
        if (length < 1 || length > most) {
            throw new IllegalArgumentException("1 to " + most + " bytes at a time, not " + length);
        }
    }
}
