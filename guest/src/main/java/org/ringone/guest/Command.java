package org.ringone.guest;

import java.util.List;

/** One thing the probe can be asked to do. Commands are sent alone or as a script of several. */
public sealed interface Command {

    /** Reads {@code length} bytes, 1 to 4096. */
    record Read(int address, int length) implements Command {}

    /** Stores bytes, 1 to 4096. */
    record Write(int address, byte[] bytes) implements Command {}

    /** Stores {@code length} bytes of the same value. */
    record Fill(int address, int length, int value) implements Command {}

    /** Copies bytes upwards inside the guest. */
    record Copy(int to, int from, int length) implements Command {}

    /** A 32-bit digest of {@code length} bytes, a multiple of 4: tells whether they changed without sending them. */
    record Digest(int address, int length) implements Command {}

    /** A hypercall through the hypercall page with up to 6 arguments; gives EAX. */
    record Hypercall(int number, List<Integer> arguments) implements Command {}

    /** Runs code. Not allowed inside a hook. */
    record Run(CodeRun run) implements Command {}
}
