package org.ringone.cli.audit;

/**
 * Where and when a guest broke a rule for the first time.
 *
 * @param what what it did, as a sentence about the guest
 * @param vcpu its vcpu's name
 * @param eip the address of the instruction
 * @param instruction that instruction as assembly; {@code ??} when it could not be read
 * @param caller where the code of the hypercall page was called from; 0 when it was no hypercall
 * @param time nanoseconds of virtual time since power-on
 * @param retired instructions that the machine had retired before
 */
public record Occurrence(String what, String vcpu, int eip, String instruction, int caller, long time, long retired) {}
