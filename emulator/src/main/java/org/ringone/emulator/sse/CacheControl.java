package org.ringone.emulator.sse;

import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.Vector;
import org.ringone.emulator.op.Operands;

/**
 * Instructions that came with SSE and SSE2 for caches and the order of memory, and use no vector register: neither CR0 nor CR4
 * governs them.
 */
final class CacheControl {
    private CacheControl() {}

    static void bind(OperationTable t) {
        Operation nothing = (cpu, m, i) -> {};
        t.bind("SFENCE", offered(nothing));
        t.bind("LFENCE", offered(nothing));
        t.bind("MFENCE", offered(nothing));
        t.bind("MOVNTI", offered((cpu, m, i) -> m.write32(i.segment, Operands.address(cpu.s, i), cpu.s.r[i.reg])));
        // faults as a load of a byte does
        t.bind("CLFLUSH", offered((cpu, m, i) -> m.probeRead(i.segment, Operands.address(cpu.s, i), 1)));
    }

    private static Operation offered(Operation operation) {
        return (cpu, m, i) -> {
            if (cpu.sse().has(i.form.extension())) {
                operation.execute(cpu, m, i);
            } else {
                cpu.fault(Vector.UD);
            }
        };
    }
}
