package org.ringone.external;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ringone.api.DomainBuildException;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;

/**
 * Serves a hypervisor to another process, which calls over standard input and output. What the hypervisor prints goes to
 * the error output. It ends when its input does.
 */
public final class PluginServer {

    private static final int HELLO = -1;
    private static final int STACK_FRAMES = 8;

    private final OutputStream out;
    private final Supplier<Hypervisor> choice;
    private final Map<Integer, MachineThread> machines = new ConcurrentHashMap<>();
    private final Map<Integer, Snapshots.Snapshot> snapshots = new ConcurrentHashMap<>();
    private final AtomicInteger snapshotNumbers = new AtomicInteger();
    private Hypervisor hypervisor;

    private PluginServer(OutputStream out, Supplier<Hypervisor> choice) {
        this.out = out;
        this.choice = choice;
    }

    /**
     * The main program of the child JVM: serves what {@link ServiceLoader} finds.
     *
     * @param arguments the name of the hypervisor; empty for the only one there is
     */
    public static void main(String[] arguments) {
        boolean served = serve(() -> find(arguments.length == 0 ? "" : arguments[0]));
        Runtime.getRuntime().halt(served ? 0 : 1);
    }

    /**
     * Serves until the input ends. Takes standard input and output over for good.
     *
     * @param choice gives the hypervisor; the message of what it throws goes to the caller
     * @return false when there is no such hypervisor, or the caller sends nonsense
     */
    public static boolean serve(Supplier<Hypervisor> choice) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        return new PluginServer(out, choice).serve(in);
    }

    private boolean serve(InputStream from) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(from, 1 << 16))) {
            hello();
            // Without a hypervisor a caller can do nothing but go away.
            for (Frame frame = Frame.read(in); frame != null && hypervisor != null; frame = Frame.read(in)) {
                dispatch(frame);
            }
            return hypervisor != null;
        } catch (IOException e) {
            System.err.println("the parent sends nonsense: " + e.getMessage());
            return false;
        }
    }

    private void hello() {
        answer(HELLO, () -> {
            try {
                hypervisor = choice.get();
            } catch (IllegalArgumentException e) {
                return message(Frame.Answer.THREW, HELLO, e.getMessage());
            }
            byte[] body = Frame.body(to -> {
                Parts.text(to, String.valueOf(hypervisor.name()));
                Parts.text(to, String.valueOf(hypervisor.version()));
                Parts.profile(to, hypervisor.profile());
            });
            return new Frame(Frame.Answer.HELLO.ordinal(), HELLO, body);
        });
    }

    private static Hypervisor find(String name) {
        List<Hypervisor> all = new ArrayList<>();
        try {
            ServiceLoader.load(Hypervisor.class).forEach(all::add);
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException(
                    "it cannot be loaded: " + e.getMessage()
                            + "; its class must be public, with a public constructor without parameters",
                    e);
        }
        List<Hypervisor> matching = all.stream()
                .filter(h -> name.isEmpty() || name.equals(h.name()))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        String there = all.stream().map(h -> String.valueOf(h.name())).collect(Collectors.joining(", "));
        throw new IllegalArgumentException((name.isEmpty() ? "one hypervisor is wanted" : "'" + name + "' is wanted")
                + " and the class path has " + (all.isEmpty() ? "none" : there)
                + "; META-INF/services/org.ringone.api.Hypervisor names the classes");
    }

    private void dispatch(Frame frame) throws IOException {
        Frame.Call call = Parts.one(Frame.Call.values(), frame.kind());
        DataInputStream arguments = new DataInputStream(new ByteArrayInputStream(frame.body()));
        int number = arguments.readInt();
        MachineThread machine = machines.computeIfAbsent(number, n -> new MachineThread("machine-" + n));
        machine.execute(() -> answer(frame.call(), () -> perform(call, frame.call(), number, machine, arguments)));
        if (call == Frame.Call.CLOSE_MACHINE) {
            machines.remove(number);
            machine.finish();
        }
    }

    private Frame perform(Frame.Call call, int id, int number, MachineThread machine, DataInputStream in)
            throws Exception {
        Frame.Writer result =
                switch (call) {
                    case START -> {
                        machine.machine(hypervisor.start());
                        yield Abilities.of(machine.machine())::write;
                    }
                    case RESUME -> {
                        Machine resumed = snapshots.get(in.readInt()).resume();
                        machine.machine(resumed);
                        yield to -> {
                            Abilities.of(resumed).write(to);
                            machine.writeDomains(to);
                        };
                    }
                    case SNAPSHOT -> {
                        Snapshots.Snapshot snapshot = machine.machine()
                                .ability(Snapshots.class)
                                .orElseThrow()
                                .snapshot();
                        int key = snapshotNumbers.incrementAndGet();
                        snapshots.put(key, snapshot);
                        yield to -> {
                            to.writeInt(key);
                            to.writeBoolean(snapshot.independent());
                        };
                    }
                    default -> machine.perform(call, in);
                };
        return new Frame(Frame.Answer.RESULT.ordinal(), id, Frame.body(result));
    }

    private interface Work {
        Frame perform() throws Exception;
    }

    private void answer(int id, Work work) {
        Frame answer;
        try {
            answer = work.perform();
        } catch (DomainBuildException e) {
            answer = message(Frame.Answer.REFUSED, id, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            answer = message(Frame.Answer.THREW, id, describe(e));
        }
        try {
            synchronized (out) {
                out.write(answer.encoded());
                out.flush();
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static Frame message(Frame.Answer kind, int id, String text) {
        return new Frame(kind.ordinal(), id, Frame.body(to -> Parts.text(to, text)));
    }

    private static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder("threw ").append(thrown);
        StackTraceElement[] stack = thrown.getStackTrace();
        for (int i = 0; i < Math.min(stack.length, STACK_FRAMES); i++) {
            text.append("\n  at ").append(stack[i]);
        }
        if (thrown.getCause() != null) {
            text.append("\n  caused by ").append(thrown.getCause());
        }
        return text.toString();
    }
}
