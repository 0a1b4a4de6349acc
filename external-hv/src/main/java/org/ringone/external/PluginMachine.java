package org.ringone.external;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;

/** A machine in a child JVM. Once a call has failed, the machine has: it is not called again. */
final class PluginMachine implements Machine {

    private static final int MOST_DOMAINS = 10_000;
    private static final int MOST_LINES = 100_000;

    private final PluginConnection connection;
    private final int number;
    private final Duration patience;
    private final Abilities abilities;
    private final List<PluginDomain> domains = new ArrayList<>();
    private byte[] ramdisk = PluginDomain.NOTHING;
    private PluginFailure failed;
    private boolean off;

    PluginMachine(PluginConnection connection, int number, Duration patience, Abilities abilities) {
        this.connection = connection;
        this.number = number;
        this.patience = patience;
        this.abilities = abilities;
        connection.retain();
    }

    @Override
    public Domain createDomain(DomainSpec spec) throws DomainBuildException {
        usable();
        try {
            flush();
            PluginDomain built = connection.build(
                    number,
                    patience,
                    out -> {
                        Parts.spec(out, spec, ramdisk);
                        ramdisk = spec.ramdisk();
                    },
                    in -> new PluginDomain(this, in.readInt(), in.readInt(), PluginDomain.NOTHING));
            domains.add(built);
            return built;
        } catch (PluginFailure e) {
            failed = e;
            throw e;
        }
    }

    /** A call for this machine; the first that fails is the last. */
    <T> T call(Frame.Call call, Duration extra, Frame.Writer arguments, Frame.Reader<T> reader) {
        usable();
        try {
            flush();
            return connection.call(call, number, patience.plus(extra), arguments, reader);
        } catch (PluginFailure e) {
            failed = e;
            throw e;
        }
    }

    /** Offers the guests what was written to them, so that the machine is as its user believes. */
    private void flush() {
        for (PluginDomain domain : domains) {
            byte[] offered = domain.takeInput();
            if (offered.length > 0) {
                int taken = connection.call(
                        Frame.Call.WRITE,
                        number,
                        patience,
                        out -> {
                            out.writeInt(domain.handle());
                            Parts.bytes(out, offered);
                        },
                        in -> Parts.taken(in, offered.length));
                domain.keepInput(offered, taken);
            }
        }
    }

    private void usable() {
        if (failed != null) {
            throw failed;
        }
        if (off) {
            throw new IllegalStateException("the machine is powered off");
        }
    }

    Optional<PluginFailure> failed() {
        return Optional.ofNullable(failed);
    }

    void forget(PluginDomain domain) {
        domains.remove(domain);
    }

    @Override
    public List<Domain> domains() {
        return List.copyOf(domains);
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
        Object found = null;
        if (ability == Snapshots.class && abilities.snapshots()) {
            found = (Snapshots) this::snapshot;
        } else if (ability == Traces.class && abilities.traces()) {
            found = (Traces) () -> call(Frame.Call.TRACE, Duration.ZERO, out -> {}, PluginMachine::lines);
        } else if (ability == Counts.class && abilities.counts()) {
            found = new Counters();
        } else if (ability == InjectsEvents.class && abilities.injectsEvents()) {
            found = (InjectsEvents) this::raise;
        }
        return Optional.ofNullable(ability.cast(found));
    }

    private static List<String> lines(DataInputStream in) throws IOException {
        int count = Parts.count(in, MOST_LINES);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(Parts.text(in));
        }
        return lines;
    }

    private void raise(Domain domain, int port, long instructions) {
        if (!(domain instanceof PluginDomain own) || !domains.contains(own)) {
            throw new IllegalArgumentException("the domain is not on this machine");
        }
        call(
                Frame.Call.RAISE,
                Duration.ZERO,
                out -> {
                    out.writeInt(own.handle());
                    out.writeInt(port);
                    out.writeLong(instructions);
                },
                in -> Boolean.TRUE);
    }

    private Snapshots.Snapshot snapshot() {
        return call(Frame.Call.SNAPSHOT, Duration.ZERO, out -> {}, in -> {
            Map<Integer, byte[]> inputs =
                    domains.stream().collect(toUnmodifiableMap(PluginDomain::id, PluginDomain::input));
            return new Remembered(in.readInt(), in.readBoolean(), inputs);
        });
    }

    @Override
    public void close() {
        if (off) {
            return;
        }
        domains.clear();
        off = true;
        try {
            if (failed == null && connection.alive()) {
                connection.call(Frame.Call.CLOSE_MACHINE, number, patience, out -> {}, in -> Boolean.TRUE);
            }
        } finally {
            connection.release();
        }
    }

    private final class Counters implements Counts {

        @Override
        public long instructionsRetired() {
            return call(Frame.Call.COUNTS, Duration.ZERO, out -> {}, DataInputStream::readLong);
        }

        @Override
        public long hypervisorEntries() {
            return call(Frame.Call.COUNTS, Duration.ZERO, out -> {}, in -> {
                in.readLong();
                return in.readLong();
            });
        }
    }

    private final class Remembered implements Snapshots.Snapshot {
        private final int snapshot;
        private final boolean independent;
        private final Map<Integer, byte[]> inputs;

        /** @param inputs what each domain, by its number, had not yet taken of its input */
        Remembered(int snapshot, boolean independent, Map<Integer, byte[]> inputs) {
            this.snapshot = snapshot;
            this.independent = independent;
            this.inputs = inputs;
            connection.retain();
        }

        @Override
        public Machine resume() {
            int resumed = connection.newMachine();
            return connection.call(
                    Frame.Call.RESUME, resumed, patience, out -> out.writeInt(snapshot), in -> machine(resumed, in));
        }

        private Machine machine(int resumed, DataInputStream in) throws IOException {
            PluginMachine machine = new PluginMachine(connection, resumed, patience, Abilities.read(in));
            int count = Parts.count(in, MOST_DOMAINS);
            for (int i = 0; i < count; i++) {
                int handle = in.readInt();
                int id = in.readInt();
                machine.domains.add(
                        new PluginDomain(machine, handle, id, inputs.getOrDefault(id, PluginDomain.NOTHING)));
            }
            return machine;
        }

        @Override
        public boolean independent() {
            return independent;
        }
    }
}
