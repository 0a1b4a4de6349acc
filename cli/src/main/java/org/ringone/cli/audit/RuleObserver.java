package org.ringone.cli.audit;

import java.util.List;
import org.ringone.reference.GuestObserver;
import org.ringone.reference.VcpuView;

/** Judges some rules by what it hears. */
interface RuleObserver extends GuestObserver {

    /** Its rules. */
    List<RuleFinding> findings();

    /** The guest has unmasked its events by a store. */
    default void unmasked(VcpuView vcpu, int eip) {
        // of no interest
    }

    /** The guest has masked its events by a store. */
    default void remasked(VcpuView vcpu, int eip) {
        // of no interest
    }

    /** The guest's kernel executed an instruction that faulted for its privilege; whatever becomes of it. */
    default void privileged(VcpuView vcpu, String instruction) {
        // of no interest
    }

    /** The audit ends. */
    default void finished() {
        // of no interest
    }
}
