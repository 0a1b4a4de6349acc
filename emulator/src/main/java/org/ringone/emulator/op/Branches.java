package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.op.Operands.read;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Near jumps, calls and returns. A target beyond the code segment's limit faults at the branch, with nothing changed. */
final class Branches {
    private Branches() {}

    static void bind(OperationTable t) {
        t.choose("JCC", i -> i.operandSize == 4 ? jcc(i.opcode & 15, i.immediate) : Branches::jcc);
        t.choose("JMP", Branches::jumping);
        t.choose("CALL", Branches::calling);
        t.choose("RET", i -> i.operandSize == 4 && i.form.operands() == 0 ? Branches::ret32 : Branches::ret);
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

    /** A piece of code of its own for each condition: measured. */
    private static Operation jcc(int condition, int distance) {
        return switch (condition) {
            case 0 -> (c, m, i) -> jump(c, StatusFlags.overflow(c.s), distance);
            case 1 -> (c, m, i) -> jump(c, !StatusFlags.overflow(c.s), distance);
            case 2 -> (c, m, i) -> jump(c, StatusFlags.carry(c.s), distance);
            case 3 -> (c, m, i) -> jump(c, !StatusFlags.carry(c.s), distance);
            case 4 -> (c, m, i) -> jump(c, StatusFlags.zero(c.s), distance);
            case 5 -> (c, m, i) -> jump(c, !StatusFlags.zero(c.s), distance);
            case 6 -> (c, m, i) -> jump(c, StatusFlags.carry(c.s) || StatusFlags.zero(c.s), distance);
            case 7 -> (c, m, i) -> jump(c, !StatusFlags.carry(c.s) && !StatusFlags.zero(c.s), distance);
            case 8 -> (c, m, i) -> jump(c, StatusFlags.sign(c.s), distance);
            case 9 -> (c, m, i) -> jump(c, !StatusFlags.sign(c.s), distance);
            case 10 -> (c, m, i) -> jump(c, StatusFlags.parity(c.s), distance);
            case 11 -> (c, m, i) -> jump(c, !StatusFlags.parity(c.s), distance);
            case 12 -> (c, m, i) -> jump(c, StatusFlags.less(c.s), distance);
            case 13 -> (c, m, i) -> jump(c, !StatusFlags.less(c.s), distance);
            case 14 -> (c, m, i) -> jump(c, StatusFlags.zero(c.s) || StatusFlags.less(c.s), distance);
            default -> (c, m, i) -> jump(c, !StatusFlags.zero(c.s) && !StatusFlags.less(c.s), distance);
        };
    }

    private static void jump(Cpu c, boolean condition, int distance) {
        if (condition) {
            int target = c.s.eip + distance;
            if (c.canJump(target)) {
                c.s.eip = target;
            }
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

    /** Whether it is a relative jump or call with a 32-bit operand size. */
    private static boolean quick(Instruction i) {
        return i.operandSize == 4 && i.form.operand(0).kind() == Operand.Kind.RELATIVE;
    }

    private static Operation jumping(Instruction i) {
        if (quick(i)) {
            int distance = i.immediate;
            return (c, m, x) -> jump(c, true, distance);
        }
        if (!Doubleword.fits(i)) {
            return Branches::jmp;
        }
        if (i.memory()) {
            Effective a = Effective.of(i);
            return (c, m, x) -> jump(c, m.read32(a.segment(), a.offset(c.s.r)));
        }
        int from = i.rm;
        return (c, m, x) -> jump(c, c.s.r[from]);
    }

    /** Goes to an offset that was read, if the read did not fault. */
    private static void jump(Cpu c, int target) {
        if (!c.faulted() && c.canJump(target)) {
            c.s.eip = target;
        }
    }

    private static Operation calling(Instruction i) {
        if (quick(i)) {
            int distance = i.immediate;
            return (c, m, x) -> call(c, m, c.s.eip + distance);
        }
        if (!Doubleword.fits(i)) {
            return Branches::call;
        }
        if (i.memory()) {
            Effective a = Effective.of(i);
            return (c, m, x) -> call(c, m, m.read32(a.segment(), a.offset(c.s.r)));
        }
        int from = i.rm;
        return (c, m, x) -> call(c, m, c.s.r[from]);
    }

    /** Calls an offset that was read, if the read did not fault. */
    private static void call(Cpu c, MemoryPort m, int target) {
        if (!c.faulted() && c.canJump(target)) {
            Stack.push32(c, m, c.s.eip);
            if (!c.faulted()) {
                c.s.eip = target;
            }
        }
    }

    private static void ret32(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int target = Stack.peek(s, m, 0, 4);
        if (!c.faulted() && c.canJump(target)) {
            s.r[ESP] = Stack.moved(s, 4);
            s.eip = target;
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
