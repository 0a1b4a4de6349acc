package org.ringone.emulator.differential;

import java.util.Random;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.RandomState;
import org.ringone.emulator.RowBytes;
import org.ringone.emulator.UserSpace;
import org.ringone.x86.Access;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Makes an instruction's memory operands lie among the data, by moves to the registers that address them. */
final class OperandAim {
    private final Random random;

    OperandAim(Random random) {
        this.random = random;
    }

    /** An address among the data, one time in three near the end of a page. */
    int address() {
        int a = random.nextInt(UserSpace.DATA_END - 0x40) + 0x10;
        return random.nextInt(3) == 0 ? Math.min(a | 0xFF0 | random.nextInt(16), UserSpace.DATA_END - 0x40) : a;
    }

    /** The same for an instruction: nearly always aligned when it must be. */
    private int address(Instruction i) {
        return RandomState.mustBeAligned(i) && random.nextInt(8) > 0 ? address() & -16 : address();
    }

    /** @return the piece, or null when the instruction cannot be aimed */
    Piece aimed(byte[] code, Instruction i) {
        Piece moves = Piece.of();
        switch (i.form.mnemonic()) {
            case "MASKMOVQ", "MASKMOVDQU" -> moves = move(moves, CpuState.EDI, address());
            case "XLAT" -> moves = move(moves, CpuState.EBX, address());
            case "DIV", "IDIV" -> moves = random.nextInt(4) > 0 ? move(moves, CpuState.EDX, random.nextInt(3)) : moves;
            case "CMPXCHG", "CMPXCHG8B" ->
                moves = random.nextBoolean() ? move(moves, CpuState.EAX, random.nextInt(2)) : moves;
            default -> {}
        }
        if (i.form.string()) {
            moves = move(move(moves, CpuState.ESI, address()), CpuState.EDI, address());
            moves = i.repeat == 0 ? moves : move(moves, CpuState.ECX, random.nextInt(20));
        }
        if (!i.memory() || i.memoryAccess() == Access.ADDRESS) {
            return moves.then(code);
        }
        if (i.addressSize == 2) {
            return moves.then(code);
        }
        boolean bits = i.form.mnemonic().startsWith("BT") && i.form.operand(1).kind() == Operand.Kind.REG;
        if (bits) {
            if (i.reg == i.base || i.reg == i.index || i.reg == CpuState.ESP) {
                return null;
            }
            moves = move(moves, i.reg, random.nextInt(0x400) - 0x200);
        }
        if (i.base < 0 && i.index < 0) {
            return moves.then(placed(code, i.displacement, address(i)));
        }
        if (i.index >= 0 && i.index != i.base) {
            moves = move(moves, i.index, random.nextInt(16));
        }
        if (i.base == CpuState.ESP) {
            return i.displacement == (byte) i.displacement ? moves.then(code) : null;
        }
        int target = address(i) - i.displacement;
        if (i.base >= 0 && i.base == i.index) {
            return move(moves, i.base, target / (1 + (1 << i.scale))).then(code);
        }
        if (i.base < 0) {
            return move(moves, i.index, target >>> i.scale).then(code);
        }
        return move(moves, i.base, target).then(code);
    }

    /** The code with another displacement of 32 bits. */
    static byte[] placed(byte[] code, int from, int to) {
        byte[] other = code.clone();
        for (int at = code.length - 4; at > 0; at--) {
            if (word(code, at) == from) {
                put(other, at, to);
                Instruction i = RowBytes.decode(other);
                if (i.displacement == to) {
                    return other;
                }
                put(other, at, from);
            }
        }
        throw new IllegalArgumentException("no displacement");
    }

    private static int word(byte[] b, int at) {
        return b[at] & 0xFF | (b[at + 1] & 0xFF) << 8 | (b[at + 2] & 0xFF) << 16 | b[at + 3] << 24;
    }

    private static void put(byte[] b, int at, int value) {
        for (int n = 0; n < 4; n++) {
            b[at + n] = (byte) (value >> 8 * n);
        }
    }

    /** MOV register, immediate. */
    static Piece move(Piece before, int register, int value) {
        byte[] code = {(byte) (0xB8 | register), 0, 0, 0, 0};
        put(code, 1, value);
        return before.then(code);
    }
}
