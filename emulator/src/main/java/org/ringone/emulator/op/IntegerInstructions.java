package org.ringone.emulator.op;

import org.ringone.emulator.OperationTable;

/** Binds the integer instruction families. */
public final class IntegerInstructions {
    private IntegerInstructions() {}

    public static void bind(OperationTable table) {}
}
