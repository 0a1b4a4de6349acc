package org.ringone.faulty;

import java.util.List;
import java.util.Optional;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.api.Snapshots;
import org.ringone.reference.ReferenceHypervisor;

/** The reference with machines that do not take back all memory. */
final class ForgetfulHypervisor implements Hypervisor {

    /** On what occasion memory is lost. */
    enum Forgets {
        /** The domain builder has refused an image. */
        REFUSED,
        /** A domain is destroyed. */
        DESTROYED
    }

    private final Hypervisor reference = new ReferenceHypervisor();
    private final String name;
    private final Forgets forgets;

    ForgetfulHypervisor(String name, Forgets forgets) {
        this.name = name;
        this.forgets = forgets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return reference.version();
    }

    @Override
    public Profile profile() {
        return reference.profile();
    }

    @Override
    public Machine start() {
        return new ForgetfulMachine(reference.start(), forgets, 0);
    }

    /** A machine that takes no domain which would need the memory that it has lost. */
    private static final class ForgetfulMachine implements Machine {

        private final Machine machine;
        private final Forgets forgets;
        private int lostMib;

        ForgetfulMachine(Machine machine, Forgets forgets, int lostMib) {
            this.machine = machine;
            this.forgets = forgets;
            this.lostMib = lostMib;
        }

        @Override
        public Domain createDomain(DomainSpec spec) throws DomainBuildException {
            try {
                if (lostMib > 0) {
                    machine.createDomain(larger(spec, lostMib)).close();
                }
                return wrap(machine.createDomain(spec));
            } catch (DomainBuildException e) {
                lose(Forgets.REFUSED);
                throw e;
            }
        }

        private static DomainSpec larger(DomainSpec spec, int mib) {
            return new DomainSpec(
                    spec.image(),
                    spec.memoryMib() + mib,
                    spec.commandLine(),
                    spec.ramdisk(),
                    spec.vcpus(),
                    spec.privileged());
        }

        private Domain wrap(Domain domain) {
            return new ForgetfulDomain(domain, () -> lose(Forgets.DESTROYED));
        }

        private void lose(Forgets occasion) {
            lostMib += occasion == forgets ? 1 : 0;
        }

        @Override
        public List<Domain> domains() {
            return machine.domains().stream().map(this::wrap).toList();
        }

        @Override
        public <A> Optional<A> ability(Class<A> ability) {
            Optional<A> theirs = machine.ability(ability);
            return ability == Snapshots.class && theirs.isPresent()
                    ? Optional.of(ability.cast(remembered((Snapshots) theirs.get())))
                    : theirs;
        }

        private Snapshots remembered(Snapshots theirs) {
            int lost = lostMib;
            return () -> {
                Snapshots.Snapshot snapshot = theirs.snapshot();
                return new Snapshots.Snapshot() {
                    @Override
                    public Machine resume() {
                        return new ForgetfulMachine(snapshot.resume(), forgets, lost);
                    }

                    @Override
                    public boolean independent() {
                        return snapshot.independent();
                    }
                };
            };
        }

        @Override
        public void close() {
            machine.close();
        }
    }

    /** @param onClose what happens besides when it is destroyed */
    private record ForgetfulDomain(Domain domain, Runnable onClose) implements Domain {

        @Override
        public int id() {
            return domain.id();
        }

        @Override
        public Console console() {
            return domain.console();
        }

        @Override
        public Exit exit() {
            return domain.exit();
        }

        @Override
        public void close() {
            domain.close();
            onClose.run();
        }
    }
}
