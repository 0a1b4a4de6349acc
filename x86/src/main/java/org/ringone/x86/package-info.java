/**
 * The 32-bit instruction set as one table, and what comes from it: decoder, disassembler and a text assembler.
 *
 * <p>The table is the text resource {@code instructions.txt}; {@link org.ringone.x86.InstructionTable} holds it.
 */
package org.ringone.x86;
