package org.ringone.properties.events;

/**
 * How things stand at one moment of a trial.
 *
 * @param what the moment
 * @param value the result of the operation that is done; of an upcall, the mask on its frame
 * @param mask evtchn_upcall_mask
 * @param upcallPending evtchn_upcall_pending
 * @param selector evtchn_pending_sel
 * @param pending a bit for each channel of the trial that is pending
 * @param masked a bit for each that is masked
 */
record EventRecord(What what, int value, int mask, int upcallPending, int selector, int pending, int masked) {

    /** Moments that are written down. The order is that of the guest's own numbers. */
    enum What {
        NOTHING,
        DONE,
        UPCALL,
        IN_UPCALL
    }

    @Override
    public String toString() {
        return String.format(
                "%s %d: mask %d, upcall_pending %d, selector %x, pending %02x, masked %02x",
                what, value, mask, upcallPending, selector, pending, masked);
    }
}
