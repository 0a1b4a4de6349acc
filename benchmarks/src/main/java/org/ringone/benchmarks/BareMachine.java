package org.ringone.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ringone.emulator.Cpu;
import org.ringone.emulator.CpuConfig;
import org.ringone.emulator.CpuState;
import org.ringone.emulator.IdtDelivery;
import org.ringone.emulator.PhysicalMemory;
import org.ringone.x86.Assembler;
import org.ringone.x86.AssemblyException;

/**
 * A machine without any hypervisor that runs one program in ring 1, with flat segments and PAE paging on: every address maps to
 * itself.
 */
final class BareMachine {

    /** Where programs find their data: 4032 pages and more. */
    static final int DATA = 0x40_0000;

    private static final int MEBIBYTES = 32;
    private static final int GDT = 0x1000;
    private static final int IDT = 0x2000;
    private static final int TSS = 0x3000;
    private static final int HANDLER = 0x4000;
    private static final int L3 = 0x5000;
    private static final int L2 = 0x6000;
    private static final int L1 = 0x1_0000;
    private static final int CODE = 0x8_0000;
    private static final int STACK = 0x10_0000;
    private static final int KERNEL_STACK = 0x11_0000;
    private static final int PAGES = MEBIBYTES * 256;

    private final Cpu cpu;

    private BareMachine(byte[] program, byte[] handler) {
        PhysicalMemory memory = new PhysicalMemory(PAGES);
        tables(memory);
        descriptors(memory);
        memory.write(CODE, program, 0, program.length);
        memory.write(HANDLER, handler, 0, handler.length);
        cpu = new Cpu(memory, CpuConfig.standard(), new IdtDelivery());
        CpuState state = cpu.state();
        state.gdtrBase = GDT;
        state.gdtrLimit = 0xFFF;
        state.idtrBase = IDT;
        state.idtrLimit = 0x7FF;
        cpu.control().cr4(1 << 5);
        cpu.control().cr0(0x8000_0001 | 1 << 16);
        if (!cpu.control().cr3(L3)) {
            throw new IllegalStateException("the page-table base was refused");
        }
        cpu.segmentation().loadTask(0x28);
        enterRing1(state);
    }

    /** A machine about to run the program of that name among this package's resources. */
    static BareMachine running(String name) {
        String path = name + ".asm";
        try (InputStream in = BareMachine.class.getResourceAsStream(path)) {
            String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            byte[] program =
                    Assembler.assemble(source, Map.of("data", DATA), CODE).bytes();
            byte[] handler = Assembler.assemble("iret", Map.of(), HANDLER).bytes();
            return new BareMachine(program, handler);
        } catch (IOException | AssemblyException e) {
            throw new IllegalStateException(path + " cannot be run: " + e.getMessage(), e);
        }
    }

    Cpu cpu() {
        return cpu;
    }

    private void enterRing1(CpuState state) {
        cpu.segmentation().set(CpuState.CS, 0x19, 0x00CF_BA00_0000_FFFFL);
        for (int register : new int[] {CpuState.ES, CpuState.SS, CpuState.DS, CpuState.FS, CpuState.GS}) {
            cpu.segmentation().set(register, 0x21, 0x00CF_B200_0000_FFFFL);
        }
        cpu.segmentation().cpl(1);
        state.eip = CODE;
        state.r[4] = STACK;
        cpu.modeChanged();
    }

    private static void tables(PhysicalMemory memory) {
        for (int i = 0; i < 4; i++) {
            memory.write64(L3 + i * 8L, L2 + i * 0x1000L | 1);
        }
        for (int page = 0; page < PAGES; page++) {
            memory.write64(L1 + page * 8L, (long) page << 12 | 0x63);
        }
        for (int i = 0; i < PAGES / 512; i++) {
            memory.write64(L2 + i * 8L, L1 + i * 0x1000L | 0x63);
        }
    }

    private static void descriptors(PhysicalMemory memory) {
        memory.write64(GDT + 0x08, 0x00CF_9A00_0000_FFFFL);
        memory.write64(GDT + 0x10, 0x00CF_9200_0000_FFFFL);
        memory.write64(GDT + 0x18, 0x00CF_BA00_0000_FFFFL);
        memory.write64(GDT + 0x20, 0x00CF_B200_0000_FFFFL);
        memory.write64(GDT + 0x28, 0x0000_8900_0000_0067L | (long) TSS << 16);
        memory.write64(IDT + 0x80 * 8L, 0x0000_AE00_0008_0000L | HANDLER);
        memory.write32(TSS + 4, KERNEL_STACK);
        memory.write32(TSS + 8, 0x10);
    }
}
