package org.ringone.guest;

/**
 * The processor and the event flags in the first instruction of a handler, before the handler changed anything.
 *
 * @param cs the code selector the handler runs with
 * @param ss its stack selector
 * @param eflags its flags as PUSHF shows them
 * @param mask the vcpu's evtchn_upcall_mask
 * @param pending the vcpu's evtchn_upcall_pending
 * @param pendingSelector the vcpu's evtchn_pending_sel
 * @param cr2 the vcpu's arch.cr2
 */
public record EntryState(int cs, int ss, int eflags, int mask, int pending, int pendingSelector, int cr2) {}
