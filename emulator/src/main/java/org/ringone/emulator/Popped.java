package org.ringone.emulator;

import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

/** Items popped from the current stack, the stack pointer itself left alone until {@link #commit}. */
final class Popped {
    private final CpuState s;
    private final MemoryPort memory;
    private final int size;
    private final int mask;
    private int pointer;

    Popped(Cpu cpu, MemoryPort memory, int size) {
        this.s = cpu.s;
        this.memory = memory;
        this.size = size;
        this.mask = s.stack32() ? -1 : 0xFFFF;
        this.pointer = s.r[ESP];
    }

    /** The next item; 0 when it faults. */
    int next() {
        int at = pointer & mask;
        skip(size);
        return size == 4 ? memory.read32(SS, at) : memory.read16(SS, at);
    }

    void skip(int bytes) {
        pointer = pointer & ~mask | pointer + bytes & mask;
    }

    void commit() {
        s.r[ESP] = pointer;
    }
}
