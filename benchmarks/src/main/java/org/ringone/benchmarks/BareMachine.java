package org.ringone.benchmarks;

import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuConfig;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.IdtDelivery;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.emulator.PortBus;
import org.ringone.emulator.Stop;

/** A machine without any hypervisor that runs one {@link Kernel}, with flat segments and PAE paging on. */
final class BareMachine {

    private final Cpu cpu;

    BareMachine(Kernel kernel) {
        PhysicalMemory memory = new PhysicalMemory(MemoryImage.MEBIBYTES * 256);
        MemoryImage image = new MemoryImage(kernel);
        memory.write(MemoryImage.START, image.bytes(), 0, MemoryImage.LENGTH);
        cpu = new Cpu(memory, CpuConfig.standard().withPorts(new Report()), new IdtDelivery());
        CpuState state = cpu.state();
        state.gdtrBase = MemoryImage.GDT;
        state.gdtrLimit = 0xFFF;
        state.idtrBase = MemoryImage.IDT;
        state.idtrLimit = 0x7FF;
        cpu.control().cr4(CpuState.CR4_PAE);
        cpu.control().cr0(CpuState.CR0_PE | CpuState.CR0_PG | CpuState.CR0_WP);
        if (!cpu.control().cr3(MemoryImage.POINTERS)) {
            throw new IllegalStateException("the page-table base was refused");
        }
        cpu.segmentation().loadTask(MemoryImage.TASK);
        begin(image, kernel.ring());
    }

    private void begin(MemoryImage image, int ring) {
        cpu.segmentation().set(CpuState.CS, image.codeSelector(), 0x00CF_9B00_0000_FFFFL | (long) ring << 45);
        for (int register : new int[] {CpuState.ES, CpuState.SS, CpuState.DS, CpuState.FS, CpuState.GS}) {
            cpu.segmentation().set(register, image.dataSelector(), 0x00CF_9300_0000_FFFFL | (long) ring << 45);
        }
        cpu.state().eip = MemoryImage.PROGRAM;
        cpu.state().r[CpuState.ESP] = MemoryImage.STACK;
    }

    /**
     * Runs to the program's next report.
     *
     * @return instructions carried out
     */
    long untilReport() {
        long before = cpu.retired();
        Stop stop = cpu.run(Long.MAX_VALUE);
        if (stop != Stop.REQUESTED) {
            throw new IllegalStateException("the program stopped: " + stop);
        }
        return cpu.retired() - before;
    }

    /** The serial line: a report stops the machine. */
    private static final class Report implements PortBus {
        @Override
        public int in(Cpu cpu, int port, int size) {
            return -1;
        }

        @Override
        public void out(Cpu cpu, int port, int size, int value) {
            cpu.requestStop();
        }
    }
}
