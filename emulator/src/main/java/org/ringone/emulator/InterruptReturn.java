package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.ESP;

import org.ringone.x86.Instruction;

/**
 * IRET: to the same level, an outer one, virtual-8086 mode, or with NT set to another task.
 */
final class InterruptReturn {
    /** What every level may change. */
    private static final int ALWAYS =
            StatusFlags.ALL | CpuState.TF | CpuState.DF | CpuState.NT | CpuState.RF | CpuState.AC | CpuState.ID;

    private InterruptReturn() {}

    static void bind(OperationTable t) {
        t.bind("IRET", InterruptReturn::iret);
    }

    private static void iret(Cpu cpu, MemoryPort m, Instruction i) {
        CpuState s = cpu.s;
        if (VirtualInterrupts.refuses(cpu, i.operandSize)) {
            return;
        }
        if (s.protectedMode() && !s.virtual8086() && (s.flags & CpuState.NT) != 0) {
            TaskSwitch.back(cpu);
            return;
        }
        Popped frame = new Popped(cpu, m, i.operandSize);
        int eip = frame.next();
        int selector = frame.next() & 0xFFFF;
        int image = frame.next();
        if (cpu.faulted()) {
            return;
        }
        if (cpu.segmentation().real()) {
            boolean virtual = VirtualInterrupts.below(s);
            if (cpu.canJump(eip) && (!virtual || VirtualInterrupts.takes(cpu, image))) {
                frame.commit();
                cpu.segmentation().setReal(CS, selector);
                s.eip = eip;
                if (virtual) {
                    VirtualInterrupts.take(cpu, image);
                    return;
                }
                flags(cpu, image, ALWAYS | CpuState.IF | (s.virtual8086() ? 0 : CpuState.IOPL), i.operandSize);
            }
            return;
        }
        if (s.cpl == 0 && i.operandSize == 4 && (image & CpuState.VM) != 0) {
            toVirtual8086(cpu, frame, eip, selector, image);
            return;
        }
        int level = s.cpl;
        if (Return.to(cpu, selector, eip, frame, 0)) {
            int changeable = ALWAYS
                    | (level <= s.iopl() ? CpuState.IF : 0)
                    | (level == 0 ? CpuState.IOPL | CpuState.VIF | CpuState.VIP : 0);
            flags(cpu, image, changeable, i.operandSize);
        }
    }

    private static void flags(Cpu cpu, int image, int changeable, int size) {
        int mask = size == 4 ? changeable : changeable & 0xFFFF; // all status flags among them
        cpu.s.eflags(cpu.s.flags & ~mask | image & mask);
        cpu.modeChanged();
    }

    private static void toVirtual8086(Cpu cpu, Popped frame, int eip, int selector, int image) {
        CpuState s = cpu.s;
        int esp = frame.next();
        int[] registers = {CpuState.SS, CpuState.ES, CpuState.DS, CpuState.FS, CpuState.GS};
        int[] selectors = new int[registers.length];
        for (int n = 0; n < registers.length; n++) {
            selectors[n] = frame.next() & 0xFFFF;
        }
        if (cpu.faulted()) {
            return;
        }
        if (Integer.compareUnsigned(eip, 0xFFFF) > 0) {
            cpu.fault(Vector.GP, 0);
            return;
        }
        s.eflags(image);
        cpu.segmentation().setReal(CS, selector);
        for (int n = 0; n < registers.length; n++) {
            cpu.segmentation().setReal(registers[n], selectors[n]);
        }
        s.eip = eip;
        s.r[ESP] = esp;
    }
}
