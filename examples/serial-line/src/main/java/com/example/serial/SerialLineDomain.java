package com.example.serial;

import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/** A domain there, seen through its line. */
final class SerialLineDomain implements Domain {

    private final Domain remote;
    private final Uart line;

    SerialLineDomain(Domain remote) {
        this(remote, new Uart(remote.console()));
    }

    private SerialLineDomain(Domain remote, Uart line) {
        this.remote = remote;
        this.line = line;
    }

    /** The same domain in a copy of the machine. */
    SerialLineDomain movedTo(Domain other) {
        return new SerialLineDomain(other, line.movedTo(other.console()));
    }

    Domain remote() {
        return remote;
    }

    @Override
    public int id() {
        return remote.id();
    }

    @Override
    public Console console() {
        return line;
    }

    @Override
    public Exit exit() {
        return remote.exit();
    }

    @Override
    public void close() {
        remote.close();
    }
}
