package org.ringone.reference;

import java.time.Duration;
import org.ringone.api.Budget;
import org.ringone.api.Domain;
import org.ringone.api.DomainSpec;
import org.ringone.api.Snapshots;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.ProbeImage;
import org.ringone.guest.Transcript;

/** A machine with the probe booted on it, forked from one that was booted once for each kind of domain. */
final class BootedGuest {

    static final Budget BUDGET = new Budget(20_000_000, Duration.ofSeconds(20));

    private static final class Ordinary {
        static final Booted BOOTED = boot(false);
    }

    private static final class Initial {
        static final Booted BOOTED = boot(true);
    }

    private record Booted(Snapshots.Snapshot snapshot, Probe probe) {}

    final ReferenceMachine machine;
    final GuestDomain domain;
    final Probe probe;

    private BootedGuest(Booted booted) {
        machine = (ReferenceMachine) booted.snapshot.resume();
        domain = (GuestDomain) machine.domains().get(0);
        probe = booted.probe.onto(domain, new Transcript());
    }

    static BootedGuest ordinary() {
        return new BootedGuest(Ordinary.BOOTED);
    }

    static BootedGuest initial() {
        return new BootedGuest(Initial.BOOTED);
    }

    private static Booted boot(boolean privileged) {
        ReferenceHypervisor hypervisor = privileged ? new InitialReferenceHypervisor() : new ReferenceHypervisor();
        ReferenceMachine machine = hypervisor.start();
        try {
            ProbeImage image = ProbeImage.standard();
            Domain domain = machine.createDomain(DomainSpec.of(image.elf(), 32, privileged));
            Probe probe = Probe.attach(domain, image, BUDGET, new Transcript());
            return new Booted(machine.snapshot(), probe);
        } catch (Exception e) {
            throw new IllegalStateException("the probe does not boot: " + machine.drainTrace(), e);
        }
    }

    Vcpu vcpu() {
        return domain.vcpus.get(0);
    }

    Outcome run(CodeRun run) throws ProbeException {
        return probe.run(run);
    }

    Outcome ring1(String code) throws ProbeException {
        return probe.run(CodeRun.ring1(code));
    }

    Outcome ring3(String code) throws ProbeException {
        return probe.run(CodeRun.ring3(code));
    }
}
