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

    /** The result of an element that was refused: the era has one errno for all type conflicts and frames not owned. */
    public int refused() {
        return Errno.EINVAL.result();
    }

    /** The result of a command that does not exist. */
    public int unknown() {
        return Errno.ENOSYS.result();
    }

    /** Whether a batch goes on behind an element with this result. */
    public boolean goesOn(int result) {
        return result == 0;
    }
}
