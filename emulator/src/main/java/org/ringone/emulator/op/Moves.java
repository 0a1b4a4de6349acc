package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDX;
import static org.ringone.emulator.op.Operands.address;
import static org.ringone.emulator.op.Operands.inMemory;
import static org.ringone.emulator.op.Operands.loadForWrite;
import static org.ringone.emulator.op.Operands.number;
import static org.ringone.emulator.op.Operands.read;
import static org.ringone.emulator.op.Operands.register;
import static org.ringone.emulator.op.Operands.store;
import static org.ringone.emulator.op.Operands.value;
import static org.ringone.emulator.op.Operands.width;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.x86.Instruction;

/** Moves and exchanges of general registers and memory. */
final class Moves {
    private Moves() {}

    static void bind(OperationTable t) {
        t.choose("MOV", Doubleword.MOV);
        t.choose("MOVZX", Doubleword.MOVZX);
        t.bind("MOVSX", Moves::movsx);
        t.choose("LEA", Doubleword.LEA);
        t.bind("XLAT", Moves::xlat);
        t.bind("CMOVCC", Moves::cmov);
        t.bind("SETCC", Moves::set);
        t.bind("XCHG", Moves::xchg);
        t.bind("XADD", Moves::xadd);
        t.bind("CMPXCHG", Moves::cmpxchg);
        t.bind("CMPXCHG8B", Moves::cmpxchg8b);
    }

    static void mov(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        if (inMemory(i, 0)) {
            store(m, i.segment, address(c.s, i), size, value(c.s, i, 1));
            return;
        }
        int value = read(c, m, i, 1);
        if (!c.faulted()) {
            register(c.s, number(i, 0), size, value);
        }
    }

    static void movzx(Cpu c, MemoryPort m, Instruction i) {
        int value = read(c, m, i, 1);
        if (!c.faulted()) {
            register(c.s, i.reg, i.operandSize, value);
        }
    }

    private static void movsx(Cpu c, MemoryPort m, Instruction i) {
        int value = read(c, m, i, 1);
        if (!c.faulted()) {
            register(c.s, i.reg, i.operandSize, width(i, 1) == 1 ? (byte) value : (short) value);
        }
    }

    static void lea(Cpu c, MemoryPort m, Instruction i) {
        register(c.s, i.reg, i.operandSize, address(c.s, i));
    }

    private static void xlat(Cpu c, MemoryPort m, Instruction i) {
        int offset = c.s.r[EBX] + (c.s.r[EAX] & 0xFF);
        int value = m.read8(i.segment, i.addressSize == 4 ? offset : offset & 0xFFFF);
        if (!c.faulted()) {
            register(c.s, EAX, 1, value);
        }
    }

    /** The source is read, and can fault, whether the condition holds or not. */
    private static void cmov(Cpu c, MemoryPort m, Instruction i) {
        int value = read(c, m, i, 1);
        if (!c.faulted() && StatusFlags.condition(c.s, i.opcode)) {
            register(c.s, i.reg, i.operandSize, value);
        }
    }

    private static void set(Cpu c, MemoryPort m, Instruction i) {
        int value = StatusFlags.condition(c.s, i.opcode) ? 1 : 0;
        if (i.memory()) {
            m.write8(i.segment, address(c.s, i), value);
        } else {
            register(c.s, i.rm, 1, value);
        }
    }

    private static void xchg(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int second = number(i, 1);
        int b = register(s, second, size);
        if (i.memory()) {
            int offset = address(s, i);
            int a = loadForWrite(m, i.segment, offset, size);
            if (!c.faulted()) {
                store(m, i.segment, offset, size, b);
                register(s, second, size, a);
            }
        } else {
            int first = number(i, 0);
            int a = register(s, first, size);
            register(s, second, size, a);
            register(s, first, size, b);
        }
    }

    private static void xadd(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int b = register(s, i.reg, size);
        if (i.memory()) {
            int offset = address(s, i);
            int a = loadForWrite(m, i.segment, offset, size);
            if (!c.faulted()) {
                store(m, i.segment, offset, size, Alu.add(s, a, b, size));
                register(s, i.reg, size, a);
            }
        } else {
            int a = register(s, i.rm, size);
            register(s, i.reg, size, a);
            register(s, i.rm, size, Alu.add(s, a, b, size));
        }
    }

    /** The destination is written in either case: with its old value when the comparison fails. */
    private static void cmpxchg(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int offset = address(s, i);
        int a = i.memory() ? loadForWrite(m, i.segment, offset, size) : register(s, i.rm, size);
        if (c.faulted()) {
            return;
        }
        Alu.sub(s, register(s, EAX, size), a, size);
        boolean equal = StatusFlags.zero(s);
        int value = equal ? register(s, i.reg, size) : a;
        if (i.memory()) {
            store(m, i.segment, offset, size, value);
        } else {
            register(s, i.rm, size, value);
        }
        if (!equal) {
            register(s, EAX, size, a);
        }
    }

    private static void cmpxchg8b(Cpu c, MemoryPort m, Instruction i) {
        int[] r = c.s.r;
        int offset = address(c.s, i);
        long a = m.readForWrite64(i.segment, offset);
        if (c.faulted()) {
            return;
        }
        boolean equal = a == ((long) r[EDX] << 32 | r[EAX] & 0xFFFF_FFFFL);
        m.write64(i.segment, offset, equal ? (long) r[ECX] << 32 | r[EBX] & 0xFFFF_FFFFL : a);
        StatusFlags.zero(c.s, equal);
        if (!equal) {
            r[EAX] = (int) a;
            r[EDX] = (int) (a >> 32);
        }
    }
}
