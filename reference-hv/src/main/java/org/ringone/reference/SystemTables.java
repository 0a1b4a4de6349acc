package org.ringone.reference;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.CpuidTable;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.emulator.Segmentation;
import org.ringone.reference.memory.MachineMemory;
import org.ringone.reference.memory.PerDomainArea;
import org.ringone.xen.PageTableBits;
import org.ringone.xen.Selectors;

/**
 * The hypervisor's own part of every GDT (SEG-02), with the flat guest segments (BOOT-07), and the task state that the
 * processor takes the kernel stack from when a call gate leads from ring 3 to ring 1.
 */
final class SystemTables {

    private static final int TASK = 0xE040;
    private static final int LDT = 0xE048;
    private static final int GDT_LIMIT = 0xEFFF;
    private static final int TASK_LIMIT = 0x67;
    private static final int TASK_RIGHTS = 0x8B;
    private static final int LDT_RIGHTS = 0x82;
    private static final int TASK_ESP1 = 12;
    private static final int TASK_SS1 = 16;
    private static final int TASK_IO_MAP = 102;

    private static final int CR0 = 0x80050033;
    private static final int CR4 = CpuState.CR4_PSE | CpuState.CR4_PAE | CpuState.CR4_MCE | CpuState.CR4_PGE;
    private static final long EFER_NXE = 1 << 11;

    private static final long FLAT_CODE_0 = 0x00CF9A000000FFFFL;
    private static final long FLAT_DATA_0 = 0x00CF92000000FFFFL;
    private static final long FLAT_CODE_1 = 0x00CFBA00000067FFL;
    private static final long FLAT_DATA_1 = 0x00CFB200000067FFL;
    private static final long FLAT_CODE_3 = 0x00CFFA00000067FFL;
    private static final long FLAT_DATA_3 = 0x00CFF200000067FFL;

    private final PhysicalMemory memory;
    private final int gdtFrame;
    private final int taskFrame;
    private final int taskLinear;

    private SystemTables(PhysicalMemory memory, int gdtFrame, int taskFrame, int taskLinear) {
        this.memory = memory;
        this.gdtFrame = gdtFrame;
        this.taskFrame = taskFrame;
        this.taskLinear = taskLinear;
    }

    static SystemTables create(MachineMemory machineMemory) {
        int gdt = machineMemory.allocateXenFrame();
        int task = machineMemory.allocateXenFrame();
        int linear = machineMemory.xenArea().map(task);
        SystemTables tables = new SystemTables(machineMemory.ram(), gdt, task, linear);
        tables.fill();
        return tables;
    }

    SystemTables fork(PhysicalMemory forked) {
        return new SystemTables(forked, gdtFrame, taskFrame, taskLinear);
    }

    private void fill() {
        descriptor(Selectors.HYPERVISOR_CS, FLAT_CODE_0);
        descriptor(Selectors.HYPERVISOR_DS, FLAT_DATA_0);
        descriptor(Selectors.FLAT_RING1_CS, FLAT_CODE_1);
        descriptor(Selectors.FLAT_RING1_DS, FLAT_DATA_1);
        descriptor(Selectors.FLAT_RING3_CS, FLAT_CODE_3);
        descriptor(Selectors.FLAT_RING3_DS, FLAT_DATA_3);
        long base = taskLinear & 0xFFFFFFFFL;
        descriptor(TASK, TASK_LIMIT | (base & 0xFFFFFF) << 16 | (base >>> 24) << 56 | (long) TASK_RIGHTS << 40);
        memory.write16(((long) taskFrame << 12) + TASK_IO_MAP, 0xFFFF);
    }

    private void descriptor(int selector, long bits) {
        memory.write64(((long) gdtFrame << 12) + (selector & 0xFF8), bits);
    }

    int gdtFrame() {
        return gdtFrame;
    }

    /** The stack that the processor changes to on the way to ring 1. */
    void setKernelStack(int ss, int esp) {
        memory.write32(((long) taskFrame << 12) + TASK_ESP1, esp);
        memory.write16(((long) taskFrame << 12) + TASK_SS1, ss);
    }

    /** Puts a new processor into the mode that guests find it in (BOOT-06), without page tables yet. */
    void initialise(Cpu cpu, Vcpu v) {
        PerDomainArea area = v.domain.memory.area();
        cpu.control().efer(EFER_NXE);
        cpu.control().cr4(CR4 | vectors(cpu.config().cpuid()));
        cpu.control().cr0(CR0);
        CpuState state = cpu.state();
        state.gdtrBase = area.gdtLinear(v.id);
        state.gdtrLimit = GDT_LIMIT;
        cpu.segmentation().set(CpuState.TR, TASK, taskLinear, TASK_LIMIT, TASK_RIGHTS);
        cpu.segmentation().set(CpuState.LDTR, 0, 0, 0, 0);
        long flags = PageTableBits.PRESENT | PageTableBits.RW | PageTableBits.ACCESSED | PageTableBits.DIRTY;
        area.map(v.id, PerDomainArea.XEN_GDT_PAGE, (long) gdtFrame << 12 | flags);
    }

    /** A host of the era lets guests use the vector registers that its processor has, and take their exceptions. */
    private static int vectors(CpuidTable offered) {
        return (offered.has(CpuidTable.FXSR) ? CpuState.CR4_OSFXSR : 0)
                | (offered.has(CpuidTable.SSE) ? CpuState.CR4_OSXMMEXCPT : 0);
    }

    void loadLdt(Vcpu v) {
        Segmentation segmentation = v.cpu.segmentation();
        if (v.ldtEntries == 0) {
            segmentation.set(CpuState.LDTR, 0, 0, 0, 0);
        } else {
            int base = v.domain.memory.area().ldtLinear(v.id);
            segmentation.set(CpuState.LDTR, LDT, base, v.ldtEntries * 8 - 1, LDT_RIGHTS);
        }
    }
}
