package org.ringone.suite.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile.Privilege;
import org.ringone.api.Snapshots;
import org.ringone.api.Snapshots.Snapshot;
import org.ringone.guest.BootReport;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;
import org.ringone.suite.SuiteRun;

/**
 * Machines with a booted probe. Each kind is booted once and forked for every scenario where the machine can be
 * remembered; elsewhere it is booted anew every time.
 */
public final class BootedMachines {

    /** How long a probe may be silent: far more than any command takes, far less than anybody waits. */
    public static final Budget BUDGET = new Budget(50_000_000, Duration.ofSeconds(10));

    /** The same for a hypervisor on which no probe has ever said a word: one that will does so soon or never. */
    private static final Budget LITTLE = new Budget(BUDGET.instructions(), Duration.ofMillis(500));

    /** How many boots must have been silent, and none not, before the others get little time. */
    private static final int SILENCES = 3;

    /** Memory of the probe's domain, in MiB. */
    public static final int MEMORY_MIB = 32;

    /** A boot takes so many times what a step may take: it is the first thing that a cold virtual machine does. */
    private static final int PATIENCE_FOR_A_BOOT = 3;

    private final Hypervisor hypervisor;
    private final Duration patience;
    private final Map<Arrangement, Boot> boots = new ConcurrentHashMap<>();
    private final AtomicInteger silences = new AtomicInteger();
    private final LargestDomain largest = new LargestDomain(this);

    private BootedMachines(Hypervisor hypervisor, Duration patience) {
        this.hypervisor = hypervisor;
        this.patience = patience;
    }

    /** Machines of that hypervisor. */
    public static BootedMachines of(Hypervisor hypervisor) {
        return of(hypervisor, SuiteRun.PATIENCE);
    }

    /** Machines of that hypervisor, which counts as hung when it keeps silent for so long. */
    static BootedMachines of(Hypervisor hypervisor, Duration patience) {
        return new BootedMachines(hypervisor, patience);
    }

    /**
     * A machine of a scenario's own.
     *
     * @param probes one for each domain, in the order of their creation
     */
    public record Lease(Machine machine, List<Probe> probes, Runnable onClose) implements AutoCloseable {

        public Lease {
            probes = List.copyOf(probes);
        }

        /** The probe of the first domain. */
        public Probe probe() {
            return probes.get(0);
        }

        /** The first domain. */
        public Domain domain() {
            return probe().domain();
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    /** A machine with the standard probe booted in one domain of one vcpu. */
    public Lease take(Transcript transcript) throws DomainBuildException, ProbeException {
        return take(Arrangement.USUAL, transcript);
    }

    /**
     * A machine with the standard probe booted in each of its domains.
     *
     * <p>May be called from several threads. A boot that fails or hangs is not tried again.
     *
     * @throws HypervisorFailure when the hypervisor throws or hangs
     * @throws DomainBuildException when it refuses the probe, or to have such domains
     * @throws ProbeException when the probe does not come up far enough to serve
     */
    public Lease take(Arrangement arrangement, Transcript transcript) throws DomainBuildException, ProbeException {
        try {
            return boots.computeIfAbsent(arrangement, Boot::new).take(transcript);
        } catch (DomainBuildException | ProbeException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new HypervisorFailure(e.toString(), e);
        }
    }

    /**
     * A machine with a domain just built from this kernel, and the probe in it as far up as it came.
     *
     * @throws DomainBuildException when the kernel is refused
     */
    public Lease boot(ProbeImage image, Transcript transcript) throws DomainBuildException, ProbeException {
        return boot(image, Arrangement.USUAL, transcript);
    }

    private Lease boot(ProbeImage image, Arrangement arrangement, Transcript transcript)
            throws DomainBuildException, ProbeException {
        Machine machine = powerOn();
        try {
            List<Probe> probes = new ArrayList<>();
            DomainSpec spec = spec(image.elf()).withVcpus(arrangement.vcpus());
            probes.add(attach(machine.createDomain(spec), image, transcript));
            if (arrangement.secondDomain()) {
                DomainSpec ordinary = DomainSpec.of(image.elf(), MEMORY_MIB, false);
                probes.add(attach(machine.createDomain(ordinary), image, transcript));
            }
            return new Lease(machine, probes, machine::close);
        } catch (DomainBuildException | ProbeException | RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    /**
     * A machine with a domain already built from this kernel, and the probe in it as far up as it came.
     *
     * @throws ProbeException when the probe does not come up far enough to serve
     */
    public Lease attach(Machine machine, Domain domain, ProbeImage image, Transcript transcript) throws ProbeException {
        return new Lease(machine, List.of(attach(domain, image, transcript)), machine::close);
    }

    /** How far the standard probe came up; empty when it was not booted, or its end was no boot's. */
    Optional<BootReport> cameUp() {
        Boot usual = boots.get(Arrangement.USUAL);
        return usual == null ? Optional.empty() : Optional.ofNullable(usual.report());
    }

    /** Why the standard probe is refused; empty when it is not, or was not booted. */
    Optional<String> refusal() {
        Boot usual = boots.get(Arrangement.USUAL);
        return usual == null ? Optional.empty() : usual.refusal();
    }

    private Probe attach(Domain domain, ProbeImage image, Transcript transcript) throws ProbeException {
        Budget budget = silences.get() >= SILENCES ? LITTLE : BUDGET;
        try {
            Probe probe = Probe.attach(domain, image, budget, transcript);
            silences.set(Integer.MIN_VALUE);
            return budget.equals(BUDGET) ? probe : probe.within(BUDGET);
        } catch (ProbeException e) {
            if (e.kind() == ProbeException.Kind.SILENT) {
                silences.incrementAndGet();
            }
            throw e;
        }
    }

    /**
     * The size in MiB of the largest ordinary domain that an unused machine takes; empty where a machine takes no second
     * domain after a first. Found out once.
     *
     * @throws HypervisorFailure when the hypervisor throws
     */
    public OptionalInt largestDomain() {
        return largest.get();
    }

    /** An ordinary domain of that size. */
    public DomainSpec ordinary(int mib) {
        return DomainSpec.of(ProbeImage.standard().elf(), mib, false);
    }

    /** A machine without any domain. */
    public Machine powerOn() {
        return Guarded.start(hypervisor);
    }

    /** What the probe's own domain is to be. */
    public DomainSpec spec(byte[] image) {
        return DomainSpec.of(image, MEMORY_MIB, hypervisor.profile().privilege() == Privilege.INITIAL);
    }

    private final class Boot {
        private final Arrangement arrangement;
        private final Semaphore one = new Semaphore(1);
        private boolean tried;
        private Snapshot snapshot;
        private List<Probe> booted;
        private Exception failure;
        private BootReport report;

        Boot(Arrangement arrangement) {
            this.arrangement = arrangement;
        }

        Lease take(Transcript transcript) throws Exception {
            tryOnce();
            if (failure != null) {
                throw failure;
            }
            return Watchdog.call(
                    () -> snapshot == null ? boot(ProbeImage.standard(), arrangement, transcript) : fork(transcript),
                    patience);
        }

        /** Boots once. A failure is remembered: a hypervisor that hangs while booting would hang for every scenario. */
        private synchronized void tryOnce() {
            if (tried) {
                return;
            }
            tried = true;
            try {
                Watchdog.call(
                        () -> {
                            remember();
                            return null;
                        },
                        patience.multipliedBy(PATIENCE_FOR_A_BOOT));
            } catch (Exception e) {
                failure = e;
                report = e instanceof ProbeException p ? p.boot().orElse(null) : null;
            }
        }

        synchronized Optional<String> refusal() {
            return failure instanceof DomainBuildException refused
                    ? Optional.of(String.valueOf(refused.getMessage()))
                    : Optional.empty();
        }

        synchronized BootReport report() {
            return report;
        }

        private void remember() throws DomainBuildException, ProbeException {
            Lease lease = boot(ProbeImage.standard(), arrangement, new Transcript());
            report = lease.probe().boot();
            Optional<Snapshots> snapshots = lease.machine().ability(Snapshots.class);
            if (snapshots.isPresent()) {
                booted = lease.probes();
                for (Probe probe : booted) {
                    // Every scenario starts with these, and they are the same in every copy of the machine.
                    probe.scratchPages();
                    probe.userPages();
                }
                snapshot =
                        Guarded.of("Snapshots.snapshot", () -> snapshots.get().snapshot());
            } else {
                lease.close();
            }
        }

        /** A machine as it was remembered; booted anew when what remembered it has died meanwhile. */
        private Lease fork(Transcript transcript) throws DomainBuildException, ProbeException {
            boolean independent = Guarded.of("Snapshot.independent", snapshot::independent);
            if (!independent) {
                one.acquireUninterruptibly();
            }
            Runnable release = independent ? () -> {} : one::release;
            Machine machine;
            try {
                machine = Guarded.machine(Guarded.of("Snapshot.resume", snapshot::resume));
            } catch (HypervisorFailure e) {
                release.run();
                return boot(ProbeImage.standard(), arrangement, transcript);
            }
            List<Domain> domains = machine.domains();
            if (domains.size() < booted.size()) {
                release.run();
                throw new HypervisorFailure("the machine resumed from a snapshot has lost a domain");
            }
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < booted.size(); i++) {
                probes.add(booted.get(i).onto(domains.get(i), transcript));
            }
            return new Lease(machine, probes, () -> {
                release.run();
                machine.close();
            });
        }
    }
}
