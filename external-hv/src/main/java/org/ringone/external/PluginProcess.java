package org.ringone.external;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;

/**
 * A hypervisor written in Java by somebody else, in a JVM of its own: what hangs, exits or runs out of memory there takes
 * nobody along. Each machine started has a child JVM to itself, shared only with the machines resumed from its snapshots.
 * A child in which nothing has gone wrong serves another machine after the last.
 *
 * <p>Closing it ends every child.
 */
public final class PluginProcess implements Hypervisor, AutoCloseable {

    /** How long a call may take unless said otherwise, besides the budget of a console read. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long a child JVM may take to start and load the plug-in. */
    private static final Duration START = Duration.ofSeconds(30);

    private final List<String> command;
    private final Duration toStart;
    private final Duration patience;
    private final String what;
    private final Introduction introduction;
    private final List<PluginConnection> open = new ArrayList<>();
    private final Deque<PluginConnection> spare = new ArrayDeque<>();
    private boolean closed;

    private PluginProcess(List<String> command, String what, Duration toStart, Duration patience) {
        this.toStart = toStart;
        this.command = command;
        this.what = what;
        this.patience = patience;
        PluginConnection first = new PluginConnection(command, what, this::unused);
        open.add(first);
        spare.add(first);
        try {
            this.introduction = first.hello(toStart, Introduction::read);
        } catch (PluginFailure e) {
            first.close();
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The plug-in on a class path.
     *
     * @param classPath jars and folders, which need not hold the plug-in contract itself
     * @param name which one, when there are several; else empty
     * @param patience how long a call may take, besides the budget of a console read
     * @throws IllegalArgumentException when there is none, or it cannot be loaded; the message says why
     */
    public static PluginProcess open(List<Path> classPath, String name, Duration patience) {
        Objects.requireNonNull(name, "name");
        List<String> parts = new ArrayList<>(List.of(home(PluginServer.class), home(Hypervisor.class)));
        classPath.forEach(path -> parts.add(path.toAbsolutePath().toString()));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xss2m",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(File.pathSeparator, parts),
                PluginServer.class.getName(),
                name);
        return new PluginProcess(command, "the plug-in" + (name.isEmpty() ? "" : " '" + name + "'"), START, patience);
    }

    /**
     * The hypervisor that a command serves over its standard input and output, as {@link PluginServer} does: {@code ringone
     * serve}, here or at the other end of a line.
     *
     * @param line the program and its arguments, cut as a shell cuts them
     * @throws IllegalArgumentException when it is not well formed, or does not introduce itself; the message says why
     */
    public static PluginProcess served(String line) {
        List<String> command = CommandWords.of(line);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("the server's command is empty; it looks like 'ringone serve'");
        }
        CommandWords.requireProgram(command.get(0), System.getenv("PATH"));
        return new PluginProcess(command, "the server '" + command.get(0) + "'", START, PATIENCE);
    }

    /** With a command of the test's own in place of the server. */
    static PluginProcess open(List<String> command, Duration toStart, Duration patience) {
        return new PluginProcess(command, "the plug-in", toStart, patience);
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where is " + type + "?", e);
        }
    }

    @Override
    public String name() {
        return introduction.name();
    }

    @Override
    public String version() {
        return introduction.version();
    }

    @Override
    public Profile profile() {
        return introduction.profile();
    }

    @Override
    public Machine start() {
        PluginConnection connection = connection();
        int machine = connection.newMachine();
        Abilities abilities = connection.call(Frame.Call.START, machine, patience, out -> {}, Abilities::read);
        return new PluginMachine(connection, machine, patience, abilities);
    }

    private PluginConnection connection() {
        synchronized (this) {
            open.removeIf(c -> !c.alive());
            spare.removeIf(c -> !c.alive());
            if (!spare.isEmpty()) {
                return spare.pop();
            }
        }
        PluginConnection fresh = new PluginConnection(command, what, this::unused);
        synchronized (this) {
            // Nobody would end what is started while, or after, all others are being ended.
            if (closed) {
                fresh.close();
            } else {
                open.add(fresh);
            }
        }
        fresh.hello(toStart, Introduction::read);
        return fresh;
    }

    private synchronized void unused(PluginConnection child) {
        if (child.asGoodAsNew() && open.contains(child)) {
            spare.push(child);
        } else {
            child.close();
        }
    }

    @Override
    public void close() {
        List<PluginConnection> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
            open.clear();
            spare.clear();
        }
        all.forEach(PluginConnection::close);
    }

    private record Introduction(String name, String version, Profile profile) {

        static Introduction read(DataInputStream in) throws IOException {
            String name = Parts.text(in);
            String version = Parts.text(in);
            return new Introduction(name, version, Parts.profile(in));
        }
    }
}
