package org.ringone.emulator.op;

import org.ringone.emulator.CpuState;

/**
 * Addition, subtraction and logic at 8, 16 and 32 bits with their flags.
 *
 * <p>Operands come zero-extended or sign-extended (bits above the width are ignored), widths are in bytes (1, 2, 4). Each function
 * writes the status flags of {@code s} and returns the result sign-extended: storing it truncates. So callers probe the
 * destination before they call.
 */
final class Alu {
    /** CF and the carry into the sign bit, as {@link CpuState#flagAux} holds them. */
    private static final int TOP_BITS = 0xC000_0000;

    private Alu() {}

    static int add(CpuState s, int a, int b, int size) {
        int shift = 32 - (size << 3);
        int r = (a + b) << shift >> shift;
        s.flagResult = r;
        s.flagAux = carries((a & b) | ((a | b) & ~r), shift);
        return r;
    }

    static int adc(CpuState s, int a, int b, int size) {
        int shift = 32 - (size << 3);
        int r = (a + b + (s.flagAux >>> 31)) << shift >> shift;
        s.flagResult = r;
        s.flagAux = carries((a & b) | ((a | b) & ~r), shift);
        return r;
    }

    static int sub(CpuState s, int a, int b, int size) {
        int shift = 32 - (size << 3);
        int r = (a - b) << shift >> shift;
        s.flagResult = r;
        s.flagAux = carries((~a & b) | (~(a ^ b) & r), shift);
        return r;
    }

    static int sbb(CpuState s, int a, int b, int size) {
        int shift = 32 - (size << 3);
        int r = (a - b - (s.flagAux >>> 31)) << shift >> shift;
        s.flagResult = r;
        s.flagAux = carries((~a & b) | (~(a ^ b) & r), shift);
        return r;
    }

    /** Addition of 1 that leaves CF. */
    static int inc(CpuState s, int a, int size) {
        int before = s.flagAux;
        int r = add(s, a, 1, size);
        keepCarry(s, before);
        return r;
    }

    /** Subtraction of 1 that leaves CF. */
    static int dec(CpuState s, int a, int size) {
        int before = s.flagAux;
        int r = sub(s, a, 1, size);
        keepCarry(s, before);
        return r;
    }

    static int and(CpuState s, int a, int b, int size) {
        return logic(s, a & b, size);
    }

    static int or(CpuState s, int a, int b, int size) {
        return logic(s, a | b, size);
    }

    static int xor(CpuState s, int a, int b, int size) {
        return logic(s, a ^ b, size);
    }

    /** The flags of a logic result: CF, OF and (undefined in the manual, so on every processor) AF are 0. */
    static int logic(CpuState s, int value, int size) {
        int shift = 32 - (size << 3);
        int r = value << shift >> shift;
        s.flagResult = r;
        s.flagAux = 0;
        return r;
    }

    /** Moves a carry vector's top two bits to bits 31 and 30 and keeps bit 3. */
    private static int carries(int vector, int shift) {
        return (vector << shift & TOP_BITS) | (vector & 8);
    }

    /** Puts back CF of {@code before}; OF stays, so the bit beside it follows. */
    private static void keepCarry(CpuState s, int before) {
        s.flagAux ^= (s.flagAux ^ before) >> 31 & TOP_BITS;
    }
}
