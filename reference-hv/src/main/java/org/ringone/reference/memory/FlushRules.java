package org.ringone.reference.memory;

/** Which TLBs a flush reaches that a guest asked for (TLB-01 to TLB-03, PT-12). */
public class FlushRules {

    /**
     * TLB-03: the processors whose TLBs are flushed before the call returns.
     *
     * @param asked a bit for each processor of the domain's, all bits for all of them
     * @param self the processor that asks
     */
    public int reached(int asked, int self) {
        return asked;
    }

    /**
     * TLB-02: flushes what was asked for.
     *
     * @param vcpus the processors, from {@link #reached}
     */
    public void flushAll(Caller caller, int vcpus) {
        caller.flushTlb(vcpus);
    }

    /** TLB-02: flushes the translation of one page. */
    public void flushPage(Caller caller, int linear, int vcpus) {
        caller.flushPage(linear, vcpus);
    }
}
