package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.EBP;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;
import static org.ringone.emulator.op.Operands.address;
import static org.ringone.emulator.op.Operands.inMemory;
import static org.ringone.emulator.op.Operands.load;
import static org.ringone.emulator.op.Operands.number;
import static org.ringone.emulator.op.Operands.read;
import static org.ringone.emulator.op.Operands.register;
import static org.ringone.emulator.op.Operands.store;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.Descriptor;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/**
 * Stack instructions. The stack segment's size says whether ESP or SP is the pointer (and EBP or BP the frame pointer), the operand
 * size how much is moved: the four combinations all exist.
 */
public final class Stack {
    private Stack() {}

    static void bind(OperationTable t) {
        t.choose("PUSH", Stack::pushing);
        t.bind("PUSH_SEGMENT", Stack::pushSegment);
        t.choose("POP", Stack::popping);
        t.bind("PUSHA", Stack::pusha);
        t.bind("POPA", Stack::popa);
        t.bind("ENTER", Stack::enter);
        t.bind("LEAVE", Stack::leave);
    }

    /** All ones as wide as the stack pointer. */
    public static int mask(CpuState s) {
        return (s.rights(SS) & Descriptor.BIG) != 0 ? -1 : 0xFFFF;
    }

    /** ESP moved by so many bytes; with a 16-bit stack the upper half stays. */
    public static int moved(CpuState s, int bytes) {
        int mask = mask(s);
        int esp = s.r[ESP];
        return esp & ~mask | esp + bytes & mask;
    }

    /** Pushes one value; on a fault nothing has changed. */
    public static void push(Cpu c, MemoryPort m, int size, int value) {
        CpuState s = c.s;
        int esp = moved(s, -size);
        store(m, SS, esp & mask(s), size, value);
        if (!c.faulted()) {
            s.r[ESP] = esp;
        }
    }

    /** The value {@code bytes} above the top of the stack, which stays. Can fault. */
    public static int peek(CpuState s, MemoryPort m, int bytes, int size) {
        return load(m, SS, s.r[ESP] + bytes & mask(s), size);
    }

    /** Pushes a doubleword: the quick way of a 32-bit stack. */
    static void push32(Cpu c, MemoryPort m, int value) {
        CpuState s = c.s;
        if ((s.rights(SS) & Descriptor.BIG) == 0) {
            push(c, m, 4, value);
            return;
        }
        int esp = s.r[ESP] - 4;
        m.write32(SS, esp, value);
        if (!c.faulted()) {
            s.r[ESP] = esp;
        }
    }

    private static Operation pushing(Instruction i) {
        if (i.operandSize != 4 || i.memory()) {
            return Stack::push;
        }
        if (i.form.operand(0).bank() == Operand.Bank.GENERAL) {
            int n = number(i, 0);
            return (c, m, x) -> push32(c, m, c.s.r[n]);
        }
        return (c, m, x) -> push32(c, m, x.immediate);
    }

    private static Operation popping(Instruction i) {
        if (i.operandSize != 4 || i.memory()) {
            return Stack::pop;
        }
        int n = number(i, 0);
        return (c, m, x) -> {
            CpuState s = c.s;
            int value = peek(s, m, 0, 4);
            if (!c.faulted()) {
                s.r[ESP] = moved(s, 4);
                s.r[n] = value;
            }
        };
    }

    private static void push(Cpu c, MemoryPort m, Instruction i) {
        int value = read(c, m, i, 0);
        if (!c.faulted()) {
            push(c, m, i.operandSize, value);
        }
    }

    /** A 32-bit push writes the selector zero-extended. */
    private static void pushSegment(Cpu c, MemoryPort m, Instruction i) {
        push(c, m, i.operandSize, c.s.selector(i.form.operand(0).number()));
    }

    /** The address of a memory destination is computed with the stack pointer already moved. */
    private static void pop(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int value = peek(s, m, 0, size);
        if (c.faulted()) {
            return;
        }
        int before = s.r[ESP];
        s.r[ESP] = moved(s, size);
        if (inMemory(i, 0)) {
            store(m, i.segment, address(s, i), size, value);
            if (c.faulted()) {
                s.r[ESP] = before;
            }
        } else {
            register(s, number(i, 0), size, value);
        }
    }

    private static void pusha(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int mask = mask(s);
        int esp = s.r[ESP];
        for (int n = 1; n <= 8; n++) {
            if (!m.probeWrite(SS, esp - n * size & mask, size)) {
                return;
            }
        }
        for (int n = 1; n <= 8; n++) {
            store(m, SS, esp - n * size & mask, size, s.r[n - 1]);
        }
        s.r[ESP] = moved(s, -8 * size);
    }

    /** The stored stack pointer is skipped, not even read. */
    private static void popa(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        for (int n = 7; n >= 0; n--) {
            if (n != ESP && !m.probeRead(SS, s.r[ESP] + (7 - n) * size & mask(s), size)) {
                return;
            }
        }
        for (int n = 7; n >= 0; n--) {
            if (n != ESP) {
                register(s, n, size, peek(s, m, (7 - n) * size, size));
            }
        }
        s.r[ESP] = moved(s, 8 * size);
    }

    /**
     * Everything is probed first: the pushes, the frame pointers that are copied, and a write at the final stack pointer, which
     * must be possible too.
     */
    private static void enter(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int mask = mask(s);
        int level = i.immediate2 & 31;
        int allocated = i.immediate & 0xFFFF;
        int esp = s.r[ESP];
        int ebp = s.r[EBP];
        int pushes = level == 0 ? 1 : level + 1;
        for (int n = 1; n <= pushes; n++) {
            if (!m.probeWrite(SS, esp - n * size & mask, size)) {
                return;
            }
        }
        for (int n = 1; n < level; n++) {
            if (!m.probeRead(SS, ebp - n * size & mask, size)) {
                return;
            }
        }
        int top = -pushes * size - allocated;
        if (!m.probeWrite(SS, esp + top & mask, size)) {
            return;
        }
        store(m, SS, esp - size & mask, size, ebp);
        for (int n = 1; n < level; n++) {
            int value = load(m, SS, ebp - n * size & mask, size);
            store(m, SS, esp - (n + 1) * size & mask, size, value);
        }
        int frame = moved(s, -size);
        if (level > 0) {
            store(m, SS, esp - pushes * size & mask, size, frame);
        }
        s.r[ESP] = moved(s, top);
        register(s, EBP, size, frame);
    }

    private static void leave(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int mask = mask(s);
        int value = load(m, SS, s.r[EBP] & mask, i.operandSize);
        if (!c.faulted()) {
            s.r[ESP] = s.r[ESP] & ~mask | s.r[EBP] + i.operandSize & mask;
            register(s, EBP, i.operandSize, value);
        }
    }
}
