package org.ringone.emulator;

import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDI;
import static org.ringone.emulator.CpuState.EDX;
import static org.ringone.emulator.CpuState.ES;
import static org.ringone.emulator.CpuState.ESI;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Port I/O with its permission checks, and the interrupt flag, which the same privilege level governs. */
final class PortInstructions {
    private static final int PORTS = 0xFFFF;
    /** Where a 32-bit TSS holds the offset of its I/O permission bitmap. */
    private static final int BITMAP_OFFSET = 0x66;

    private PortInstructions() {}

    static void bind(OperationTable t) {
        t.bind("IN", PortInstructions::in);
        t.bind("OUT", PortInstructions::out);
        t.bind("INS", PortInstructions::ins);
        t.bind("OUTS", PortInstructions::outs);
        t.bind("CLI", PortInstructions::cli);
        t.bind("STI", PortInstructions::sti);
    }

    private static int port(Cpu cpu, Instruction i, int operand) {
        Operand o = i.form.operand(operand);
        boolean immediate = o.kind() == Operand.Kind.IMMEDIATE;
        return immediate ? i.immediate & 0xFF : cpu.s.r[EDX] & PORTS;
    }

    private static void in(Cpu cpu, MemoryPort m, Instruction i) {
        int port = port(cpu, i, 1);
        if (permitted(cpu, port, i.operandSize)) {
            int value = cpu.config.ports().in(cpu, port, i.operandSize);
            Operands.register(cpu.s, EAX, i.operandSize, value);
            watch(cpu, port, i.operandSize);
        }
    }

    private static void out(Cpu cpu, MemoryPort m, Instruction i) {
        int port = port(cpu, i, 0);
        if (permitted(cpu, port, i.operandSize)) {
            cpu.config.ports().out(cpu, port, i.operandSize, Operands.register(cpu.s, EAX, i.operandSize));
            watch(cpu, port, i.operandSize);
        }
    }

    private static void ins(Cpu cpu, MemoryPort m, Instruction i) {
        repeat(cpu, m, i, EDI, PortInstructions::insElement);
    }

    private static void outs(Cpu cpu, MemoryPort m, Instruction i) {
        repeat(cpu, m, i, ESI, PortInstructions::outsElement);
    }

    /** The port's value goes away when it is read, so the destination is probed first. */
    private static void insElement(Cpu cpu, MemoryPort m, Instruction i, int offset) {
        int port = cpu.s.r[EDX] & PORTS;
        if (m.probeWrite(ES, offset, i.operandSize)) {
            Operands.store(m, ES, offset, i.operandSize, cpu.config.ports().in(cpu, port, i.operandSize));
            watch(cpu, port, i.operandSize);
        }
    }

    private static void outsElement(Cpu cpu, MemoryPort m, Instruction i, int offset) {
        int port = cpu.s.r[EDX] & PORTS;
        int value = Operands.load(m, i.segment, offset, i.operandSize);
        if (!cpu.faulted()) {
            cpu.config.ports().out(cpu, port, i.operandSize, value);
            watch(cpu, port, i.operandSize);
        }
    }

    private interface Element {
        void move(Cpu cpu, MemoryPort m, Instruction i, int offset);
    }

    private static void repeat(Cpu cpu, MemoryPort m, Instruction i, int pointer, Element element) {
        CpuState s = cpu.s;
        if (!permitted(cpu, s.r[EDX] & PORTS, i.operandSize)) {
            return;
        }
        int mask = i.addressSize == 4 ? -1 : 0xFFFF;
        int step = (s.flags & CpuState.DF) != 0 ? -i.operandSize : i.operandSize;
        for (int n = cpu.repeatLimit(); ; n--) {
            if (i.repeat != 0 && (s.r[ECX] & mask) == 0) {
                return;
            }
            if (n == 0) {
                cpu.again(i);
                return;
            }
            element.move(cpu, m, i, s.r[pointer] & mask);
            if (cpu.faulted()) {
                return;
            }
            s.r[pointer] = s.r[pointer] & ~mask | s.r[pointer] + step & mask;
            if (i.repeat == 0) {
                return;
            }
            s.r[ECX] = s.r[ECX] & ~mask | s.r[ECX] - 1 & mask;
        }
    }

    /** An I/O breakpoint traps after the instruction. */
    private static void watch(Cpu cpu, int port, int size) {
        if (DebugRegisters.watchesPorts(cpu.s)) {
            cpu.debugTrap(DebugRegisters.atPort(cpu.s, port, size));
        }
    }

    /** Whether the ports may be used: by privilege level, or by the bitmap of a 32-bit TSS. If not, #GP(0). */
    private static boolean permitted(Cpu cpu, int port, int size) {
        CpuState s = cpu.s;
        if (!s.protectedMode() || !s.virtual8086() && s.cpl <= s.iopl()) {
            return true;
        }
        int rights = s.rights[CpuState.TR];
        int limit = s.limit[CpuState.TR];
        int at = s.base[CpuState.TR];
        boolean wide = (Descriptor.type(rights) | 2) == Descriptor.TSS32_BUSY;
        if (wide && Descriptor.within(0, limit, BITMAP_OFFSET, 2)) {
            int bits = (int) cpu.port.readSystem(at + BITMAP_OFFSET, 2) + (port >> 3);
            if (!cpu.faulted() && Descriptor.within(0, limit, bits, 2)) {
                int denied = (int) cpu.port.readSystem(at + bits, 2) >> (port & 7) & (1 << size) - 1;
                if (cpu.faulted() || denied == 0) {
                    return !cpu.faulted();
                }
            }
        }
        cpu.fault(Vector.GP, 0);
        return false;
    }

    /** Virtual-8086 mode runs at level 3. */
    private static boolean mayChangeInterrupts(CpuState s) {
        return s.cpl <= s.iopl();
    }

    private static void cli(Cpu cpu, MemoryPort m, Instruction i) {
        if (mayChangeInterrupts(cpu.s)) {
            cpu.s.flags &= ~CpuState.IF;
        } else {
            VirtualInterrupts.change(cpu, false);
        }
    }

    private static void sti(Cpu cpu, MemoryPort m, Instruction i) {
        if (!mayChangeInterrupts(cpu.s)) {
            VirtualInterrupts.change(cpu, true);
            return;
        }
        if ((cpu.s.flags & CpuState.IF) == 0) {
            cpu.holdInterrupts(false);
        }
        cpu.s.flags |= CpuState.IF;
    }
}
