package org.ringone.x86;

/** Instructions to text that the {@link Assembler} takes back. */
public final class Disassembler {
    private Disassembler() {}

    /** The text of an instruction at a linear address (which decides where relative branches lead). */
    public static String text(Instruction instruction, int address) {
        return instruction.form.name() + address;
    }
}
