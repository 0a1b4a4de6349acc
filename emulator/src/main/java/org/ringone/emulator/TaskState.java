package org.ringone.emulator;

import static org.ringone.emulator.CpuState.LDTR;

/**
 * A task state segment in memory, of 32 or 16 bits: where it keeps what (SDM volume 3, chapter 8, figures "32-Bit Task-State Segment"
 * and "16-Bit TSS Format"). Both have EIP, EFLAGS, the general registers, the segment registers and LDTR in a row.
 */
final class TaskState {
    private static final int CR3_AT = 0x1C;
    private static final int TRAP_AT = 0x64;

    private final Cpu cpu;
    private final int base;
    private final boolean wide;
    private final int item;
    /** Offset of EIP, the first of the row. */
    private final int row;

    private final int segments;
    private final int[] read = new int[17];
    private int cr3;
    private boolean traps;

    TaskState(Cpu cpu, int base, boolean wide) {
        this.cpu = cpu;
        this.base = base;
        this.wide = wide;
        this.item = wide ? 4 : 2;
        this.row = wide ? 0x20 : 0x0E;
        this.segments = wide ? 6 : 4;
    }

    int base() {
        return base;
    }

    boolean wide() {
        return wide;
    }

    /** Offset of the last byte that a processor uses: the least limit of a TSS. */
    int last() {
        return wide ? 0x67 : 0x2B;
    }

    /** Offset of the last byte that a switch away writes. */
    int lastSaved() {
        return row + (10 + segments) * item - 1;
    }

    /** Whether all that {@link #save} writes can be written; if not, the MMU has the fault. */
    boolean probeSaved() {
        return cpu.mmu().probe(base + row, lastSaved() - row + 1, Mmu.WRITE, false);
    }

    /** Whether all that {@link #read} reads can be read. */
    boolean probe() {
        return cpu.mmu().probe(base, last() + 1, Mmu.READ, false);
    }

    /** Saves the processor's state, EFLAGS without some; what the TSS only tells (CR3, LDTR, inner stacks) stays. */
    void save(int clearedFlags) {
        CpuState s = cpu.s;
        put(0, s.eip, item);
        put(1, s.eflags() & ~clearedFlags, item);
        for (int n = 0; n < 8; n++) {
            put(2 + n, s.r[n], item);
        }
        for (int n = 0; n < segments; n++) {
            put(10 + n, s.selector[n], 2);
        }
    }

    private void put(int index, int value, int size) {
        cpu.port.writeSystem(base + row + index * item, size, value);
    }

    /** Reads everything. */
    void read() {
        for (int n = 0; n < 11 + segments; n++) {
            read[n] = (int) cpu.port.readSystem(base + row + n * item, item);
        }
        if (wide) {
            cr3 = (int) cpu.port.readSystem(base + CR3_AT, 4);
            traps = (cpu.port.readSystem(base + TRAP_AT, 1) & 1) != 0;
        }
    }

    int eip() {
        return read[0];
    }

    int flags() {
        return read[1];
    }

    /** Fills in the general registers; a 16-bit TSS has their lower halves, the upper ones stay. */
    void general(int[] r) {
        for (int n = 0; n < 8; n++) {
            r[n] = wide ? read[2 + n] : r[n] & 0xFFFF_0000 | read[2 + n];
        }
    }

    /** The selector of a segment register or LDTR; a 16-bit TSS has none for FS and GS: they become null. */
    int selector(int register) {
        if (register == LDTR) {
            return read[10 + segments] & 0xFFFF;
        }
        return register < segments ? read[10 + register] & 0xFFFF : 0;
    }

    /** Of a TSS of 32 bits. */
    int cr3() {
        return cr3;
    }

    /** Whether its T bit asks for a debug trap when the task begins. */
    boolean traps() {
        return traps;
    }
}
