package org.ringone.x86;

import java.util.List;
import java.util.Map;

/**
 * What the assembler made of a source.
 *
 * @param origin linear address of the first byte
 * @param bytes the code and data; callers must not change it
 * @param symbols every label and {@code equ} of the source with its value; local labels as {@code parent.local}
 * @param listing a line for each source line that made bytes
 */
public record Assembly(int origin, byte[] bytes, Map<String, Integer> symbols, List<Line> listing) {
    /**
     * A listing line.
     *
     * @param number source line, from 1
     * @param address linear address of its first byte
     * @param length bytes it made
     * @param source the source text
     */
    public record Line(int number, int address, int length, String source) {}

    /** The value of a symbol that the source must have defined. */
    public int symbol(String name) {
        Integer value = symbols.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the source defines no symbol '" + name + "'");
        }
        return value;
    }
}
