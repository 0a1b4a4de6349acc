package com.example.serial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;

/** A machine there. It has the abilities that the other one has; those that speak of domains must speak of ours. */
final class SerialLineMachine implements Machine {

    private final Machine remote;
    private final List<SerialLineDomain> lines = new ArrayList<>();

    SerialLineMachine(Machine remote) {
        this.remote = remote;
    }

    @Override
    public Domain createDomain(DomainSpec spec) throws DomainBuildException {
        SerialLineDomain built = new SerialLineDomain(remote.createDomain(spec));
        lines.add(built);
        return built;
    }

    @Override
    public List<Domain> domains() {
        List<Domain> there = remote.domains();
        return lines.stream()
                .filter(line -> there.contains(line.remote()))
                .map(Domain.class::cast)
                .toList();
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
        if (ability == Snapshots.class) {
            return remote.ability(Snapshots.class)
                    .map(there -> ability.cast((Snapshots) () -> new Remembered(there.snapshot(), lines())));
        }
        if (ability == InjectsEvents.class) {
            return remote.ability(InjectsEvents.class)
                    .map(there -> ability.cast((InjectsEvents) (domain, port, instructions) ->
                            there.raise(((SerialLineDomain) domain).remote(), port, instructions)));
        }
        return ability == Traces.class || ability == Counts.class ? remote.ability(ability) : Optional.empty();
    }

    /** The lines of the domains not yet closed, as far as they have come: each of them a copy. */
    private List<SerialLineDomain> lines() {
        return domains().stream()
                .map(SerialLineDomain.class::cast)
                .map(line -> line.movedTo(line.remote()))
                .toList();
    }

    @Override
    public void close() {
        remote.close();
    }

    /** What is remembered there, and what was on its way. */
    private record Remembered(Snapshots.Snapshot there, List<SerialLineDomain> lines) implements Snapshots.Snapshot {

        @Override
        public Machine resume() {
            Machine copy = there.resume();
            SerialLineMachine resumed = new SerialLineMachine(copy);
            List<Domain> domains = copy.domains();
            for (int i = 0; i < lines.size(); i++) {
                resumed.lines.add(lines.get(i).movedTo(domains.get(i)));
            }
            return resumed;
        }

        @Override
        public boolean independent() {
            return there.independent();
        }
    }
}
