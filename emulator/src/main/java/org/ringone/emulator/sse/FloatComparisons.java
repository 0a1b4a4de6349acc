package org.ringone.emulator.sse;

import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.sse.VectorArithmetic.Format;

/** Comparisons with a mask or flags for a result. */
final class FloatComparisons {
    private static final int UNORDERED = 2;

    private FloatComparisons() {}

    static void bind(OperationTable t) {
        FloatOperations.all(t, "CMP", (x, a, b, format, i) -> {
            int predicate = i.immediate & 7;
            int kind = predicate & 3;
            int order = x.compare(a, b, kind == 0 || kind == 3, format);
            boolean holds =
                    switch (kind) {
                        case 0 -> order == 0;
                        case 1 -> order == -1;
                        case 2 -> order == -1 || order == 0;
                        default -> order == UNORDERED;
                    };
            return holds != (predicate >= 4) ? -1 : 0;
        });
        flags(t, "UCOMISS", Format.SINGLE, true);
        flags(t, "UCOMISD", Format.DOUBLE, true);
        flags(t, "COMISS", Format.SINGLE, false);
        flags(t, "COMISD", Format.DOUBLE, false);
    }

    private static void flags(OperationTable t, String name, Format format, boolean quiet) {
        t.choose(name, VectorGate.binary((cpu, v, i) -> {
            VectorArithmetic x = v.arithmetic;
            x.begin();
            int order = x.compare(v.a0, v.b0, quiet, format);
            if (x.end(cpu)) {
                StatusFlags.unpack(
                        cpu.s,
                        switch (order) {
                            case -1 -> StatusFlags.CF;
                            case 0 -> StatusFlags.ZF;
                            case 1 -> 0;
                            default -> StatusFlags.ZF | StatusFlags.PF | StatusFlags.CF;
                        });
            }
            return false;
        }));
    }
}
