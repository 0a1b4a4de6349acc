package org.ringone.reference.memory;

import org.ringone.xen.Errno;

/** What a batch of updates tells its caller (PT-08, TLB-01). */
public class BatchRules {

    /**
     * The count that goes to done_out.
     *
     * @param before elements done before an interruption of the same batch
     * @param done elements done now, the refused one not among them
     */
    public int doneOut(int before, int done) {
        return before + done;
    }

    /** The result of an element: the era has one errno for all that is refused, conflicts of types and frames not owned. */
    public int outcome(UpdateKind kind, boolean accepted) {
        return accepted ? 0 : Errno.EINVAL.result();
    }

    /** The result of a command that does not exist. */
    public int unknown() {
        return Errno.ENOSYS.result();
    }

    /** PT-25: how many of the elements asked for are performed. */
    public int length(int asked) {
        return asked;
    }

    /** Whether a batch goes on behind an element with this result. */
    public boolean goesOn(int result) {
        return result == 0;
    }
}
