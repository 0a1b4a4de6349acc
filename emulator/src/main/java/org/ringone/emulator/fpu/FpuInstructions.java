package org.ringone.emulator.fpu;

import org.ringone.emulator.OperationTable;

/** Binds the instructions of the unit. */
public final class FpuInstructions {
    private FpuInstructions() {}

    public static void bind(OperationTable table) {
        FpuControl.bind(table);
        FpuImages.bind(table);
        ExtendedState.bind(table);
        FpuLoads.bind(table);
        FpuStores.bind(table);
        FpuRegisters.bind(table);
        FpuOperations.bind(table);
        FpuComparisons.bind(table);
        FpuFunctions.bind(table);
    }
}
