package org.ringone.emulator.op;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Reads and writes operands as an instruction's row names them. Widths are in bytes; values of 8 and 16 bits are zero-extended. */
public final class Operands {
    private Operands() {}

    /** A general register: of one byte AL CL DL BL AH CH DH BH. */
    public static int register(CpuState s, int n, int size) {
        return switch (size) {
            case 4 -> s.r[n];
            case 2 -> s.r[n] & 0xFFFF;
            default -> s.r[n & 3] >>> ((n & 4) << 1) & 0xFF;
        };
    }

    /** Writes the low bits of a value; the rest of the 32-bit register stays. */
    public static void register(CpuState s, int n, int size, int value) {
        switch (size) {
            case 4 -> s.r[n] = value;
            case 2 -> s.r[n] = s.r[n] & 0xFFFF_0000 | value & 0xFFFF;
            default -> {
                int shift = (n & 4) << 1;
                s.r[n & 3] = s.r[n & 3] & ~(0xFF << shift) | (value & 0xFF) << shift;
            }
        }
    }

    /** The offset of the memory operand in its segment. */
    public static int address(CpuState s, Instruction i) {
        int offset = i.displacement;
        if (i.base >= 0) {
            offset += s.r[i.base];
        }
        if (i.index >= 0) {
            offset += s.r[i.index] << i.scale;
        }
        return i.addressSize == 4 ? offset : offset & 0xFFFF;
    }

    public static int load(MemoryPort m, int segment, int offset, int size) {
        return switch (size) {
            case 4 -> m.read32(segment, offset);
            case 2 -> m.read16(segment, offset);
            default -> m.read8(segment, offset);
        };
    }

    /** See {@link MemoryPort#readForWrite32}. */
    public static int loadForWrite(MemoryPort m, int segment, int offset, int size) {
        return switch (size) {
            case 4 -> m.readForWrite32(segment, offset);
            case 2 -> m.readForWrite16(segment, offset);
            default -> m.readForWrite8(segment, offset);
        };
    }

    public static void store(MemoryPort m, int segment, int offset, int size, int value) {
        switch (size) {
            case 4 -> m.write32(segment, offset, value);
            case 2 -> m.write16(segment, offset, value);
            default -> m.write8(segment, offset, value);
        }
    }

    /** Whether operand {@code k} of this very instruction is in memory. */
    public static boolean inMemory(Instruction i, int k) {
        return i.memory() && i.form.memoryOperand() == k;
    }

    /** Bytes of operand {@code k}. */
    public static int width(Instruction i, int k) {
        return i.form.operand(k).width().bytes(i.operandSize);
    }

    /** The number of the register that operand {@code k} is. */
    public static int number(Instruction i, int k) {
        Operand operand = i.form.operand(k);
        return switch (operand.kind()) {
            case RM, RM_REGISTER -> i.rm;
            case REG -> i.reg;
            case OPCODE -> i.opcode & 7;
            case FIXED -> operand.number();
            default -> throw new IllegalArgumentException(operand + " of " + i.form + " is no register");
        };
    }

    /** Operand {@code k}: a general register, immediate (sign-extended) or constant; not memory. */
    public static int value(CpuState s, Instruction i, int k) {
        Operand operand = i.form.operand(k);
        return switch (operand.kind()) {
            case IMMEDIATE, SIGNED_IMMEDIATE -> i.immediate;
            case CONSTANT -> operand.number();
            default -> register(s, number(i, k), operand.width().bytes(i.operandSize));
        };
    }

    /** Operand {@code k}, wherever it is. Can fault, and then gives 0. */
    public static int read(Cpu c, MemoryPort m, Instruction i, int k) {
        return inMemory(i, k) ? load(m, i.segment, address(c.s, i), width(i, k)) : value(c.s, i, k);
    }
}
