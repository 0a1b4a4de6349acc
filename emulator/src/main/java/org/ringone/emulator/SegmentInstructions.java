package org.ringone.emulator;

import static org.ringone.emulator.CpuState.SS;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** Loads and stores of segment registers, and the instructions that look at descriptors without loading them. */
final class SegmentInstructions {
    private SegmentInstructions() {}

    static void bind(OperationTable t) {
        t.bind("MOV_TO_SEGMENT", SegmentInstructions::toSegment);
        t.bind("MOV_FROM_SEGMENT", (cpu, m, i) -> store(cpu, m, i, cpu.s.selector[i.reg]));
        t.bind("POP_SEGMENT", SegmentInstructions::pop);
        t.bind("LES", (cpu, m, i) -> pointer(cpu, m, i, CpuState.ES));
        t.bind("LSS", (cpu, m, i) -> pointer(cpu, m, i, CpuState.SS));
        t.bind("LDS", (cpu, m, i) -> pointer(cpu, m, i, CpuState.DS));
        t.bind("LFS", (cpu, m, i) -> pointer(cpu, m, i, CpuState.FS));
        t.bind("LGS", (cpu, m, i) -> pointer(cpu, m, i, CpuState.GS));
        t.bind("LAR", SegmentInstructions::lar);
        t.bind("LSL", SegmentInstructions::lsl);
        t.bind("VERR", (cpu, m, i) -> verify(cpu, m, i, false));
        t.bind("VERW", (cpu, m, i) -> verify(cpu, m, i, true));
        t.bind("ARPL", SegmentInstructions::arpl);
        t.bind("SLDT", (cpu, m, i) -> store(cpu, m, i, cpu.s.selector[CpuState.LDTR]));
        t.bind("STR", (cpu, m, i) -> store(cpu, m, i, cpu.s.selector[CpuState.TR]));
        t.bind("LLDT", (cpu, m, i) -> {
            int selector = selector(cpu, m, i);
            if (!cpu.faulted()) {
                cpu.segmentation().loadLdt(selector);
            }
        });
        t.bind("LTR", (cpu, m, i) -> {
            int selector = selector(cpu, m, i);
            if (!cpu.faulted()) {
                cpu.segmentation().loadTask(selector);
            }
        });
    }

    /** The 16-bit register or memory operand. */
    private static int selector(Cpu cpu, MemoryPort m, Instruction i) {
        return i.memory() ? m.read16(i.segment, Operands.address(cpu.s, i)) : cpu.s.r[i.rm] & 0xFFFF;
    }

    /** To memory 16 bits; to a register its operand size, zero-extended. */
    static void store(Cpu cpu, MemoryPort m, Instruction i, int value) {
        if (i.memory()) {
            m.write16(i.segment, Operands.address(cpu.s, i), value);
        } else {
            Operands.register(cpu.s, i.rm, i.operandSize, value);
        }
    }

    private static void toSegment(Cpu cpu, MemoryPort m, Instruction i) {
        int selector = selector(cpu, m, i);
        if (!cpu.faulted() && cpu.segmentation().load(i.reg, selector) && i.reg == SS) {
            cpu.holdInterrupts(true);
        }
    }

    private static void pop(Cpu cpu, MemoryPort m, Instruction i) {
        int register = i.form.operand(0).number();
        Popped popped = new Popped(cpu, m, 2);
        int selector = popped.next();
        popped.skip(i.operandSize - 2);
        if (cpu.faulted() || !cpu.segmentation().load(register, selector)) {
            return;
        }
        if (register == SS) { // the pointer's width is that of the stack it was popped from
            cpu.holdInterrupts(true);
        }
        popped.commit();
    }

    private static void pointer(Cpu cpu, MemoryPort m, Instruction i, int register) {
        int at = Operands.address(cpu.s, i);
        int selectorAt = i.addressSize == 4 ? at + i.operandSize : at + i.operandSize & 0xFFFF;
        int offset = i.operandSize == 4 ? m.read32(i.segment, at) : m.read16(i.segment, at);
        int selector = m.read16(i.segment, selectorAt);
        if (!cpu.faulted() && cpu.segmentation().load(register, selector)) {
            Operands.register(cpu.s, i.reg, i.operandSize, offset);
        }
    }

    /** The descriptor that LAR, LSL, VERR and VERW may see, or 0 for none; ask {@link Cpu#faulted}. */
    private static long visible(Cpu cpu, int selector, boolean systemToo) {
        Segmentation segments = cpu.segmentation();
        if (Segmentation.isNull(selector) || !segments.exists(selector)) {
            return 0;
        }
        long descriptor = segments.fetch(selector, Vector.GP);
        int rights = Descriptor.rights(descriptor);
        boolean open = Descriptor.code(rights) && Descriptor.conforming(rights);
        boolean allowed = open || Descriptor.dpl(rights) >= Math.max(cpu.s.cpl, selector & 3);
        return allowed && (systemToo || (rights & Descriptor.SEGMENT) != 0) ? descriptor : 0;
    }

    private static void lar(Cpu cpu, MemoryPort m, Instruction i) {
        int selector = selector(cpu, m, i);
        if (cpu.faulted()) {
            return;
        }
        long descriptor = visible(cpu, selector, true);
        if (cpu.faulted()) {
            return;
        }
        boolean valid =
                switch (Descriptor.type(Descriptor.rights(descriptor))) {
                    case 0, 8, 10, 13, Descriptor.INTERRUPT_GATE16, Descriptor.TRAP_GATE16, 14, 15 -> false;
                    default -> true;
                };
        if (valid) {
            int upper = (int) (descriptor >>> 32);
            Operands.register(cpu.s, i.reg, i.operandSize, upper & (i.operandSize == 4 ? 0xF0_FF00 : 0xFF00));
        }
        StatusFlags.zero(cpu.s, valid);
    }

    private static void lsl(Cpu cpu, MemoryPort m, Instruction i) {
        int selector = selector(cpu, m, i);
        if (cpu.faulted()) {
            return;
        }
        long descriptor = visible(cpu, selector, true);
        if (cpu.faulted()) {
            return;
        }
        int rights = Descriptor.rights(descriptor);
        boolean valid = (rights & Descriptor.SEGMENT) != 0
                || switch (Descriptor.type(rights)) {
                    case Descriptor.TSS16,
                            Descriptor.LDT,
                            Descriptor.TSS16_BUSY,
                            Descriptor.TSS32,
                            Descriptor.TSS32_BUSY -> true;
                    default -> false;
                };
        if (valid) {
            Operands.register(cpu.s, i.reg, i.operandSize, Descriptor.limit(descriptor));
        }
        StatusFlags.zero(cpu.s, valid);
    }

    private static void verify(Cpu cpu, MemoryPort m, Instruction i, boolean write) {
        int selector = selector(cpu, m, i);
        if (cpu.faulted()) {
            return;
        }
        long descriptor = visible(cpu, selector, false);
        if (cpu.faulted()) {
            return;
        }
        int rights = Descriptor.rights(descriptor) | Descriptor.PRESENT; // whether it is present does not matter
        StatusFlags.zero(cpu.s, descriptor != 0 && (write ? Descriptor.writable(rights) : Descriptor.readable(rights)));
    }

    private static void arpl(Cpu cpu, MemoryPort m, Instruction i) {
        int at = i.memory() ? Operands.address(cpu.s, i) : 0;
        int selector = i.memory() ? m.readForWrite16(i.segment, at) : cpu.s.r[i.rm] & 0xFFFF;
        if (cpu.faulted()) {
            return;
        }
        int rpl = cpu.s.r[i.reg] & 3;
        boolean raise = (selector & 3) < rpl;
        if (raise) {
            int value = selector & ~3 | rpl;
            if (i.memory()) {
                m.write16(i.segment, at, value);
            } else {
                Operands.register(cpu.s, i.rm, 2, value);
            }
        }
        StatusFlags.zero(cpu.s, raise);
    }
}
