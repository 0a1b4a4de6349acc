package org.ringone.suite.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile.Privilege;
import org.ringone.api.Snapshots;
import org.ringone.api.Snapshots.Snapshot;
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

    /** Memory of the probe's domain, in MiB. */
    public static final int MEMORY_MIB = 32;

    /** A boot takes so many times what a step may take: it is the first thing that a cold virtual machine does. */
    private static final int PATIENCE_FOR_A_BOOT = 3;

    private final Hypervisor hypervisor;
    private final Duration patience;
    private final Boot standard = new Boot();
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

    /** A machine of a scenario's own. */
    public record Lease(Machine machine, Domain domain, Probe probe, Runnable onClose) implements AutoCloseable {
        @Override
        public void close() {
            onClose.run();
        }
    }

    /**
     * A machine with the standard probe booted in one domain.
     *
     * <p>May be called from several threads. A boot that fails or hangs is not tried again.
     *
     * @throws HypervisorFailure when the hypervisor throws or hangs
     * @throws DomainBuildException when it refuses the probe
     * @throws ProbeException when the probe does not come up far enough to serve
     */
    public Lease take(Transcript transcript) throws DomainBuildException, ProbeException {
        try {
            return standard.take(transcript);
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
        Machine machine = powerOn();
        try {
            Domain domain = machine.createDomain(spec(image.elf()));
            return new Lease(machine, domain, Probe.attach(domain, image, BUDGET, transcript), machine::close);
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
        return new Lease(machine, domain, Probe.attach(domain, image, BUDGET, transcript), machine::close);
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
        private final Semaphore one = new Semaphore(1);
        private boolean tried;
        private Snapshot snapshot;
        private Probe booted;
        private Exception failure;

        Lease take(Transcript transcript) throws Exception {
            synchronized (this) {
                if (!tried) {
                    tried = true;
                    rememberOnce();
                }
            }
            if (failure != null) {
                throw failure;
            }
            return Watchdog.call(
                    () -> snapshot == null ? boot(ProbeImage.standard(), transcript) : fork(transcript), patience);
        }

        /** Boots once. A failure is remembered: a hypervisor that hangs while booting would hang for every scenario. */
        private void rememberOnce() {
            try {
                Watchdog.call(
                        () -> {
                            remember();
                            return null;
                        },
                        patience.multipliedBy(PATIENCE_FOR_A_BOOT));
            } catch (Exception e) {
                failure = e;
            }
        }

        private void remember() throws DomainBuildException, ProbeException {
            Lease lease = boot(ProbeImage.standard(), new Transcript());
            Optional<Snapshots> snapshots = lease.machine().ability(Snapshots.class);
            if (snapshots.isPresent()) {
                booted = lease.probe();
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
                return boot(ProbeImage.standard(), transcript);
            }
            if (machine.domains().isEmpty()) {
                release.run();
                throw new HypervisorFailure("the machine resumed from a snapshot has lost its domain");
            }
            Domain domain = machine.domains().get(0);
            return new Lease(machine, domain, booted.onto(domain, transcript), () -> {
                release.run();
                machine.close();
            });
        }
    }
}
