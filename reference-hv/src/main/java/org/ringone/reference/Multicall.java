package org.ringone.reference;

import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;
import org.ringone.xen.MulticallEntry;

/** multicall: several hypercalls for one entry into the hypervisor (MC-01 to MC-06). */
public class Multicall {

    private static final int ENTRY_COST = 60;

    /**
     * Performs the entries in order. A failing one does not stop the later ones (MC-02); a bad pointer does, and what was done
     * stays done (MC-04). The batch may be interrupted between two entries and goes on when the guest runs again (MC-06).
     */
    public int perform(Vcpu v, int list, int count) {
        if (v.inMulticall) {
            return nested();
        }
        if (!v.parts().guestCopy.arrayInGuestRange(list, count, MulticallEntry.SIZE)) {
            return Errno.EFAULT.result();
        }
        v.inMulticall = true;
        int result = performAll(v, list, count);
        v.inMulticall = false;
        return result;
    }

    private int performAll(Vcpu v, int list, int count) {
        int[] entry = v.multicallEntry;
        int at = list;
        for (int left = count; left != 0; left--, at += MulticallEntry.SIZE) {
            if (interrupted(v)) {
                int rest = rest(left);
                return interrupt(v, at + (left - rest) * MulticallEntry.SIZE, rest);
            }
            entering(v);
            if (!load(v, at, entry)) {
                return Errno.EFAULT.result();
            }
            v.charge(ENTRY_COST);
            v.multicallPreempted = false;
            int result = v.machine()
                    .hypercalls
                    .call(v, entry[0], entry[2], entry[3], entry[4], entry[5], entry[6], entry[7]);
            if (!v.parts().guestCopy.write32(v, at + MulticallEntry.RESULT, result)) {
                return Errno.EFAULT.result();
            }
            if (v.multicallPreempted) {
                storeArguments(v, at);
                return interrupt(v, at, left);
            }
            if (!v.domain.running() || !goesOn(result)) {
                return 0;
            }
        }
        return 0;
    }

    /** MC-03: what a multicall within a multicall gives. */
    protected int nested() {
        return Errno.EINVAL.result();
    }

    /** MC-02: whether the batch goes on behind an entry with that result: always. */
    protected boolean goesOn(int result) {
        return true;
    }

    /** Whether the batch has to make way. */
    protected boolean interrupted(Vcpu v) {
        return v.machine().preempts(v);
    }

    /** MC-06: how many entries are left to be performed after an interruption, of so many that have not been performed. */
    protected int rest(int left) {
        return left;
    }

    /** MC-05: an entry costs no entry into the hypervisor of its own. */
    protected void entering(Vcpu v) {
        // The batch has entered once for all of them.
    }

    private static int interrupt(Vcpu v, int at, int left) {
        v.inMulticall = false;
        return v.machine().hypercalls.continueLater(v, Hypercall.MULTICALL.number(), at, left);
    }

    private static boolean load(Vcpu v, int at, int[] entry) {
        for (int i = 0; i < entry.length; i++) {
            long word = v.parts().guestCopy.read32(v, at + 4 * i);
            if (word == GuestCopy.FAULT) {
                return false;
            }
            entry[i] = (int) word;
        }
        return true;
    }

    /** An entry that was itself interrupted goes on with other arguments. */
    private static void storeArguments(Vcpu v, int at) {
        for (int i = 0; i < 6; i++) {
            v.parts().guestCopy.write32(v, at + MulticallEntry.ARGS + 4 * i, v.multicallEntry[2 + i]);
        }
    }
}
