package org.ringone.reference;

import java.util.ArrayList;
import java.util.List;

/** Events that are to be raised at chosen instruction boundaries, so that races can be enumerated (EVT-08). */
final class Injections {

    private record Injection(GuestDomain domain, int port, long at) {}

    private final ReferenceMachine machine;
    private final List<Injection> waiting = new ArrayList<>();

    Injections(ReferenceMachine machine) {
        this.machine = machine;
    }

    void copyFrom(Injections other) {
        for (Injection injection : other.waiting) {
            GuestDomain domain = machine.domain(injection.domain.id());
            if (domain != null) {
                waiting.add(new Injection(domain, injection.port, injection.at));
            }
        }
    }

    void add(GuestDomain domain, int port, long instructions) {
        waiting.add(new Injection(domain, port, domain.vcpus.get(0).cpu.retired() + instructions));
    }

    /** How many instructions that vcpu may retire before the next event is to be raised. */
    long distance(Vcpu v) {
        long distance = Long.MAX_VALUE;
        for (Injection injection : waiting) {
            if (injection.domain == v.domain && v.id == 0) {
                distance = Math.min(distance, injection.at - v.cpu.retired());
            }
        }
        return distance;
    }

    /** Raises the events whose time has come. */
    void raiseDue() {
        for (int i = 0; i < waiting.size(); i++) {
            Injection injection = waiting.get(i);
            if (injection.domain.vcpus.get(0).cpu.retired() >= injection.at) {
                waiting.remove(i--);
                if (injection.domain.ports.exists(injection.port)) {
                    machine.parts.eventChannels.raiseLocal(injection.domain, injection.port);
                }
            }
        }
    }
}
