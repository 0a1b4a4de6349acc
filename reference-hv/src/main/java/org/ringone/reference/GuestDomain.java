package org.ringone.reference;

import java.util.ArrayList;
import java.util.List;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.Exit;
import org.ringone.reference.memory.DomainMemory;
import org.ringone.reference.store.StoreConnection;

/** A guest domain: its vcpus, its event channels, its console, and how it stands with it. */
public final class GuestDomain implements Domain {

    private static final Exit RUNNING = new Exit.Running();

    final ReferenceMachine machine;
    final DomainMemory memory;
    final SharedInfoView shared;
    final EventPorts ports;
    final IntervalTimer intervalTimer;
    final List<Vcpu> vcpus = new ArrayList<>();
    private final int id;
    private final boolean privileged;
    private final GuestConsole console;
    private StoreConnection store;
    private int storePort;
    private Exit exit = RUNNING;
    private boolean closed;

    GuestDomain(ReferenceMachine machine, DomainMemory memory, boolean privileged, GuestConsole console) {
        this.machine = machine;
        this.memory = memory;
        this.id = memory.id();
        this.privileged = privileged;
        this.console = console;
        this.shared = new SharedInfoView(machine.memory, memory.sharedInfo());
        this.intervalTimer = new IntervalTimer(machine.now());
        this.ports = new EventPorts();
        console.attach(this);
    }

    private GuestDomain(ReferenceMachine machine, GuestDomain other) {
        this.machine = machine;
        this.memory = machine.machineMemory.domain(other.id);
        this.id = other.id;
        this.privileged = other.privileged;
        this.console = other.console.fork();
        this.shared = other.shared.fork(machine.memory);
        this.intervalTimer = other.intervalTimer.copy();
        this.ports = other.ports.copy();
        this.exit = other.exit;
        this.store = other.store == null ? null : other.store.fork(machine.memory, machine.store);
        this.storePort = other.storePort;
        console.attach(this);
        for (Vcpu vcpu : other.vcpus) {
            vcpus.add(vcpu.fork(this, v -> machine.forkCpu(v, vcpu.cpu)));
        }
    }

    /** The same domain in a forked machine. */
    GuestDomain fork(ReferenceMachine forked) {
        return new GuestDomain(forked, this);
    }

    @Override
    public int id() {
        return id;
    }

    /** The page that it shares with the hypervisor. */
    public SharedInfoView shared() {
        return shared;
    }

    /** Whether it is the initial domain. */
    boolean privileged() {
        return privileged;
    }

    @Override
    public Console console() {
        return console;
    }

    GuestConsole guestConsole() {
        return console;
    }

    /** Connects the domain to the store, over an event channel that is bound to it. */
    void connectStore(StoreConnection connection, int port) {
        store = connection;
        storePort = port;
    }

    /** Lets the store answer what the domain has asked it. */
    void serveStore() {
        if (store != null && !closed && store.serve()) {
            notifyBound(storePort);
        }
    }

    /** Raises an event on a channel whose other end is a part of the initial domain that the machine plays. */
    void notifyBound(int port) {
        if (ports.state(port) == EventPorts.INTERDOMAIN && EventChannels.peer(this, port) == null) {
            machine.parts.eventChannels.raiseLocal(this, port);
        }
    }

    @Override
    public Exit exit() {
        return exit;
    }

    boolean running() {
        return exit == RUNNING;
    }

    boolean closed() {
        return closed;
    }

    /** The domain ends; the first reason counts. */
    void end(Exit how) {
        if (exit == RUNNING) {
            exit = how;
            for (Vcpu v : vcpus) {
                v.cpu.requestStop();
            }
            machine.trace.ended(this, how);
            machine.observer.ended(id, how);
        }
    }

    /** The hypervisor ends the domain and goes on. */
    void kill(Vcpu v, String why) {
        end(new Exit.Killed(String.format("%s: %s, at %04x:%08x", v, why, v.selector(Vcpu.CS), v.state.eip)));
    }

    /** One of the domain's vcpus, or null when it has none of that number. */
    Vcpu vcpu(int number) {
        return number >= 0 && number < vcpus.size() ? vcpus.get(number) : null;
    }

    /** The whole machine goes, and with it everything that the domain would have to give back. */
    void switchOff() {
        closed = true;
        end(new Exit.Killed("closed"));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            end(new Exit.Killed("closed"));
            if (store != null) {
                store.close();
            }
            machine.remove(this);
        }
    }
}
