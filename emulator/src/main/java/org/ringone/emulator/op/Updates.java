package org.ringone.emulator.op;

import static org.ringone.emulator.op.Operands.address;
import static org.ringone.emulator.op.Operands.inMemory;
import static org.ringone.emulator.op.Operands.load;
import static org.ringone.emulator.op.Operands.loadForWrite;
import static org.ringone.emulator.op.Operands.number;
import static org.ringone.emulator.op.Operands.read;
import static org.ringone.emulator.op.Operands.store;
import static org.ringone.emulator.op.Operands.value;

import org.ringone.emulator.Binder;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.x86.Instruction;

/** The ways in which a computation meets its operands, for every width and operand form. */
final class Updates {
    private Updates() {}

    /** First operand := f(first, second). */
    static Binder binary(Compute f) {
        return i -> inMemory(i, 0)
                ? (c, m, x) -> memory(c, m, x, f, value(c.s, x, 1))
                : inMemory(i, 1)
                        ? (c, m, x) -> registerByMemory(c, m, x, f)
                        : (c, m, x) -> register(c, x, f, value(c.s, x, 1));
    }

    /** First operand := f(first, 0). */
    static Binder unary(Compute f) {
        return i -> inMemory(i, 0) ? (c, m, x) -> memory(c, m, x, f, 0) : (c, m, x) -> register(c, x, f, 0);
    }

    /** f(first, second) for its flags. */
    static Binder compare(Compute f) {
        return i -> (c, m, x) -> {
            int a = read(c, m, x, 0);
            int b = read(c, m, x, 1);
            if (!c.faulted()) {
                f.apply(c.s, a, b, x.operandSize);
            }
        };
    }

    private static void memory(Cpu c, MemoryPort m, Instruction i, Compute f, int b) {
        int size = i.operandSize;
        int offset = address(c.s, i);
        int a = loadForWrite(m, i.segment, offset, size);
        if (!c.faulted()) {
            store(m, i.segment, offset, size, f.apply(c.s, a, b, size));
        }
    }

    private static void registerByMemory(Cpu c, MemoryPort m, Instruction i, Compute f) {
        int size = i.operandSize;
        int b = load(m, i.segment, address(c.s, i), size);
        if (!c.faulted()) {
            register(c, i, f, b);
        }
    }

    private static void register(Cpu c, Instruction i, Compute f, int b) {
        int size = i.operandSize;
        int n = number(i, 0);
        Operands.register(c.s, n, size, f.apply(c.s, Operands.register(c.s, n, size), b, size));
    }
}
