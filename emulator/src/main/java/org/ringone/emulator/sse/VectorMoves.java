package org.ringone.emulator.sse;

import org.ringone.emulator.Binder;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.fpu.FpuGate;
import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** Moves between vector registers, general registers and memory. */
final class VectorMoves {
    private static final long LOW = 0xFFFF_FFFFL;

    private VectorMoves() {}

    static void bind(OperationTable t) {
        for (String whole : new String[] {
            "MOVAPS", "MOVAPD", "MOVUPS", "MOVUPD", "MOVDQA", "MOVDQU", "MOVQ", "MOVD", "MOVNTPS", "MOVNTPD", "MOVNTQ",
            "MOVNTDQ", "MOVQ2DQ", "MOVDQ2Q"
        }) {
            t.choose(whole, move((v, i) -> {
                v.a0 = v.b0;
                v.a1 = v.b1;
                if (i.form.mnemonic().equals("MOVQ")) {
                    v.a1 = 0;
                }
            }));
        }
        t.choose("MOVSS", move((v, i) -> {
            v.a0 = i.memory() ? v.b0 & LOW : v.a0 & ~LOW | v.b0 & LOW;
            v.a1 = i.memory() ? 0 : v.a1;
        }));
        t.choose("MOVSD_SCALAR", move((v, i) -> {
            v.a0 = v.b0;
            v.a1 = i.memory() ? 0 : v.a1;
        }));
        t.choose("MOVLPS", move((v, i) -> v.a0 = v.b0));
        t.choose("MOVLPD", move((v, i) -> v.a0 = v.b0));
        t.choose("MOVHLPS", move((v, i) -> v.a0 = v.b1));
        t.choose("MOVLHPS", move((v, i) -> v.a1 = v.b0));
        t.choose("MOVHPS", high());
        t.choose("MOVHPD", high());
        t.choose("MASKMOVQ", VectorGate.gated(VectorMoves::masked));
        t.choose("MASKMOVDQU", VectorGate.gated(VectorMoves::masked));
    }

    private interface Move {
        void apply(Sse v, Instruction i);
    }

    /** To a register, with the move's effect on it; or to memory, as many bytes as the operand has. */
    private static Binder move(Move move) {
        return VectorGate.gated((cpu, m, i) -> {
            Sse v = cpu.sse();
            if (!VectorGate.source(cpu, m, i)) {
                return;
            }
            if (Operands.inMemory(i, 0)) {
                store(cpu, m, i, v);
                return;
            }
            VectorGate.destination(cpu, v, i);
            move.apply(v, i);
            VectorGate.give(cpu, v, i);
        });
    }

    private static Binder high() {
        return VectorGate.gated((cpu, m, i) -> {
            Sse v = cpu.sse();
            if (!VectorGate.source(cpu, m, i)) {
                return;
            }
            if (Operands.inMemory(i, 0)) {
                v.b0 = v.b1;
                store(cpu, m, i, v);
                return;
            }
            VectorGate.destination(cpu, v, i);
            v.a1 = v.b0;
            VectorGate.give(cpu, v, i);
        });
    }

    private static void store(Cpu cpu, MemoryPort m, Instruction i, Sse v) {
        int at = Operands.address(cpu.s, i);
        switch (i.form.operand(0).memoryWidth()) {
            case D -> m.write32(i.segment, at, (int) v.b0);
            case Q -> m.write64(i.segment, at, v.b0);
            default -> {
                if (VectorGate.aligned(cpu, i, at) && m.probeWrite(i.segment, at, 16)) {
                    m.write64(i.segment, at, v.b0);
                    m.write64(i.segment, FpuGate.offset(i, at, 8), v.b1);
                }
            }
        }
    }

    /** Stores the bytes whose sign in the mask (the second operand) is set, at (E)DI; with none, memory is not touched. */
    private static void masked(Cpu cpu, MemoryPort m, Instruction i) {
        Sse v = cpu.sse();
        VectorGate.source(cpu, m, i);
        VectorGate.destination(cpu, v, i);
        int size = i.form.mnemonic().equals("MASKMOVQ") ? 8 : 16;
        int at = i.addressSize == 4 ? cpu.s.r[7] : cpu.s.r[7] & 0xFFFF;
        long signs = (v.b0 | v.b1) & 0x8080_8080_8080_8080L;
        if (signs == 0 || !m.probeWrite(i.segment, at, size)) {
            return;
        }
        for (int n = 0; n < size; n++) {
            int shift = 8 * (n & 7);
            if (((n < 8 ? v.b0 : v.b1) >>> shift & 0x80) != 0) {
                m.write8(i.segment, FpuGate.offset(i, at, n), (int) ((n < 8 ? v.a0 : v.a1) >>> shift));
            }
        }
    }
}
