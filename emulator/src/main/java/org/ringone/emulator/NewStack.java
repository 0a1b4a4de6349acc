package org.ringone.emulator;

import static org.ringone.emulator.PhysicalMemory.FRAME_SIZE;
import static org.ringone.emulator.PhysicalMemory.INT16;
import static org.ringone.emulator.PhysicalMemory.INT32;
import static org.ringone.emulator.PhysicalMemory.OFFSET;

/**
 * A stack that is not (yet) the processor's: frames are first probed as a whole, then pushed, so that a fault changes nothing.
 */
final class NewStack {
    private final Cpu cpu;
    private final int base;
    private final int limit;
    private final int rights;
    private final boolean user;
    /** The selector to report when the stack is too small; 0 for the current stack. */
    private final int error;

    private final int mask;
    private int pointer;
    /** Where the lowest item that was probed goes when the whole frame lies in one page; else negative: then each push translates. */
    private long room = -1;

    private int lowest;
    private byte[] page;

    /** A stack by descriptor, used at a privilege level. */
    NewStack(Cpu cpu, int selector, long descriptor, int pointer, int level) {
        this(
                cpu,
                Descriptor.base(descriptor),
                Descriptor.limit(descriptor),
                Descriptor.rights(descriptor),
                pointer,
                level == 3,
                selector);
    }

    private NewStack(Cpu cpu, int base, int limit, int rights, int pointer, boolean user, int error) {
        this.cpu = cpu;
        this.base = base;
        this.limit = limit;
        this.rights = rights;
        this.pointer = pointer;
        this.user = user;
        this.error = error & Segmentation.ERROR_MASK;
        this.mask = (rights & Descriptor.BIG) != 0 ? -1 : 0xFFFF;
    }

    /** The processor's current stack, used at a privilege level that may be an inner one (conforming code keeps its own). */
    static NewStack current(Cpu cpu) {
        CpuState s = cpu.s;
        return new NewStack(
                cpu,
                s.base[CpuState.SS],
                s.limit[CpuState.SS],
                s.rights[CpuState.SS],
                s.r[CpuState.ESP],
                s.cpl == 3,
                0);
    }

    /** The stack pointer, the upper half kept when the stack is a 16-bit one. */
    int pointer() {
        return pointer;
    }

    /** Whether that many items can be pushed; if not, the fault has been recorded. */
    boolean probe(int items, int size) {
        int length = items * size;
        lowest = pointer - length & mask;
        int linear = base + lowest;
        if (Descriptor.allows(rights, limit, lowest, length, true)
                && (lowest + length - 1 & ~mask) == 0
                && (linear & OFFSET) <= FRAME_SIZE - length) {
            room = cpu.mmu().translate(linear, Mmu.WRITE, user);
            return room >= 0 || probeEach(items, size);
        }
        room = -1;
        return probeEach(items, size);
    }

    /** Item by item, in the order of the pushes: finds which of them faults. */
    private boolean probeEach(int items, int size) {
        for (int n = 1; n <= items; n++) {
            int offset = pointer - n * size & mask;
            if (!Descriptor.allows(rights, limit, offset, size, true)) {
                cpu.fault(Vector.SS, error);
                return false;
            }
            if (!cpu.mmu().probe(base + offset, size, Mmu.WRITE, user)) {
                cpu.pageFault();
                return false;
            }
        }
        return true;
    }

    /** Pushes an item that has been probed. */
    void push(int value, int size) {
        int offset = pointer - size & mask;
        pointer = pointer & ~mask | offset;
        if (room < 0) {
            cpu.port.write(base + offset, size, value, user);
            return;
        }
        if (page == null) { // the first push tells of all bytes that will be written
            page = cpu.memory.toWrite(cpu.memory.slot(room >> 12), (int) room & OFFSET, offset + size - lowest);
        }
        if (page != null) {
            int at = ((int) room & OFFSET) + offset - lowest;
            if (size == 4) {
                INT32.set(page, at, value);
            } else {
                INT16.set(page, at, (short) value);
            }
        }
    }
}
