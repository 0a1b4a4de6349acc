package org.ringone.external;

import java.util.List;
import java.util.Optional;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;

/** One run of a command, with the one domain it boots. */
final class CommandMachine implements Machine, Traces, Snapshots {

    private final CommandProfile profile;
    private final FirstSound firstSound;
    private CommandDomain domain;
    private boolean off;

    CommandMachine(CommandProfile profile, FirstSound firstSound) {
        this.profile = profile;
        this.firstSound = firstSound;
    }

    /** A machine that was saved with its domain. */
    CommandMachine(CommandProfile profile, CommandDomain domain) {
        this(profile, new FirstSound());
        this.domain = domain;
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
        return ability == Snapshots.class && !profile.saved() ? Optional.empty() : Machine.super.ability(ability);
    }

    @Override
    public Snapshot snapshot() {
        if (domains().isEmpty()) {
            throw new IllegalStateException("there is no domain to be remembered");
        }
        return domain.save();
    }

    @Override
    public Domain createDomain(DomainSpec spec) throws DomainBuildException {
        if (off) {
            throw new IllegalStateException("the machine is powered off");
        }
        check(spec);
        CommandDomain built = new CommandDomain(profile, spec);
        try {
            built.awaitStart(firstSound);
        } catch (DomainBuildException e) {
            built.close();
            throw e;
        }
        domain = built;
        return built;
    }

    private void check(DomainSpec spec) throws DomainBuildException {
        String name = profile.name();
        if (domain != null) {
            throw new DomainBuildException(name + " runs one domain a machine, and there was one already");
        }
        boolean initial = profile.profile().privilege() == Profile.Privilege.INITIAL;
        if (spec.privileged() != initial) {
            throw new DomainBuildException(
                    name + " builds the " + profile.profile().privilege().label() + " only");
        }
        if (spec.vcpus() > profile.vcpus()) {
            throw new DomainBuildException(
                    name + " gives a domain at most " + profile.vcpus() + " vcpus, not " + spec.vcpus());
        }
        if (spec.ramdisk().length > 0 && profile.commandWithRamdisk().isEmpty()) {
            throw new DomainBuildException("the profile of " + name + " has no 'command-with-ramdisk'");
        }
    }

    @Override
    public List<Domain> domains() {
        return domain == null || domain.closed() ? List.of() : List.of(domain);
    }

    @Override
    public List<String> drainTrace() {
        return domain == null ? List.of() : domain.drainLog();
    }

    @Override
    public void close() {
        off = true;
        if (domain != null) {
            domain.close();
        }
    }
}
