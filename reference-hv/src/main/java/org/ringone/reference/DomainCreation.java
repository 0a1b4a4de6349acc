package org.ringone.reference;

import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.reference.build.BootChannels;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.reference.build.DomainBuilder;

/** Makes a domain out of a specification: its memory, its channels, its console, and its first vcpu ready to run. */
final class DomainCreation {

    private static final int STORE_PORT = 1;
    private static final int CONSOLE_PORT = 2;
    /** The initial domain's ends of the two channels: numbers that nobody but {@code EVTCHNOP_status} sees. */
    private static final int FIRST_BACKEND_PORT = 1;

    private final ReferenceMachine machine;

    DomainCreation(ReferenceMachine machine) {
        this.machine = machine;
    }

    GuestDomain create(DomainSpec spec, int domid) throws DomainBuildException {
        boolean privileged = spec.privileged();
        BootChannels channels = privileged ? BootChannels.NONE : new BootChannels(STORE_PORT, CONSOLE_PORT);
        BuiltDomain built =
                new DomainBuilder(machine.machineMemory, machine.parts.bootRules).build(spec, domid, channels);
        GuestConsole console = privileged ? new EmergencyConsole() : new RingConsole(built.consoleMfn(), CONSOLE_PORT);
        GuestDomain domain = new GuestDomain(machine, built.memory(), privileged, console);
        for (int i = 0; i < spec.vcpus(); i++) {
            domain.vcpus.add(new Vcpu(domain, i, machine::newCpu));
        }
        if (!privileged) {
            domain.ports.bind(STORE_PORT, EventPorts.INTERDOMAIN, 0, 2 * domid + FIRST_BACKEND_PORT);
            domain.ports.bind(CONSOLE_PORT, EventPorts.INTERDOMAIN, 0, 2 * domid + FIRST_BACKEND_PORT + 1);
        }
        machine.parts.startState.events(domain.shared);
        domain.shared.setWallClock(machine.wallClock(), 0);
        machine.parts.startState.enter(domain.vcpus.get(0), spec, built);
        return domain;
    }
}
