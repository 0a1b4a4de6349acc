package org.ringone.reference;

import org.ringone.xen.EventChannelOp;

/**
 * The hypervisor's own console, which the initial domain uses by hypercall. Input waits in a ring of 128 bytes and is announced
 * by VIRQ_CONSOLE; output beyond 16 KiB that nobody has read is lost.
 */
final class EmergencyConsole extends GuestConsole {

    private static final int INPUT_LIMIT = 128;
    private static final int OUTPUT_LIMIT = 16384;

    private final ByteQueue input;

    EmergencyConsole() {
        this(new ByteQueue(INPUT_LIMIT), new ByteQueue(OUTPUT_LIMIT));
    }

    private EmergencyConsole(ByteQueue input, ByteQueue output) {
        super(output);
        this.input = input;
    }

    @Override
    GuestConsole fork() {
        return new EmergencyConsole(input.copy(), output().copy());
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        if (!domain().running()) {
            return 0;
        }
        int taken = 0;
        while (taken < length && input.add(bytes[offset + taken])) {
            taken++;
        }
        if (taken > 0) {
            domain().machine.parts.eventChannels.raiseVirq(domain().vcpus.get(0), EventChannelOp.VIRQ_CONSOLE);
        }
        return taken;
    }

    @Override
    void pump() {
        // the guest's hypercalls bring everything here
    }

    ByteQueue input() {
        return input;
    }
}
