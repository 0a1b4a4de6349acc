package org.ringone.external;

import java.time.Duration;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;

/** A domain on a machine in a child JVM. When the plug-in fails, that is how the domain has ended. */
final class PluginDomain implements Domain, Console {

    private final PluginMachine machine;
    private final int handle;
    private final int id;
    private boolean closed;

    PluginDomain(PluginMachine machine, int handle, int id) {
        this.machine = machine;
        this.handle = handle;
        this.id = id;
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
        try {
            return machine.call(
                    Frame.Call.WRITE,
                    Duration.ZERO,
                    out -> {
                        out.writeInt(handle);
                        out.writeInt(length);
                        out.write(bytes, offset, length);
                    },
                    in -> in.readInt());
        } catch (PluginFailure e) {
            return 0;
        }
    }

    @Override
    public byte[] read(Budget budget) {
        if (machine.failed().isPresent()) {
            return new byte[0];
        }
        try {
            return machine.call(
                    Frame.Call.READ,
                    budget.wallClock(),
                    out -> {
                        out.writeInt(handle);
                        Parts.budget(out, budget);
                    },
                    Parts::bytes);
        } catch (PluginFailure e) {
            return new byte[0];
        }
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
        machine.forget(this);
        if (machine.failed().isEmpty()) {
            machine.call(Frame.Call.CLOSE_DOMAIN, Duration.ZERO, out -> out.writeInt(handle), in -> Boolean.TRUE);
        }
    }
}
