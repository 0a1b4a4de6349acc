package com.example.serial;

import java.util.Arrays;
import org.ringone.api.Budget;
import org.ringone.api.Console;

/** A console behind a line that carries 16 bytes at a time, either way. */
final class Uart implements Console {

    private static final int QUEUE = 16;

    private final Console remote;
    private byte[] received = {};

    Uart(Console remote) {
        this.remote = remote;
    }

    /** The same line, with what was on its way, to a copy of the machine. */
    Uart movedTo(Console other) {
        Uart moved = new Uart(other);
        moved.received = received;
        return moved;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        return remote.write(bytes, offset, Math.min(length, QUEUE));
    }

    @Override
    public byte[] read(Budget budget) {
        if (received.length == 0) {
            received = remote.read(budget);
        }
        byte[] next = Arrays.copyOf(received, Math.min(received.length, QUEUE));
        received = Arrays.copyOfRange(received, next.length, received.length);
        return next;
    }
}
