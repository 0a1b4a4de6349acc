package org.ringone.reference;

import org.ringone.xen.Errno;
import org.ringone.xen.EventChannelOp;
import org.ringone.xen.MmuUpdate;

/** event_channel_op: results and errors of every operation as in the public header (EVT-11). */
public class EventChannels {

    /** How many virtual interrupts there are. */
    static final int VIRQS = 24;

    private static final int OLD_FORM_SIZE = 28;
    private static final int DOMID_SELF = MmuUpdate.DOMID_SELF;

    /** Carries out one operation on the structure at that guest address. */
    public int operation(Vcpu v, int command, int argument) {
        int size = sizeOf(command);
        if (size == 0) {
            return Errno.ENOSYS.result();
        }
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, size)) {
            return Errno.EFAULT.result();
        }
        int result = perform(v, command, r);
        if (result == 0 && answers(command) && !r.store(v, argument, size)) {
            return Errno.EFAULT.result();
        }
        return result;
    }

    /** The old form: the command lies before the structure. */
    public int oldOperation(Vcpu v, int argument) {
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, OLD_FORM_SIZE)) {
            return Errno.EFAULT.result();
        }
        return operation(v, r.i32(0), argument + 4);
    }

    private static int sizeOf(int command) {
        return switch (command) {
            case EventChannelOp.ALLOC_UNBOUND, EventChannelOp.BIND_IPI, EventChannelOp.BIND_VCPU -> 8;
            case EventChannelOp.BIND_INTERDOMAIN, EventChannelOp.BIND_VIRQ, EventChannelOp.BIND_PIRQ -> 12;
            case EventChannelOp.CLOSE, EventChannelOp.SEND, EventChannelOp.UNMASK -> 4;
            case EventChannelOp.STATUS -> 24;
            case EventChannelOp.RESET -> 2;
            default -> 0;
        };
    }

    private static boolean answers(int command) {
        return switch (command) {
            case EventChannelOp.ALLOC_UNBOUND,
                    EventChannelOp.BIND_IPI,
                    EventChannelOp.BIND_INTERDOMAIN,
                    EventChannelOp.BIND_VIRQ,
                    EventChannelOp.BIND_PIRQ,
                    EventChannelOp.STATUS -> true;
            default -> false;
        };
    }

    private int perform(Vcpu v, int command, GuestRecord r) {
        return switch (command) {
            case EventChannelOp.ALLOC_UNBOUND -> allocUnbound(v, r);
            case EventChannelOp.BIND_INTERDOMAIN -> bindInterdomain(v, r);
            case EventChannelOp.BIND_VIRQ -> bindVirq(v, r);
            case EventChannelOp.BIND_IPI -> bindIpi(v, r);
            case EventChannelOp.BIND_PIRQ -> bindPirq(v, r);
            case EventChannelOp.CLOSE -> close(v.domain, r.i32(0));
            case EventChannelOp.SEND -> send(v.domain, r.i32(0));
            case EventChannelOp.STATUS -> status(v, r);
            case EventChannelOp.BIND_VCPU -> bindVcpu(v.domain, r.i32(0), r.i32(4));
            case EventChannelOp.UNMASK -> unmask(v.domain, r.i32(0));
            default -> reset(v, r.u16(0));
        };
    }

    /** The domain meant, or null with {@link #refusal} saying why not. */
    private static GuestDomain target(Vcpu v, int domid) {
        if (domid == DOMID_SELF) {
            return v.domain;
        }
        return v.domain.privileged() ? v.machine().domain(domid) : null;
    }

    private static int refusal(Vcpu v) {
        return v.domain.privileged() ? Errno.ESRCH.result() : Errno.EPERM.result();
    }

    private int allocUnbound(Vcpu v, GuestRecord r) {
        GuestDomain domain = target(v, r.u16(0));
        if (domain == null) {
            return refusal(v);
        }
        int port = domain.ports.free();
        if (port < 0) {
            return Errno.ENOSPC.result();
        }
        int remote = r.u16(2) == DOMID_SELF ? v.domain.id() : r.u16(2);
        domain.ports.bind(port, EventPorts.UNBOUND, remote, 0);
        r.put32(4, port);
        return 0;
    }

    private int bindInterdomain(Vcpu v, GuestRecord r) {
        GuestDomain local = v.domain;
        GuestDomain remote = r.u16(0) == DOMID_SELF ? local : v.machine().domain(r.u16(0));
        int remotePort = r.i32(4);
        if (remote == null) {
            return Errno.ESRCH.result();
        }
        int port = local.ports.free();
        if (port < 0) {
            return Errno.ENOSPC.result();
        }
        if (!remote.ports.exists(remotePort)
                || remote.ports.state(remotePort) != EventPorts.UNBOUND
                || remote.ports.remoteDomain(remotePort) != local.id()) {
            return Errno.EINVAL.result();
        }
        local.ports.bind(port, EventPorts.INTERDOMAIN, remote.id(), remotePort);
        remote.ports.bind(remotePort, EventPorts.INTERDOMAIN, local.id(), port);
        // The remote end may have sent before there was anybody to hear it.
        raiseLocal(local, port);
        r.put32(8, port);
        return 0;
    }

    private int bindVirq(Vcpu v, GuestRecord r) {
        GuestDomain domain = v.domain;
        int virq = r.i32(0);
        int vcpu = r.i32(4);
        if (virq < 0 || virq >= VIRQS || isGlobal(virq) && vcpu != 0) {
            return Errno.EINVAL.result();
        }
        if (domain.vcpu(vcpu) == null) {
            return Errno.ENOENT.result();
        }
        if (domain.vcpu(vcpu).virqPorts[virq] != 0) {
            return Errno.EEXIST.result();
        }
        int port = domain.ports.free();
        if (port < 0) {
            return Errno.ENOSPC.result();
        }
        domain.ports.bind(port, EventPorts.VIRQ, 0, virq);
        domain.ports.setVcpu(port, vcpu);
        domain.vcpu(vcpu).virqPorts[virq] = port;
        r.put32(8, port);
        return 0;
    }

    private int bindIpi(Vcpu v, GuestRecord r) {
        GuestDomain domain = v.domain;
        int vcpu = r.i32(0);
        if (domain.vcpu(vcpu) == null) {
            return Errno.ENOENT.result();
        }
        int port = domain.ports.free();
        if (port < 0) {
            return Errno.ENOSPC.result();
        }
        domain.ports.bind(port, EventPorts.IPI, 0, 0);
        domain.ports.setVcpu(port, vcpu);
        r.put32(4, port);
        return 0;
    }

    /** An initial domain might bind physical interrupts if the machine had any; an ordinary one may not. */
    private static int bindPirq(Vcpu v, GuestRecord r) {
        boolean permitted = v.domain.privileged() || Integer.compareUnsigned(r.i32(0), 256) >= 0;
        return permitted ? Errno.EINVAL.result() : Errno.EPERM.result();
    }

    /** Closes a port; the other end of a connection waits for a new peer. */
    public int close(GuestDomain domain, int port) {
        EventPorts ports = domain.ports;
        if (!ports.exists(port)) {
            return Errno.EINVAL.result();
        }
        switch (ports.state(port)) {
            case EventPorts.FREE, EventPorts.RESERVED -> {
                return Errno.EINVAL.result();
            }
            case EventPorts.VIRQ -> {
                for (Vcpu v : domain.vcpus) {
                    if (v.virqPorts[ports.remotePort(port)] == port) {
                        v.virqPorts[ports.remotePort(port)] = 0;
                    }
                }
            }
            case EventPorts.INTERDOMAIN -> {
                GuestDomain remote = peer(domain, port);
                if (remote != null) {
                    remote.ports.bind(ports.remotePort(port), EventPorts.UNBOUND, domain.id(), 0);
                }
            }
            default -> {
                // nothing else hangs on it
            }
        }
        ports.release(port);
        return 0;
    }

    /**
     * The domain that has the other end of a channel; null when the machine has it, which plays the initial domain's console and
     * store whether there is an initial domain or not.
     */
    static GuestDomain peer(GuestDomain domain, int port) {
        int other = domain.ports.remotePort(port);
        GuestDomain remote = domain.machine.domain(domain.ports.remoteDomain(port));
        boolean paired = remote != null
                && remote.ports.exists(other)
                && remote.ports.state(other) == EventPorts.INTERDOMAIN
                && remote.ports.remoteDomain(other) == domain.id()
                && remote.ports.remotePort(other) == port;
        return paired ? remote : null;
    }

    /** Sends an event through a port (EVT-09). */
    public int send(GuestDomain domain, int port) {
        EventPorts ports = domain.ports;
        if (!ports.exists(port)) {
            return Errno.EINVAL.result();
        }
        switch (ports.state(port)) {
            case EventPorts.INTERDOMAIN -> {
                GuestDomain remote = peer(domain, port);
                if (remote == null) {
                    domain.machine.backendNotified(domain, port);
                } else {
                    raiseLocal(remote, ports.remotePort(port));
                }
                return 0;
            }
            case EventPorts.IPI -> {
                raiseLocal(domain, port);
                return 0;
            }
            case EventPorts.UNBOUND -> {
                domain.machine.observer.sentToNobody(domain.vcpus.get(0).view, port);
                return 0; // nobody listens: the event is lost
            }
            default -> {
                return Errno.EINVAL.result();
            }
        }
    }

    /** Raises a port of a domain as its remote end does. */
    void raiseLocal(GuestDomain domain, int port) {
        Vcpu target = domain.vcpu(domain.ports.vcpu(port));
        if (domain.running() && target != null) {
            target.parts().eventDelivery.raise(target, port);
        }
    }

    /** Raises a virtual interrupt of one vcpu if it is bound. */
    void raiseVirq(Vcpu v, int virq) {
        if (v.virqPorts[virq] != 0) {
            raiseLocal(v.domain, v.virqPorts[virq]);
        }
    }

    /** Per-vcpu virtual interrupts are bound on any vcpu and stay there; the others start on vcpu 0 and may move. */
    private static boolean isGlobal(int virq) {
        return virq != EventChannelOp.VIRQ_TIMER && virq != EventChannelOp.VIRQ_DEBUG && virq != 7;
    }

    private int status(Vcpu v, GuestRecord r) {
        GuestDomain domain = target(v, r.u16(0));
        if (domain == null) {
            return refusal(v);
        }
        int port = r.i32(4);
        EventPorts ports = domain.ports;
        if (!ports.exists(port)) {
            return Errno.EINVAL.result();
        }
        byte state = ports.state(port);
        r.put32(8, state == EventPorts.RESERVED ? EventChannelOp.STATUS_CLOSED : state);
        r.put32(12, ports.vcpu(port));
        switch (state) {
            case EventPorts.UNBOUND -> r.put16(16, ports.remoteDomain(port));
            case EventPorts.INTERDOMAIN -> {
                r.put16(16, ports.remoteDomain(port));
                r.put32(20, ports.remotePort(port));
            }
            case EventPorts.VIRQ -> r.put32(16, ports.remotePort(port));
            default -> {
                // nothing more to tell
            }
        }
        return 0;
    }

    private int bindVcpu(GuestDomain domain, int port, int vcpu) {
        if (domain.vcpu(vcpu) == null) {
            return Errno.ENOENT.result();
        }
        EventPorts ports = domain.ports;
        if (!ports.exists(port)) {
            return Errno.EINVAL.result();
        }
        boolean movable =
                switch (ports.state(port)) {
                    case EventPorts.VIRQ -> isGlobal(ports.remotePort(port));
                    case EventPorts.UNBOUND, EventPorts.INTERDOMAIN -> true;
                    default -> false;
                };
        if (!movable) {
            return Errno.EINVAL.result();
        }
        ports.setVcpu(port, vcpu);
        return 0;
    }

    private int unmask(GuestDomain domain, int port) {
        if (!domain.ports.exists(port)) {
            return Errno.EINVAL.result();
        }
        Vcpu target = domain.vcpu(domain.ports.vcpu(port));
        target.parts().eventDelivery.unmask(target, port);
        return 0;
    }

    private int reset(Vcpu v, int domid) {
        GuestDomain domain = target(v, domid);
        if (domain == null) {
            return refusal(v);
        }
        closeAll(domain);
        return 0;
    }

    /** Closes every port of a domain: it resets, or it is gone. */
    void closeAll(GuestDomain domain) {
        for (int port = 0; port < domain.ports.size(); port++) {
            close(domain, port);
        }
    }
}
