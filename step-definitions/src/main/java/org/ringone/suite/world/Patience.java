package org.ringone.suite.world;

import java.util.List;
import org.ringone.guest.Command;
import org.ringone.guest.ProbeException;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SchedOp;

/** Waiting that ends: the guest yields and looks again, so many times. */
public final class Patience {

    private static final int LOOKS = 60;
    private static final Command YIELD = Command.hypercall(Hypercall.SCHED_OP.number(), SchedOp.YIELD, 0);
    private static final List<Command> BETWEEN_LOOKS = List.of(YIELD, YIELD, YIELD, YIELD);

    private Patience() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws ProbeException;
    }

    /** Whether the condition holds, now or after a while. */
    public static boolean until(Guest guest, Condition condition) throws ProbeException {
        for (int look = 0; look < LOOKS; look++) {
            if (condition.holds()) {
                return true;
            }
            guest.probe().execute(BETWEEN_LOOKS);
        }
        return condition.holds();
    }
}
