package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.DF;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.op.Operands.register;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.Operation;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.Vector;
import org.ringone.x86.Instruction;

/** Instructions on single flags, and those that do nothing at all. */
final class FlagInstructions {
    private static final int AH = 4;
    private static final int SAHF_FLAGS = StatusFlags.ALL & ~StatusFlags.OF;

    private FlagInstructions() {}

    static void bind(OperationTable t) {
        t.bind("CLC", (c, m, i) -> StatusFlags.carry(c.s, false));
        t.bind("STC", (c, m, i) -> StatusFlags.carry(c.s, true));
        t.bind("CMC", (c, m, i) -> StatusFlags.carry(c.s, !StatusFlags.carry(c.s)));
        t.bind("CLD", (c, m, i) -> c.s.flags &= ~DF);
        t.bind("STD", (c, m, i) -> c.s.flags |= DF);
        t.bind("LAHF", (c, m, i) -> register(c.s, AH, 1, StatusFlags.pack(c.s) & 0xFF | 2));
        t.bind("SAHF", FlagInstructions::sahf);
        t.bind("SALC", (c, m, i) -> register(c.s, EAX, 1, -StatusFlags.carryBit(c.s)));
        t.bind("UD2", (c, m, i) -> c.fault(Vector.UD, Vector.NO_ERROR_CODE));
        Operation nothing = (c, m, i) -> {};
        for (String mnemonic : new String[] {
            "NOP", "PAUSE", "PREFETCH", "PREFETCHW", "PREFETCHNTA", "PREFETCHT0", "PREFETCHT1", "PREFETCHT2"
        }) {
            t.bind(mnemonic, nothing);
        }
    }

    private static void sahf(Cpu c, MemoryPort m, Instruction i) {
        CpuState s = c.s;
        StatusFlags.unpack(s, StatusFlags.pack(s) & StatusFlags.OF | register(s, AH, 1) & SAHF_FLAGS);
    }
}
