package org.ringone.emulator.op;

import org.ringone.emulator.CpuState;

/** A computation with two operands: writes the status flags of the state and returns the result, of which the low bits count. */
@FunctionalInterface
interface Compute {
    /** @param size bytes, 1, 2 or 4 */
    int apply(CpuState s, int a, int b, int size);
}
