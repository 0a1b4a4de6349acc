package org.ringone.reference;

import org.ringone.api.Budget;
import org.ringone.api.Console;

/** The host's end of a guest's console. What the guest wrote waits here until it is read. */
abstract class GuestConsole implements Console {

    private final ByteQueue output;
    private GuestDomain domain;

    GuestConsole(ByteQueue output) {
        this.output = output;
    }

    final void attach(GuestDomain newDomain) {
        domain = newDomain;
    }

    final GuestDomain domain() {
        return domain;
    }

    final ByteQueue output() {
        return output;
    }

    /** The same console in a forked machine, not yet attached. */
    abstract GuestConsole fork();

    /** Takes what the guest has put where this console looks. */
    abstract void pump();

    @Override
    public final byte[] read(Budget budget) {
        domain.machine.run(domain, budget.instructions());
        return output.takeAll();
    }
}
