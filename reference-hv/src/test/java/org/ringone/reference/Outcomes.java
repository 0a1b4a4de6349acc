package org.ringone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.ringone.api.Exit;
import org.ringone.guest.Outcome;
import org.ringone.guest.Registers;
import org.ringone.guest.Trap;

/** What tests say of a run of guest code. */
final class Outcomes {

    private static final int NO_CODE = -1;

    private Outcomes() {}

    static Trap faults(Outcome outcome, int vector, int error) {
        assertThat(outcome).isInstanceOf(Outcome.Trapped.class);
        Trap trap = ((Outcome.Trapped) outcome).trap();
        assertThat(trap.vector()).isEqualTo(vector);
        assertThat(trap.error()).isEqualTo(error == NO_CODE ? OptionalInt.empty() : OptionalInt.of(error));
        return trap;
    }

    static Trap faults(Outcome outcome, int vector) {
        return faults(outcome, vector, NO_CODE);
    }

    static Registers completes(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).registers();
    }

    static void kills(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.DomainEnded.class);
        assertThat(((Outcome.DomainEnded) outcome).exit()).isInstanceOf(Exit.Killed.class);
    }
}
