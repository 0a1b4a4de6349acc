package org.ringone.cli.export;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.api.Snapshots;
import org.ringone.guest.ProbeImage;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceParts;
import org.ringone.suite.run.BootedMachines;

/** The reference in a setting, with an eye on what is done with its machines. For one scenario at a time. */
final class WatchedReference implements Hypervisor {

    private static final int EARLIER_MIB = 5;

    /** How long the earlier domains run, each a little longer than the one before: so that clocks differ, too. */
    private static final Budget EARLIER_TIME = new Budget(300_000, Duration.ofSeconds(10));

    private final ReferenceHypervisor reference;
    private final Setting setting;
    private final Set<History> touched = new LinkedHashSet<>();

    WatchedReference(Profile.Privilege privilege, Setting setting) {
        this.reference =
                new ReferenceHypervisor("reference", privilege, ReferenceParts.standard(), setting.machineMib());
        this.setting = setting;
    }

    @Override
    public String name() {
        return reference.name();
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
        return new WatchedMachine(reference.start(), new History());
    }

    /** The machines that somebody has used since this was last asked, without those that were only remembered. */
    List<History> touched() {
        List<History> since = List.copyOf(touched);
        touched.clear();
        return since;
    }

    private final class WatchedMachine implements Machine {

        private final Machine machine;
        private final History history;

        WatchedMachine(Machine machine, History history) {
            this.machine = machine;
            this.history = history;
        }

        @Override
        public Domain createDomain(DomainSpec spec) throws DomainBuildException {
            touched.add(history);
            history.created(spec);
            List<Domain> earlier = new ArrayList<>();
            if (machine.domains().isEmpty()) {
                for (int i = 0; i < setting.earlierDomains(); i++) {
                    Domain one = machine.createDomain(
                            DomainSpec.of(ProbeImage.standard().elf(), EARLIER_MIB, false));
                    one.console().read(EARLIER_TIME);
                    earlier.add(one);
                }
            }
            int mib = spec.memoryMib() == BootedMachines.MEMORY_MIB ? setting.domainMib() : spec.memoryMib();
            Domain domain = machine.createDomain(new DomainSpec(
                    spec.image(), mib, spec.commandLine(), spec.ramdisk(), spec.vcpus(), spec.privileged()));
            earlier.forEach(Domain::close);
            return new WatchedDomain(domain, history);
        }

        @Override
        public List<Domain> domains() {
            return machine.domains().stream()
                    .map(domain -> (Domain) new WatchedDomain(domain, history))
                    .toList();
        }

        @Override
        public <A> Optional<A> ability(Class<A> ability) {
            if (ability == Snapshots.class) {
                return machine.ability(Snapshots.class).map(snapshots -> ability.cast(watched(snapshots)));
            }
            if (ability == InjectsEvents.class) {
                history.beyond("it raises events at chosen instructions");
                return Optional.empty();
            }
            if (ability == Counts.class) {
                history.beyond("it counts instructions from outside");
            }
            return machine.ability(ability);
        }

        private Snapshots watched(Snapshots snapshots) {
            return () -> {
                Snapshots.Snapshot snapshot = snapshots.snapshot();
                touched.remove(history);
                return new Snapshots.Snapshot() {
                    @Override
                    public Machine resume() {
                        return new WatchedMachine(snapshot.resume(), history.copy());
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

    private final class WatchedDomain implements Domain {

        private final Domain domain;
        private final History history;

        WatchedDomain(Domain domain, History history) {
            this.domain = domain;
            this.history = history;
        }

        @Override
        public int id() {
            return domain.id();
        }

        @Override
        public Console console() {
            return new WatchedConsole(domain.console(), history);
        }

        @Override
        public Exit exit() {
            return domain.exit();
        }

        @Override
        public void close() {
            history.beyond("it closes its domain and looks at what is left");
            domain.close();
        }
    }

    private final class WatchedConsole implements Console {

        private final Console console;
        private final History history;

        WatchedConsole(Console console, History history) {
            this.console = console;
            this.history = history;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            touched.add(history);
            return console.write(bytes, offset, length);
        }

        @Override
        public byte[] read(Budget budget) {
            return console.read(budget);
        }
    }
}
