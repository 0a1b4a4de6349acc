package org.ringone.reference;

import org.ringone.emulator.PhysicalMemory;
import org.ringone.xen.ConsoleRing;

/**
 * The console of an ordinary domain: a page shared with the guest and an event channel. It plays the part of the console
 * daemon in the initial domain: takes output at once as long as its own queue has room, so that a guest that nobody reads from
 * finds its ring full in the end; and puts input into the ring as far as there is room. The indices are the guest's to spoil.
 */
final class RingConsole extends GuestConsole {

    private static final int OUTPUT_LIMIT = 1 << 20;

    private final int mfn;
    private final int port;

    RingConsole(int mfn, int port) {
        this(mfn, port, new ByteQueue(OUTPUT_LIMIT));
    }

    private RingConsole(int mfn, int port, ByteQueue output) {
        super(output);
        this.mfn = mfn;
        this.port = port;
    }

    @Override
    GuestConsole fork() {
        return new RingConsole(mfn, port, output().copy());
    }

    int mfn() {
        return mfn;
    }

    int port() {
        return port;
    }

    private long page() {
        return (long) mfn << 12;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        if (!domain().running() || domain().closed()) {
            return 0;
        }
        PhysicalMemory memory = domain().machine.memory;
        int produced = memory.read32(page() + ConsoleRing.IN_PROD);
        int used = produced - memory.read32(page() + ConsoleRing.IN_CONS);
        if (used < 0 || used > ConsoleRing.INPUT_SIZE) {
            return 0;
        }
        int taken = Math.min(length, ConsoleRing.INPUT_SIZE - used);
        for (int i = 0; i < taken; i++) {
            int slot = produced + i & ConsoleRing.INPUT_SIZE - 1;
            memory.write8(page() + ConsoleRing.INPUT + slot, bytes[offset + i]);
        }
        if (taken > 0) {
            memory.write32(page() + ConsoleRing.IN_PROD, produced + taken);
            domain().notifyBound(port);
        }
        return taken;
    }

    @Override
    void pump() {
        if (domain().closed()) {
            return;
        }
        PhysicalMemory memory = domain().machine.memory;
        int consumed = memory.read32(page() + ConsoleRing.OUT_CONS);
        int waiting = memory.read32(page() + ConsoleRing.OUT_PROD) - consumed;
        if (waiting <= 0 || waiting > ConsoleRing.OUTPUT_SIZE) {
            return;
        }
        int taken = Math.min(waiting, output().room());
        for (int i = 0; i < taken; i++) {
            int slot = consumed + i & ConsoleRing.OUTPUT_SIZE - 1;
            output().add(memory.read8(page() + ConsoleRing.OUTPUT + slot));
        }
        if (taken > 0) {
            memory.write32(page() + ConsoleRing.OUT_CONS, consumed + taken);
            domain().notifyBound(port);
        }
    }
}
