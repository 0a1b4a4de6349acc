package org.ringone.suite.world;

import java.util.List;
import org.ringone.api.Counts;
import org.ringone.api.Domain;
import org.ringone.api.InjectsEvents;
import org.ringone.guest.CodeRun;
import org.ringone.guest.Command;
import org.ringone.guest.Outcome;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.guest.Upcall;
import org.ringone.suite.verdict.Violation;
import org.ringone.xen.SharedInfo;

/**
 * Guest code between two sleeps, with an event raised from outside at a chosen instruction boundary of it. The guest blocks,
 * is woken, runs the code and blocks again, so the machine can be stopped before the first instruction and after the last.
 */
public final class Window {

    private static final String SLEEP = """
            mov eax, __HYPERVISOR_SCHED_OP
            mov ebx, SCHEDOP_BLOCK
            xor ecx, ecx
            int 0x82
            """;

    private final Guest guest;
    private final Domain domain;
    private final InjectsEvents raises;
    private final Counts counts;
    private final CodeRun code;
    private final int wake;
    private final int port;

    /** The code, woken through one channel and interrupted through another. */
    public Window(Guest guest, InjectsEvents raises, Counts counts, String assembly, String wake, String port) {
        this.guest = guest;
        this.domain = guest.probe().domain();
        this.raises = raises;
        this.counts = counts;
        this.code =
                Code.of(guest, 1, SLEEP + assembly + "\n" + SLEEP + "mov byte [evtchn_upcall_mask], 1\n", "mask = 1");
        this.wake = guest.word(wake);
        this.port = guest.word(port);
    }

    /** How many instructions retire from the first sleep to the second when nothing interrupts. */
    public long length() throws ProbeException {
        long[] retired = new long[2];
        run(slept -> {
            if (slept > 2) {
                return false;
            }
            retired[slept - 1] = counts.instructionsRetired();
            raises.raise(domain, wake, 0);
            return true;
        });
        return retired[1] - retired[0];
    }

    /**
     * Runs the code with an event after so many instructions and checks that it is delivered, while the mask is 0.
     *
     * @throws Violation when it is not
     */
    public void raiseAfter(long instructions) throws ProbeException {
        Outcome outcome = run(slept -> {
            if (slept > 2) {
                return false;
            }
            raises.raise(domain, wake, 0);
            if (slept == 1) {
                raises.raise(domain, port, instructions);
            }
            return true;
        });
        String what = "an event raised " + instructions + " instructions after the guest woke ";
        if (!(outcome instanceof Outcome.Completed)) {
            throw Violation.of(what + "lets the code run to its end", new Answer.Ran(outcome).toString());
        }
        for (Upcall upcall : upcalls(outcome)) {
            if (upcall.frame().savedMask() != 0) {
                throw Violation.of(
                        what + "is delivered while the mask is 0",
                        String.format(
                                "an upcall at eip %08x with a saved mask of %d",
                                upcall.frame().eip(), upcall.frame().savedMask()));
            }
        }
        int word = guest.probe().read32(guest.probe().sharedInfo() + SharedInfo.EVTCHN_PENDING + port / 32 * 4);
        if ((word >>> port & 1) != 0) {
            throw Violation.of(what + "is delivered before the guest sleeps again", "it is still pending")
                    .because("the mask is cleared after the pending flag was looked at", "the end of iret");
        }
    }

    private static List<Upcall> upcalls(Outcome outcome) {
        return outcome.log().stream()
                .filter(Upcall.class::isInstance)
                .map(Upcall.class::cast)
                .toList();
    }

    private Outcome run(java.util.function.IntPredicate atSleep) throws ProbeException {
        guest.probe().execute(new Command.Settle());
        int[] sleeps = {0};
        Probe watching = guest.probe()
                .onto(
                        new AtSleep(domain, ignored -> atSleep.test(++sleeps[0])),
                        guest.probe().transcript());
        Outcome outcome = watching.run(code);
        guest.continueWith(watching.onto(domain, watching.transcript()));
        return outcome;
    }
}
