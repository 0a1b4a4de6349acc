package org.ringone.reference.memory;

/** The bookkeeping of one {@code mmu_update} or {@code mmuext_op}: its length, its interruption and its done_out (PT-08). */
final class Batch {

    /** In the count: this goes on with a batch that was interrupted. */
    private static final int CONTINUED = 1 << 31;

    private final Caller caller;
    private final GuestArguments arguments;
    private final BatchRules rules;
    private final int doneOut;
    private final int count;
    private final int before;

    Batch(Caller caller, GuestArguments arguments, BatchRules rules, int count, int doneOut) {
        this.caller = caller;
        this.arguments = arguments;
        this.rules = rules;
        this.doneOut = doneOut;
        this.count = rules.length(count & ~CONTINUED);
        this.before = count < 0 && doneOut != 0 && arguments.fetch(caller, doneOut, 4) ? arguments.intAt(0) : 0;
    }

    int count() {
        return count;
    }

    /** MC-06: leaves the rest for later. What the hypercall's entry is to return. */
    int interrupted(int hypercall, int rest, int done, int foreignDomain) {
        return caller.continuation(hypercall, rest, count - done | CONTINUED, doneOut, foreignDomain);
    }

    void report(int done) {
        if (doneOut != 0) {
            arguments.setInt(0, rules.doneOut(before, done));
            arguments.store(caller, doneOut, 0, 4); // where it cannot be stored nobody is told, as in the era
        }
    }
}
