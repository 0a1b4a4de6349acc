package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.op.Operands.read;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Near jumps, calls and returns. A target beyond the code segment's limit faults at the branch, with nothing changed. */
final class Branches {
    private Branches() {}

    static void bind(OperationTable t) {
        t.bind("JCC", Branches::jcc);
        t.bind("JMP", Branches::jmp);
        t.bind("CALL", Branches::call);
        t.bind("RET", Branches::ret);
        t.bind("LOOP", (c, m, i) -> loop(c, i, true));
        t.bind("LOOPE", (c, m, i) -> loop(c, i, StatusFlags.zero(c.s)));
        t.bind("LOOPNE", (c, m, i) -> loop(c, i, !StatusFlags.zero(c.s)));
        t.bind("JCXZ", Branches::jcxz);
    }

    /** A 16-bit operand size cuts the target to 16 bits. */
    private static int target(Instruction i, int offset) {
        return i.operandSize == 2 ? offset & 0xFFFF : offset;
    }

    private static void relative(Cpu c, Instruction i) {
        int target = target(i, c.s.eip + i.immediate);
        if (c.canJump(target)) {
            c.s.eip = target;
        }
    }

    private static void jcc(Cpu c, MemoryPort m, Instruction i) {
        if (StatusFlags.condition(c.s, i.opcode)) {
            relative(c, i);
        }
    }

    /** The target of JMP and CALL, relative or from the operand. Can fault. */
    private static int target(Cpu c, MemoryPort m, Instruction i) {
        return i.form.operand(0).kind() == Operand.Kind.RELATIVE
                ? target(i, c.s.eip + i.immediate)
                : target(i, read(c, m, i, 0));
    }

    private static void jmp(Cpu c, MemoryPort m, Instruction i) {
        int target = target(c, m, i);
        if (!c.faulted() && c.canJump(target)) {
            c.s.eip = target;
        }
    }

    private static void call(Cpu c, MemoryPort m, Instruction i) {
        int target = target(c, m, i);
        if (c.faulted() || !c.canJump(target)) {
            return;
        }
        Stack.push(c, m, i.operandSize, c.s.eip);
        if (!c.faulted()) {
            c.s.eip = target;
        }
    }

    private static void ret(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int target = Stack.peek(s, m, 0, i.operandSize);
        if (!c.faulted() && c.canJump(target)) {
            int drop = i.form.operands() == 0 ? 0 : i.immediate & 0xFFFF;
            s.r[ESP] = Stack.moved(s, i.operandSize + drop);
            s.eip = target;
        }
    }

    /** The address size says whether ECX or CX counts. */
    private static void loop(Cpu c, Instruction i, boolean condition) {
        CpuState s = c.s;
        int count = Operands.register(s, ECX, i.addressSize) - 1;
        if (condition && (i.addressSize == 4 ? count : count & 0xFFFF) != 0) {
            relative(c, i);
            if (c.faulted()) {
                return;
            }
        }
        Operands.register(s, ECX, i.addressSize, count);
    }

    private static void jcxz(Cpu c, MemoryPort m, Instruction i) {
        if (Operands.register(c.s, ECX, i.addressSize) == 0) {
            relative(c, i);
        }
    }
}
