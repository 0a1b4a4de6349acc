package org.ringone.x86;

import java.util.Map;

/** A text assembler for the syntax of NASM (the subset that the package documents). */
public final class Assembler {
    private Assembler() {}

    /**
     * Assembles a source.
     *
     * @param source lines of assembly
     * @param symbols values known from outside
     * @param origin linear address of the first byte
     * @throws AssemblyException says the line, what is wrong, and how to mend it
     */
    public static Assembly assemble(String source, Map<String, Integer> symbols, int origin) throws AssemblyException {
        throw new AssemblyException(1, "not assembled: " + source.length() + symbols + origin, "");
    }
}
