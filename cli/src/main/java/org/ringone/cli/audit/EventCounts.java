package org.ringone.cli.audit;

import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;

/** What became of events. */
final class EventCounts implements GuestObserver {

    private static final int PORTS = 1024;

    private final boolean[] raised = new boolean[PORTS];
    private long events;
    private long merged;
    private long toNobody;
    private long upcalls;
    private VcpuView last;

    /** Events raised on the guest's ports. */
    long events() {
        return events;
    }

    /** Those that came while the port was pending already: the guest hears of them once. */
    long merged() {
        return merged;
    }

    /** Those that the guest sent to ports that have no other end. */
    long toNobody() {
        return toNobody;
    }

    /** How often the event callback was entered. */
    long upcalls() {
        return upcalls;
    }

    /** Ports with an event that the guest had not taken in the end, though it had not masked them. */
    long lost() {
        long lost = 0;
        for (int port = 0; port < PORTS && last != null; port++) {
            lost += raised[port] && last.portPending(port) && !last.portMasked(port) ? 1 : 0;
        }
        return lost;
    }

    @Override
    public void raised(VcpuView v, int port, boolean alreadyPending) {
        last = v;
        events++;
        merged += alreadyPending ? 1 : 0;
        raised[port % PORTS] = true;
    }

    @Override
    public void sentToNobody(VcpuView v, int port) {
        toNobody++;
    }

    @Override
    public void upcall(VcpuView v) {
        upcalls++;
    }
}
