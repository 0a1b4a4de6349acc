package org.ringone.emulator.op;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.InterruptKind;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.Vector;
import org.ringone.emulator.VirtualInterrupts;
import org.ringone.x86.Instruction;

/** Software interrupts and BOUND. */
final class Interrupts {
    private Interrupts() {}

    static void bind(OperationTable t) {
        t.bind("INT3", (c, m, i) -> c.interrupt(Vector.BP, InterruptKind.INT3));
        t.bind("INT1", (c, m, i) -> c.interrupt(Vector.DB, InterruptKind.ICEBP));
        t.bind("INT", Interrupts::interrupt);
        t.bind("INTO", Interrupts::into);
        t.bind("BOUND", Interrupts::bound);
    }

    /** In virtual-8086 mode it needs IOPL 3, or is redirected. */
    private static void interrupt(Cpu c, MemoryPort m, Instruction i) {
        int vector = i.immediate & 0xFF;
        if (!c.s.virtual8086() || !VirtualInterrupts.redirected(c, vector)) {
            c.interrupt(vector, InterruptKind.INT_N);
        }
    }

    private static void into(Cpu c, MemoryPort m, Instruction i) {
        if (StatusFlags.overflow(c.s)) {
            c.interrupt(Vector.OF, InterruptKind.INTO);
        }
    }

    /** Both bounds are signed and belong to the range. */
    private static void bound(Cpu c, MemoryPort m, Instruction i) {
        int size = i.operandSize;
        int offset = Operands.address(c.s, i);
        int upperOffset = offset + size;
        int low = Operands.load(m, i.segment, offset, size);
        if (c.faulted()) {
            return;
        }
        int high = Operands.load(m, i.segment, i.addressSize == 4 ? upperOffset : upperOffset & 0xFFFF, size);
        if (c.faulted()) {
            return;
        }
        int shift = 32 - (size << 3);
        int value = c.s.r[i.reg] << shift;
        if (value < low << shift || value > high << shift) {
            c.fault(Vector.BR, Vector.NO_ERROR_CODE);
        }
    }
}
