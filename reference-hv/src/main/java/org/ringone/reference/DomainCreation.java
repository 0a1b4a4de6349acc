package org.ringone.reference;

import java.util.UUID;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.reference.build.BootChannels;
import org.ringone.reference.build.BuiltDomain;
import org.ringone.reference.build.DomainBuilder;
import org.ringone.reference.store.Store;
import org.ringone.reference.store.StoreConnection;

/** Makes a domain out of a specification: its memory, its channels, its console, and its first vcpu ready to run. */
final class DomainCreation {

    private static final int STORE_PORT = 1;
    private static final int CONSOLE_PORT = 2;
    private static final int CONSOLE_LIMIT = 1 << 20;
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
            introduce(domain, spec, built);
        }
        machine.parts.startState.events(domain.shared);
        machine.showWallClock(domain);
        machine.parts.startState.enter(domain.vcpus.get(0), spec, built);
        return domain;
    }

    /** Tells the store of a new domain: what its tools write there of every domain. */
    private void introduce(GuestDomain domain, DomainSpec spec, BuiltDomain built) {
        Store store = machine.store;
        String home = "/local/domain/" + domain.id();
        String vm = "/vm/" + new UUID(0, domain.id());
        store.put(vm, "");
        store.put(vm + "/name", "guest" + domain.id());
        store.makeHome(domain.id());
        store.put(home + "/vm", vm);
        store.put(home + "/domid", String.valueOf(domain.id()));
        store.put(home + "/name", "guest" + domain.id());
        store.put(home + "/memory/target", String.valueOf(spec.memoryMib() * 1024));
        for (int i = 0; i < spec.vcpus(); i++) {
            store.put(home + "/cpu/" + i + "/availability", "online");
        }
        store.put(home + "/console/ring-ref", String.valueOf(built.consoleMfn()));
        store.put(home + "/console/port", String.valueOf(CONSOLE_PORT));
        store.put(home + "/console/type", "xenconsoled");
        store.put(home + "/console/limit", String.valueOf(CONSOLE_LIMIT));
        store.put(home + "/store/ring-ref", String.valueOf(built.storeMfn()));
        store.put(home + "/store/port", String.valueOf(STORE_PORT));
        store.put(home + "/device", "");
        store.put(home + "/control", "");
        domain.connectStore(new StoreConnection(machine.memory, built.storeMfn(), domain.id(), store), STORE_PORT);
    }
}
