package org.ringone.suite.world;

import org.ringone.guest.Failsafe;
import org.ringone.guest.Outcome;
import org.ringone.guest.Trap;
import org.ringone.xen.Errno;

/** What came of the last thing the guest did. */
public sealed interface Answer {

    /**
     * A hypercall returned.
     *
     * @param result EAX
     * @param done what it stored in done_out; -1 when it has none
     */
    record Returned(int result, int done) implements Answer {
        @Override
        public String toString() {
            Errno errno = Errno.ofResult(result);
            String text = errno == null ? "it returned " + result : "it returned -" + errno;
            return done < 0 ? text : text + " with " + done + " done";
        }
    }

    /** A piece of code ran, or a hypercall ended in another way than by returning. */
    record Ran(Outcome outcome) implements Answer {
        @Override
        public String toString() {
            if (outcome instanceof Outcome.Completed) {
                return "the code ran to its end";
            }
            if (outcome instanceof Outcome.Trapped trapped) {
                return describe(trapped.trap());
            }
            if (outcome instanceof Outcome.FailedSafe failed) {
                return describe(failed.failsafe());
            }
            if (outcome instanceof Outcome.Interrupted interrupted) {
                return String.format(
                        "an event upcall at eip %08x",
                        interrupted.upcall().frame().eip());
            }
            if (outcome instanceof Outcome.DomainEnded ended) {
                return ended.exit().describe();
            }
            return "the guest went silent";
        }
    }

    /** A trap in words. */
    static String describe(Trap trap) {
        String error =
                trap.error().isPresent() ? String.format("(%x)", trap.error().getAsInt()) : "";
        String address = trap.vector() == Vectors.PAGE_FAULT ? String.format(", CR2 %08x", trap.cr2()) : "";
        return String.format(
                "%s%s at %04x:%08x%s",
                Vectors.name(trap.vector()), error, trap.frame().cs(), trap.eip(), address);
    }

    /** A failsafe callback in words. */
    static String describe(Failsafe failsafe) {
        return String.format(
                "the failsafe callback with ds %04x es %04x fs %04x gs %04x, eip %08x cs %04x",
                failsafe.ds(),
                failsafe.es(),
                failsafe.fs(),
                failsafe.gs(),
                failsafe.frame().eip(),
                failsafe.frame().cs());
    }
}
