package org.ringone.external;

import java.time.Duration;
import java.util.Arrays;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/**
 * A domain on a machine in a child JVM. When the plug-in fails, that is how the domain has ended. Input goes to the child along
 * with the next call, which saves a round trip with every message.
 */
final class PluginDomain implements Domain, Console {

    /** Input that nobody takes is kept no longer than this. */
    private static final int MOST_INPUT = 1 << 16;

    static final byte[] NOTHING = new byte[0];

    private final PluginMachine machine;
    private final int handle;
    private final int id;
    private byte[] input;
    private boolean closed;

    /** What a guest took of the input it was offered, and what it said. */
    private record Reading(int taken, byte[] output) {}

    PluginDomain(PluginMachine machine, int handle, int id, byte[] input) {
        this.machine = machine;
        this.handle = handle;
        this.id = id;
        this.input = input;
    }

    int handle() {
        return handle;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Console console() {
        return this;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        if (machine.failed().isPresent()) {
            return 0;
        }
        int taken = Math.min(length, MOST_INPUT - input.length);
        byte[] longer = Arrays.copyOf(input, input.length + taken);
        System.arraycopy(bytes, offset, longer, input.length, taken);
        input = longer;
        return taken;
    }

    @Override
    public byte[] read(Budget budget) {
        byte[] output = NOTHING;
        boolean more = machine.failed().isEmpty();
        try {
            // Input that had no room is offered again once the guest has run, unless it says something first.
            while (more && output.length == 0) {
                byte[] offered = takeInput();
                Reading reading = machine.call(
                        Frame.Call.READ,
                        budget.wallClock(),
                        out -> {
                            out.writeInt(handle);
                            Parts.budget(out, budget);
                            Parts.bytes(out, offered);
                        },
                        in -> new Reading(Parts.taken(in, offered.length), Parts.bytes(in)));
                keepInput(offered, reading.taken());
                output = reading.output();
                more = reading.taken() > 0 && input.length > 0;
            }
        } catch (PluginFailure e) {
            return NOTHING;
        }
        return output;
    }

    /** The input that was written since it was last asked for: whoever takes it offers it to the guest. */
    byte[] takeInput() {
        byte[] taken = input;
        input = NOTHING;
        return taken;
    }

    /** Keeps what the guest did not take of what it was offered. */
    void keepInput(byte[] offered, int taken) {
        input = Arrays.copyOfRange(offered, taken, offered.length);
    }

    /** The input that waits for the next call. */
    byte[] input() {
        return input;
    }

    @Override
    public Exit exit() {
        if (machine.failed().isEmpty()) {
            try {
                return machine.call(Frame.Call.EXIT, Duration.ZERO, out -> out.writeInt(handle), Parts::exit);
            } catch (PluginFailure e) {
                return new Exit.HypervisorFailed(e.getMessage());
            }
        }
        return new Exit.HypervisorFailed(machine.failed().get().getMessage());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        input = NOTHING;
        machine.forget(this);
        if (machine.failed().isEmpty()) {
            machine.call(Frame.Call.CLOSE_DOMAIN, Duration.ZERO, out -> out.writeInt(handle), in -> Boolean.TRUE);
        }
    }
}
