/**
 * The guest's side of the suite: the probe, a small paravirtual kernel written in assembly, and the client that talks to
 * it over the guest's console.
 *
 * <p>{@link org.ringone.guest.ProbeImage} builds the kernel image, {@link org.ringone.guest.Probe} serves commands:
 * read and write guest memory, make a hypercall, run machine code at ring 1 or 3 and say how it ended. Everything that
 * entered the guest kernel meanwhile (traps, event upcalls, failsafe callbacks) is in one log, in order.
 */
package org.ringone.guest;
