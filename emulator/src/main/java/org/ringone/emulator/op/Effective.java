package org.ringone.emulator.op;

import org.ringone.x86.Instruction;

/**
 * How a memory operand is addressed with 32-bit addresses. A record, captured by the operation it belongs to: so the JIT compiler can
 * take its parts for constants where it knows the operation.
 *
 * @param segment number of the segment register
 * @param base number of the base register, or -1
 * @param index number of the index register, or -1
 * @param scale shift of the index, 0 to 3
 */
record Effective(int segment, int base, int index, int scale, int displacement) {
    static Effective of(Instruction i) {
        return new Effective(i.segment, i.base, i.index, i.scale, i.displacement);
    }

    /** The offset in the segment. */
    int offset(int[] r) {
        int offset = displacement;
        if (base >= 0) {
            offset += r[base];
        }
        if (index >= 0) {
            offset += r[index] << scale;
        }
        return offset;
    }
}
