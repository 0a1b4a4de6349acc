package org.ringone.emulator;

/** The floating-point unit's registers, in their 80-bit images. */
public final class Fpu {
    /** Significands of the physical registers 0 to 7. */
    final long[] significand = new long[8];
    /** Signs and exponents, 16 bits. */
    final short[] exponent = new short[8];

    int control = 0x37F;
    /** Without the top-of-stack field. */
    int status;

    int top;
    /** Full 16-bit tag word, by physical register. */
    int tags = 0xFFFF;

    int instructionPointer;
    int instructionSelector;
    int operandPointer;
    int operandSelector;
    int opcode;

    Fpu() {}

    void copyFrom(Fpu o) {
        System.arraycopy(o.significand, 0, significand, 0, 8);
        System.arraycopy(o.exponent, 0, exponent, 0, 8);
        control = o.control;
        status = o.status;
        top = o.top;
        tags = o.tags;
        instructionPointer = o.instructionPointer;
        instructionSelector = o.instructionSelector;
        operandPointer = o.operandPointer;
        operandSelector = o.operandSelector;
        opcode = o.opcode;
    }
}
