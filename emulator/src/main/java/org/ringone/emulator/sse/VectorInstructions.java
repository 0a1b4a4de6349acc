package org.ringone.emulator.sse;

import org.ringone.emulator.OperationTable;

/** Binds the instructions of MMX, SSE and SSE2 (prefetches excepted: a processor without SSE takes them for NOPs). */
public final class VectorInstructions {
    private VectorInstructions() {}

    public static void bind(OperationTable table) {
        VectorMoves.bind(table);
        VectorControl.bind(table);
        CacheControl.bind(table);
        PackedIntegers.bind(table);
        VectorShifts.bind(table);
        Shuffles.bind(table);
        FloatOperations.bind(table);
        FloatComparisons.bind(table);
        Conversions.bind(table);
    }
}
