package org.ringone.suite.world;

import java.util.List;
import org.ringone.guest.Command;
import org.ringone.guest.ProbeException;
import org.ringone.xen.Hypercall;
import org.ringone.xen.SchedOp;
import org.ringone.xen.SharedInfo;

/** Waiting that ends: the guest yields, sleeps a little and looks again, so many times. */
public final class Patience {

    private static final int LOOKS = 60;
    private static final long NAP_NANOSECONDS = 2_000_000;

    /** Where in the page of arguments the nap's structure lies: behind what requests need. */
    private static final int NAP = 4000;

    private static final Command YIELD = Command.hypercall(Hypercall.SCHED_OP.number(), SchedOp.YIELD, 0);

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
            nap(guest);
        }
        return condition.holds();
    }

    private static void nap(Guest guest) throws ProbeException {
        long time = guest.probe().read64(guest.probe().sharedInfo() + SharedInfo.TIME_SYSTEM_TIME);
        long until = time + NAP_NANOSECONDS;
        int structure = guest.arguments().address() + NAP;
        guest.probe()
                .execute(List.of(
                        YIELD,
                        Command.words(structure, structure, 0, (int) until, (int) (until >>> 32)),
                        Command.hypercall(Hypercall.SCHED_OP.number(), SchedOp.POLL, structure)));
    }
}
