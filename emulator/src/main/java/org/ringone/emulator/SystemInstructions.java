package org.ringone.emulator;

import static org.ringone.emulator.CpuState.CS;
import static org.ringone.emulator.CpuState.EAX;
import static org.ringone.emulator.CpuState.EBX;
import static org.ringone.emulator.CpuState.ECX;
import static org.ringone.emulator.CpuState.EDX;
import static org.ringone.emulator.CpuState.ESP;
import static org.ringone.emulator.CpuState.SS;

import org.ringone.emulator.op.Operands;
import org.ringone.x86.Instruction;

/** Control registers, descriptor-table registers, model specific registers, identification, fast system calls. */
final class SystemInstructions {
    private static final int FLAT_CODE =
            Descriptor.GRANULAR | Descriptor.BIG | Descriptor.PRESENT | Descriptor.SEGMENT | 0xB;
    private static final int FLAT_DATA =
            Descriptor.GRANULAR | Descriptor.BIG | Descriptor.PRESENT | Descriptor.SEGMENT | 0x3;
    private static final int DPL3 = 3 << 5;
    /** A performance counter number above is refused. */
    private static final int COUNTERS = 2;

    private SystemInstructions() {}

    static void bind(OperationTable t) {
        t.bind("MOV_FROM_CR", (cpu, m, i) -> cpu.s.r[i.rm] = control(cpu.s, i.reg));
        t.bind("MOV_TO_CR", SystemInstructions::toControl);
        t.bind("CLTS", (cpu, m, i) -> cpu.control().cr0(cpu.s.cr0 & ~CpuState.CR0_TS));
        t.bind("LMSW", SystemInstructions::lmsw);
        t.bind("SMSW", (cpu, m, i) -> SegmentInstructions.store(cpu, m, i, cpu.s.cr0));
        t.bind("SGDT", (cpu, m, i) -> storeTable(cpu, m, i, cpu.s.gdtrBase, cpu.s.gdtrLimit));
        t.bind("SIDT", (cpu, m, i) -> storeTable(cpu, m, i, cpu.s.idtrBase, cpu.s.idtrLimit));
        t.bind("LGDT", (cpu, m, i) -> loadTable(cpu, m, i, true));
        t.bind("LIDT", (cpu, m, i) -> loadTable(cpu, m, i, false));
        t.bind("INVLPG", (cpu, m, i) -> {
            cpu.mmu().flushPage(cpu.s.base[i.segment] + Operands.address(cpu.s, i));
            cpu.codeChanged();
        });
        t.bind("HLT", (cpu, m, i) -> cpu.halt());
        t.bind("INVD", (cpu, m, i) -> {});
        t.bind("WBINVD", (cpu, m, i) -> {});
        t.bind("CPUID", SystemInstructions::cpuid);
        t.bind("RDTSC", SystemInstructions::rdtsc);
        t.bind("RDPMC", SystemInstructions::rdpmc);
        t.bind("RDMSR", SystemInstructions::rdmsr);
        t.bind("WRMSR", SystemInstructions::wrmsr);
        t.bind("SYSENTER", SystemInstructions::sysenter);
        t.bind("SYSEXIT", SystemInstructions::sysexit);
    }

    private static int control(CpuState s, int n) {
        return switch (n) {
            case 0 -> s.cr0;
            case 2 -> s.cr2;
            case 3 -> s.cr3;
            default -> s.cr4;
        };
    }

    private static void toControl(Cpu cpu, MemoryPort m, Instruction i) {
        int value = cpu.s.r[i.rm];
        switch (i.reg) {
            case 0 -> cpu.control().loadCr0(value);
            case 2 -> cpu.s.cr2 = value;
            case 3 -> cpu.control().loadCr3(value);
            default -> cpu.control().loadCr4(value);
        }
    }

    /** PE can be set but not cleared. */
    private static void lmsw(Cpu cpu, MemoryPort m, Instruction i) {
        int value = Operands.read(cpu, m, i, 0);
        if (!cpu.faulted()) {
            int low = CpuState.CR0_PE | CpuState.CR0_MP | CpuState.CR0_EM | CpuState.CR0_TS;
            cpu.control().loadCr0(cpu.s.cr0 & (~low | CpuState.CR0_PE) | value & low);
        }
    }

    private static int second(Instruction i, int at) {
        return i.addressSize == 4 ? at + 2 : at + 2 & 0xFFFF;
    }

    /** Stores the whole base whatever the operand size, as processors do. */
    private static void storeTable(Cpu cpu, MemoryPort m, Instruction i, int base, int limit) {
        int at = Operands.address(cpu.s, i);
        if (m.probeWrite(i.segment, at, 2) && m.probeWrite(i.segment, second(i, at), 4)) {
            m.write16(i.segment, at, limit);
            m.write32(i.segment, second(i, at), base);
        }
    }

    private static void loadTable(Cpu cpu, MemoryPort m, Instruction i, boolean global) {
        int at = Operands.address(cpu.s, i);
        int limit = m.read16(i.segment, at);
        int base = m.read32(i.segment, second(i, at)) & (i.operandSize == 4 ? -1 : 0xFF_FFFF);
        if (cpu.faulted()) {
            return;
        }
        if (global) {
            cpu.s.gdtrBase = base;
            cpu.s.gdtrLimit = limit;
        } else {
            cpu.s.idtrBase = base;
            cpu.s.idtrLimit = limit;
        }
    }

    private static void cpuid(Cpu cpu, MemoryPort m, Instruction i) {
        cpu.identifying();
        int[] r = cpu.s.r;
        CpuidTable.Leaf leaf = cpu.config.cpuid().leaf(r[EAX]);
        r[EAX] = leaf.eax();
        r[EBX] = leaf.ebx();
        r[ECX] = leaf.ecx();
        r[EDX] = leaf.edx();
    }

    private static void rdtsc(Cpu cpu, MemoryPort m, Instruction i) {
        if (cpu.s.cpl != 0 && (cpu.s.cr4 & CpuState.CR4_TSD) != 0) {
            cpu.fault(Vector.GP, 0);
        } else {
            wide(cpu.s, cpu.timeStamp());
        }
    }

    /** The counters are never programmed, so they stand at 0. */
    private static void rdpmc(Cpu cpu, MemoryPort m, Instruction i) {
        boolean allowed = cpu.s.cpl == 0 || (cpu.s.cr4 & CpuState.CR4_PCE) != 0;
        if (!allowed || Integer.compareUnsigned(cpu.s.r[ECX], COUNTERS) >= 0) {
            cpu.fault(Vector.GP, 0);
        } else {
            wide(cpu.s, 0);
        }
    }

    private static void wide(CpuState s, long value) {
        s.r[EAX] = (int) value;
        s.r[EDX] = (int) (value >>> 32);
    }

    private static void rdmsr(Cpu cpu, MemoryPort m, Instruction i) {
        long[] value = new long[1];
        if (cpu.control().readMsr(cpu.s.r[ECX], value)) {
            wide(cpu.s, value[0]);
        } else {
            cpu.fault(Vector.GP, 0);
        }
    }

    private static void wrmsr(Cpu cpu, MemoryPort m, Instruction i) {
        long value = (long) cpu.s.r[EDX] << 32 | cpu.s.r[EAX] & 0xFFFF_FFFFL;
        if (!cpu.control().writeMsr(cpu.s.r[ECX], value)) {
            cpu.fault(Vector.GP, 0);
        }
    }

    private static void sysenter(Cpu cpu, MemoryPort m, Instruction i) {
        CpuState s = cpu.s;
        int code = s.sysenterCs & Segmentation.ERROR_MASK;
        if (code == 0) {
            cpu.fault(Vector.GP, 0);
            return;
        }
        s.flags &= ~(CpuState.VM | CpuState.IF | CpuState.RF);
        cpu.segmentation().set(CS, code, 0, -1, FLAT_CODE);
        cpu.segmentation().set(SS, code + 8, 0, -1, FLAT_DATA);
        s.eip = s.sysenterEip;
        s.r[ESP] = s.sysenterEsp;
    }

    private static void sysexit(Cpu cpu, MemoryPort m, Instruction i) {
        CpuState s = cpu.s;
        int code = s.sysenterCs & Segmentation.ERROR_MASK;
        if (code == 0) {
            cpu.fault(Vector.GP, 0);
            return;
        }
        cpu.segmentation().set(CS, code + 16 | 3, 0, -1, FLAT_CODE | DPL3);
        cpu.segmentation().set(SS, code + 24 | 3, 0, -1, FLAT_DATA | DPL3);
        s.eip = s.r[EDX];
        s.r[ESP] = s.r[ECX];
    }
}
