package org.ringone.emulator.op;

import static org.ringone.emulator.op.Operands.address;
import static org.ringone.emulator.op.Operands.inMemory;
import static org.ringone.emulator.op.Operands.load;
import static org.ringone.emulator.op.Operands.loadForWrite;
import static org.ringone.emulator.op.Operands.read;
import static org.ringone.emulator.op.Operands.register;
import static org.ringone.emulator.op.Operands.store;
import static org.ringone.emulator.op.Operands.value;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/**
 * Bit tests and bit scans. Undefined flags: the tests leave all but CF; the scans set SF and PF by their source and clear CF, OF
 * and AF. A scan of 0 leaves its destination, as every processor of the family does.
 */
final class BitOperations {
    /** What becomes of the tested bit. */
    private interface Change {
        int apply(int value, int mask);
    }

    private BitOperations() {}

    static void bind(OperationTable t) {
        t.bind("BT", BitOperations::bt);
        t.bind("BTS", change((value, mask) -> value | mask));
        t.bind("BTR", change((value, mask) -> value & ~mask));
        t.bind("BTC", change((value, mask) -> value ^ mask));
        t.bind("BSF", (c, m, i) -> scan(c, m, i, true));
        t.bind("BSR", (c, m, i) -> scan(c, m, i, false));
        t.bind("BSWAP", BitOperations::bswap);
    }

    /** Where the operand is that holds the bit: a register as bit number reaches beyond the memory operand, both ways. */
    private static int bitAddress(CpuState s, Instruction i, int bit) {
        int offset = address(s, i);
        if (i.form.operand(1).kind() != Operand.Kind.REG) {
            return offset;
        }
        int operands = i.operandSize == 4 ? bit >> 5 << 2 : (short) bit >> 4 << 1;
        return i.addressSize == 4 ? offset + operands : offset + operands & 0xFFFF;
    }

    private static void bt(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        int size = i.operandSize;
        int bit = value(s, i, 1);
        int a = inMemory(i, 0) ? load(m, i.segment, bitAddress(s, i, bit), size) : register(s, i.rm, size);
        if (!c.faulted()) {
            StatusFlags.carry(s, (a >>> (bit & (size << 3) - 1) & 1) != 0);
        }
    }

    private static Operation change(Change f) {
        return (c, m, i) -> {
            CpuState s = c.s;
            int size = i.operandSize;
            int bit = value(s, i, 1);
            int mask = 1 << (bit & (size << 3) - 1);
            int a;
            if (inMemory(i, 0)) {
                int offset = bitAddress(s, i, bit);
                a = loadForWrite(m, i.segment, offset, size);
                if (c.faulted()) {
                    return;
                }
                store(m, i.segment, offset, size, f.apply(a, mask));
            } else {
                a = register(s, i.rm, size);
                register(s, i.rm, size, f.apply(a, mask));
            }
            StatusFlags.carry(s, (a & mask) != 0);
        };
    }

    private static void scan(Cpu c, MemoryPort m, Instruction i, boolean forward) {
        CpuState s = c.s;
        int size = i.operandSize;
        int a = read(c, m, i, 1);
        if (c.faulted()) {
            return;
        }
        Alu.logic(s, a, size);
        if (a != 0) {
            int found = forward ? Integer.numberOfTrailingZeros(a) : 31 - Integer.numberOfLeadingZeros(a);
            register(s, i.reg, size, found);
        }
    }

    /** Undefined for 16 bits, where processors give 0. */
    private static void bswap(Cpu c, MemoryPort m, Instruction i) {
        int n = i.opcode & 7;
        register(c.s, n, i.operandSize, i.operandSize == 4 ? Integer.reverseBytes(c.s.r[n]) : 0);
    }
}
