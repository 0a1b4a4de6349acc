package org.ringone.reference;

import java.util.Arrays;
import org.ringone.xen.EventChannelOp;

/**
 * A domain's event channel table: what each port is bound to. It grows by buckets of 128 ports; a port beyond the last bucket
 * does not exist yet (EVT-11).
 */
final class EventPorts {

    private static final int BUCKET = 128;

    /** What a port is bound to; the numbers are those of {@code EVTCHNOP_status}, and one for port 0. */
    static final byte FREE = EventChannelOp.STATUS_CLOSED;

    static final byte UNBOUND = EventChannelOp.STATUS_UNBOUND;
    static final byte INTERDOMAIN = EventChannelOp.STATUS_INTERDOMAIN;
    static final byte PIRQ = EventChannelOp.STATUS_PIRQ;
    static final byte VIRQ = EventChannelOp.STATUS_VIRQ;
    static final byte IPI = EventChannelOp.STATUS_IPI;
    static final byte RESERVED = 6;

    private byte[] state;
    private int[] vcpu;
    private int[] remoteDomain;
    private int[] remotePort;

    EventPorts() {
        state = new byte[BUCKET];
        vcpu = new int[BUCKET];
        remoteDomain = new int[BUCKET];
        remotePort = new int[BUCKET];
        state[0] = RESERVED;
    }

    private EventPorts(EventPorts other) {
        state = other.state.clone();
        vcpu = other.vcpu.clone();
        remoteDomain = other.remoteDomain.clone();
        remotePort = other.remotePort.clone();
    }

    boolean exists(int port) {
        return port >= 0 && port < state.length;
    }

    /** How many ports exist. */
    int size() {
        return state.length;
    }

    /** A free port, or -1 when all are taken. */
    int free() {
        for (int port = 0; port < state.length; port++) {
            if (state[port] == FREE) {
                return port;
            }
        }
        if (state.length == EventChannelOp.MAX_EVENT_CHANNELS) {
            return -1;
        }
        int first = state.length;
        state = Arrays.copyOf(state, first + BUCKET);
        vcpu = Arrays.copyOf(vcpu, first + BUCKET);
        remoteDomain = Arrays.copyOf(remoteDomain, first + BUCKET);
        remotePort = Arrays.copyOf(remotePort, first + BUCKET);
        return first;
    }

    byte state(int port) {
        return state[port];
    }

    /** The vcpu that the port notifies. */
    int vcpu(int port) {
        return vcpu[port];
    }

    void setVcpu(int port, int newVcpu) {
        vcpu[port] = newVcpu;
    }

    /** The domain at the other end, or the one that may connect. */
    int remoteDomain(int port) {
        return remoteDomain[port];
    }

    /** The port at the other end; of a virtual interrupt, its number. */
    int remotePort(int port) {
        return remotePort[port];
    }

    void bind(int port, byte newState, int domain, int other) {
        state[port] = newState;
        remoteDomain[port] = domain;
        remotePort[port] = other;
    }

    /** Frees a port; it notifies vcpu 0 when it is used again. */
    void release(int port) {
        bind(port, FREE, 0, 0);
        vcpu[port] = 0;
    }

    EventPorts copy() {
        return new EventPorts(this);
    }
}
