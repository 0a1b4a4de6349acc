package org.ringone.emulator.op;

import org.ringone.emulator.OperationTable;

/** Binds the integer instruction families. */
public final class IntegerInstructions {
    private IntegerInstructions() {}

    public static void bind(OperationTable table) {
        Arithmetic.bind(table);
        BitOperations.bind(table);
        Moves.bind(table);
        Stack.bind(table);
        EflagsImages.bind(table);
        Branches.bind(table);
        Strings.bind(table);
        FlagInstructions.bind(table);
        Interrupts.bind(table);
    }
}
