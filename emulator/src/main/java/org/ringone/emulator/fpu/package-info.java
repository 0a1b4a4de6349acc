/**
 * The x87 floating-point unit: its state, arithmetic in the 80-bit format by integers only, and its instructions, a class per family.
 *
 * <p>An unmasked exception does not interrupt the instruction that meets it: it is noted in the status word, and the next waiting
 * instruction raises #MF (with CR0.NE clear, where a PC would raise an external interrupt, it is ignored).
 */
package org.ringone.emulator.fpu;
