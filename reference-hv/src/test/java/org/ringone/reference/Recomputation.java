package org.ringone.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringone.api.Snapshots;
import org.ringone.properties.StepCheck;
import org.ringone.reference.memory.Invariants;
import org.ringone.reference.memory.PageType;
import org.ringone.suite.run.BootedMachines.Lease;

/**
 * Recomputes from nothing what a machine must keep right - page types and counts, who holds which event channel, who may sleep -
 * and compares.
 */
final class Recomputation {

    private final ReferenceMachine machine;
    private final List<String> faults = new ArrayList<>();

    private Recomputation(ReferenceMachine machine) {
        this.machine = machine;
    }

    /** Looks at all of it on the machine of a lease. */
    static StepCheck of(Lease lease) {
        ReferenceMachine machine = machineOf(lease);
        return () -> {
            Recomputation recomputation = new Recomputation(machine);
            recomputation.counts();
            recomputation.events();
            return recomputation.result();
        };
    }

    /** Looks at event channels and sleepers only, for a guest that leaves memory alone. */
    static StepCheck ofEvents(Lease lease) {
        ReferenceMachine machine = machineOf(lease);
        return () -> {
            Recomputation recomputation = new Recomputation(machine);
            recomputation.events();
            return recomputation.result();
        };
    }

    private static ReferenceMachine machineOf(Lease lease) {
        return (ReferenceMachine) lease.machine().ability(Snapshots.class).orElseThrow();
    }

    private Optional<String> result() {
        return faults.isEmpty() ? Optional.empty() : Optional.of(faults.toString());
    }

    private void counts() {
        List<Invariants.Use> descriptors = new ArrayList<>();
        List<Integer> bases = new ArrayList<>();
        for (GuestDomain domain : domains()) {
            for (Vcpu vcpu : domain.vcpus) {
                bases.add(vcpu.baseMfn);
                uses(vcpu.gdtFrames, PageType.GDT, descriptors);
                uses(vcpu.ldtFrames, PageType.LDT, descriptors);
            }
        }
        faults.addAll(Invariants.violations(
                machine.machineMemory, bases.stream().mapToInt(base -> base).toArray(), descriptors));
    }

    private static void uses(int[] frames, PageType type, List<Invariants.Use> uses) {
        for (int mfn : frames) {
            if (mfn >= 0) {
                uses.add(new Invariants.Use(mfn, type));
            }
        }
    }

    private void events() {
        for (GuestDomain domain : domains()) {
            for (int port = 0; port < domain.ports.size(); port++) {
                port(domain, port);
            }
            for (Vcpu vcpu : domain.vcpus) {
                sleep(vcpu);
                for (int virq = 0; virq < vcpu.virqPorts.length; virq++) {
                    int port = vcpu.virqPorts[virq];
                    if (port != 0
                            && !(domain.ports.state(port) == EventPorts.VIRQ
                                    && domain.ports.remotePort(port) == virq)) {
                        faults.add("virq " + virq + " of " + vcpu + " goes to port " + port + ", which is not its own");
                    }
                }
            }
        }
    }

    private void port(GuestDomain domain, int port) {
        EventPorts ports = domain.ports;
        String name = "port " + port + " of domain " + domain.id();
        if (domain.vcpu(ports.vcpu(port)) == null) {
            faults.add(name + " notifies no vcpu");
        }
        switch (ports.state(port)) {
            case EventPorts.RESERVED -> expect(port == 0, name + " is reserved");
            case EventPorts.FREE ->
                expect(
                        port != 0
                                && ports.vcpu(port) == 0
                                && ports.remoteDomain(port) == 0
                                && ports.remotePort(port) == 0,
                        name + " is free and not empty");
            case EventPorts.INTERDOMAIN -> {
                GuestDomain remote = machine.domain(ports.remoteDomain(port));
                int other = ports.remotePort(port);
                expect(
                        remote == null
                                || remote.ports.exists(other)
                                        && remote.ports.state(other) == EventPorts.INTERDOMAIN
                                        && remote.ports.remotePort(other) == port
                                        && remote.ports.remoteDomain(other) == domain.id(),
                        name + " is connected and its other end is not");
            }
            case EventPorts.VIRQ ->
                expect(
                        domain.vcpus.stream()
                                        .filter(v -> v.virqPorts[ports.remotePort(port)] == port)
                                        .count()
                                == 1,
                        name + " is bound to a virq that does not know it");
            default -> {
                // nothing else hangs on it
            }
        }
    }

    /** Nothing is lost: who sleeps has nothing pending that it would be told of. */
    private void sleep(Vcpu vcpu) {
        SharedInfoView shared = vcpu.domain.shared;
        boolean told = shared.upcallMask(vcpu.id) == 0 && shared.upcallPending(vcpu.id);
        expect(!(vcpu.blocked && told), vcpu + " sleeps and has an event pending that is not masked");
    }

    private void expect(boolean right, String wrong) {
        if (!right) {
            faults.add(wrong);
        }
    }

    private List<GuestDomain> domains() {
        return machine.domains().stream().map(GuestDomain.class::cast).toList();
    }
}
