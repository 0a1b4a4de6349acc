package org.ringone.emulator.op;

import static org.ringone.emulator.CpuState.AC;
import static org.ringone.emulator.CpuState.DF;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.ID;
import static org.ringone.emulator.CpuState.IF;
import static org.ringone.emulator.CpuState.IOPL;
import static org.ringone.emulator.CpuState.NT;
import static org.ringone.emulator.CpuState.RF;
import static org.ringone.emulator.CpuState.TF;
import static org.ringone.emulator.CpuState.VM;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.MemoryPort;
import org.ringone.emulator.OperationTable;
import org.ringone.emulator.StatusFlags;
import org.ringone.emulator.VirtualInterrupts;
import org.ringone.x86.Instruction;

/** PUSHF and POPF, with who may change what. In virtual-8086 mode both need IOPL 3, or CR4.VME and 16 bits. */
final class EflagsImages {
    private EflagsImages() {}

    static void bind(OperationTable t) {
        t.bind("PUSHF", EflagsImages::pushf);
        t.bind("POPF", EflagsImages::popf);
    }

    private static void pushf(Cpu c, MemoryPort m, Instruction i) {
        if (!VirtualInterrupts.refuses(c, i.operandSize)) {
            int image = VirtualInterrupts.below(c.s) ? VirtualInterrupts.image(c.s) : c.s.eflags() & ~(RF | VM);
            Stack.push(c, m, i.operandSize, image);
        }
    }

    private static void popf(Cpu c, MemoryPort m, Instruction i) {
        if (VirtualInterrupts.refuses(c, i.operandSize)) {
            return;
        }
        CpuState s = c.s;
        int image = Stack.peek(s, m, 0, i.operandSize);
        boolean virtual = VirtualInterrupts.below(s);
        if (c.faulted() || virtual && !VirtualInterrupts.takes(c, image)) {
            return;
        }
        s.r[ESP] = Stack.moved(s, i.operandSize);
        if (virtual) {
            VirtualInterrupts.take(c, image);
            return;
        }
        int before = s.eflags();
        int writable = writable(s, i.operandSize);
        s.eflags((image & writable | before & ~writable) & ~RF);
        c.modeChanged();
    }

    /** IOPL changes at CPL 0 only, IF at a CPL up to IOPL; VM, VIF and VIP never. */
    private static int writable(CpuState s, int size) {
        int writable = StatusFlags.ALL | TF | DF | NT | AC | ID;
        if (s.cpl() <= s.iopl()) {
            writable |= IF;
        }
        if (s.cpl() == 0) {
            writable |= IOPL;
        }
        return size == 2 ? writable & 0xFFFF : writable;
    }
}
