package org.ringone.emulator.sse;

import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.Vector;
import org.ringone.emulator.op.Operands;

/** EMMS, and loads and stores of MXCSR. */
final class VectorControl {
    private VectorControl() {}

    static void bind(OperationTable t) {
        t.choose("EMMS", i -> {
            Operation operation = VectorGate.gated((cpu, m, x) -> {}).bind(i);
            return (cpu, m, x) -> {
                operation.execute(cpu, m, x);
                if (!cpu.faulted()) {
                    cpu.fpu().emptyAll();
                }
            };
        });
        t.choose("LDMXCSR", VectorGate.gated((cpu, m, i) -> {
            int value = m.read32(i.segment, Operands.address(cpu.s, i));
            if (cpu.faulted()) {
                return;
            }
            if ((value & ~Sse.MXCSR_MASK) != 0) {
                cpu.fault(Vector.GP, 0);
            } else {
                cpu.sse().mxcsr(value);
            }
        }));
        t.choose("STMXCSR", VectorGate.gated((cpu, m, i) -> {
            int address = Operands.address(cpu.s, i);
            m.write32(i.segment, address, cpu.sse().mxcsr());
        }));
    }
}
