package org.ringone.external;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Traces;

/** A machine inside the child JVM and the one thread that uses it. */
final class MachineThread {

    private static final long STACK_BYTES = 4L << 20;

    private final ThreadPoolExecutor thread;
    private final Map<Integer, Domain> domains = new HashMap<>();
    private byte[] ramdisk = PluginDomain.NOTHING;
    private Machine machine;
    private int handles;

    MachineThread(String name) {
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
            Thread worker = new Thread(null, body, name, STACK_BYTES);
            worker.setDaemon(true);
            return worker;
        });
    }

    void execute(Runnable work) {
        thread.execute(work);
    }

    /** The thread ends when it has done what it was given. */
    void finish() {
        thread.shutdown();
    }

    void machine(Machine started) {
        machine = started;
        started.domains().forEach(domain -> domains.put(handles++, domain));
    }

    Machine machine() {
        if (machine == null) {
            throw new IllegalStateException("the machine was never started");
        }
        return machine;
    }

    /** The domains with their handles, in order of creation. */
    void writeDomains(DataOutputStream out) throws IOException {
        out.writeInt(domains.size());
        for (int handle = 0; handle < domains.size(); handle++) {
            out.writeInt(handle);
            out.writeInt(domains.get(handle).id());
        }
    }

    /** Performs a call and gives what writes its result. */
    Frame.Writer perform(Frame.Call call, DataInputStream in) throws Exception {
        return switch (call) {
            case CREATE -> {
                DomainSpec spec = Parts.spec(in, ramdisk);
                ramdisk = spec.ramdisk();
                yield create(machine().createDomain(spec));
            }
            case WRITE -> write(domain(in).console(), Parts.bytes(in));
            case READ -> read(domain(in).console(), in);
            case EXIT -> exit(domain(in));
            case CLOSE_DOMAIN -> close(domains.remove(in.readInt()));
            case CLOSE_MACHINE -> {
                machine().close();
                yield out -> {};
            }
            case TRACE -> trace(machine().ability(Traces.class).orElseThrow().drainTrace());
            case COUNTS -> counts(machine().ability(Counts.class).orElseThrow());
            case RAISE -> raise(machine().ability(InjectsEvents.class).orElseThrow(), in);
            case START, RESUME, SNAPSHOT -> throw new IllegalArgumentException(call.name());
        };
    }

    private Frame.Writer create(Domain built) {
        int handle = handles++;
        int id = built.id();
        domains.put(handle, built);
        return out -> {
            out.writeInt(handle);
            out.writeInt(id);
        };
    }

    private static Frame.Writer write(Console console, byte[] bytes) {
        int taken = offer(console, bytes);
        return out -> out.writeInt(taken);
    }

    private static Frame.Writer read(Console console, DataInputStream in) throws IOException {
        Budget budget = Parts.budget(in);
        int taken = offer(console, Parts.bytes(in));
        byte[] output = Objects.requireNonNull(console.read(budget), "Console.read gave null");
        return out -> {
            out.writeInt(taken);
            Parts.bytes(out, output);
        };
    }

    private static int offer(Console console, byte[] bytes) {
        int taken = bytes.length == 0 ? 0 : console.write(bytes, 0, bytes.length);
        if (taken < 0 || taken > bytes.length) {
            throw new IllegalStateException("Console.write took " + taken + " of " + bytes.length + " bytes");
        }
        return taken;
    }

    private static Frame.Writer exit(Domain domain) {
        Exit exit = Objects.requireNonNull(domain.exit(), "Domain.exit gave null");
        return out -> Parts.exit(out, exit);
    }

    private static Frame.Writer close(Domain domain) {
        if (domain != null) {
            domain.close();
        }
        return out -> {};
    }

    private static Frame.Writer trace(List<String> lines) {
        return out -> {
            out.writeInt(lines.size());
            for (String line : lines) {
                Parts.text(out, line);
            }
        };
    }

    private static Frame.Writer counts(Counts counts) {
        long instructions = counts.instructionsRetired();
        long entries = counts.hypervisorEntries();
        return out -> {
            out.writeLong(instructions);
            out.writeLong(entries);
        };
    }

    private Frame.Writer raise(InjectsEvents injects, DataInputStream in) throws IOException {
        injects.raise(domain(in), in.readInt(), in.readLong());
        return out -> {};
    }

    private Domain domain(DataInputStream in) throws IOException {
        int handle = in.readInt();
        Domain domain = domains.get(handle);
        if (domain == null) {
            throw new IllegalStateException("the domain is closed");
        }
        return domain;
    }
}
