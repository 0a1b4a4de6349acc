package org.ringone.reference;

/**
 * The trap gate that lets INT 0x80 go from user space straight to the guest kernel, without the hypervisor (TRAP-06).
 *
 * @param selector the handler's code selector
 * @param offset its entry point
 * @param dpl the least privileged ring that may use it
 */
record DirectGate(int selector, int offset, int dpl) {}
