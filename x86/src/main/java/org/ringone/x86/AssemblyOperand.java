package org.ringone.x86;

/** An operand as written in the source. */
sealed interface AssemblyOperand {
    record Register(Registers.Register register) implements AssemblyOperand {}

    /**
     * An immediate or a branch target.
     *
     * @param size bytes by a size keyword, or 0
     * @param strict whether the size keyword holds for the encoding too
     * @param distance short, near, or empty
     */
    record Immediate(Expression value, int size, boolean strict, String distance) implements AssemblyOperand {}

    /** A far pointer, selector:offset; {@code size} by a keyword, or 0. */
    record Far(Expression selector, Expression offset, int size) implements AssemblyOperand {}

    /**
     * Memory.
     *
     * @param size bytes by a size keyword, or 0
     * @param far whether the keyword far stood there
     * @param segment register of an override, or -1
     * @param base register, or -1
     * @param index register, or -1
     * @param scale the index register's shift
     * @param registerBytes width of base and index; 0 without registers
     * @param displacement what is added to the registers, or null
     * @param displacementSize bytes by a size keyword in the brackets, or 0
     */
    record Memory(
            int size,
            boolean far,
            int segment,
            int base,
            int index,
            int scale,
            int registerBytes,
            Expression displacement,
            int displacementSize)
            implements AssemblyOperand {}
}
