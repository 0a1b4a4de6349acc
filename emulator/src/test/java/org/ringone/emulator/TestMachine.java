package org.ringone.emulator;

import java.util.HashMap;
import java.util.Map;
import org.ringone.x86.Assembler;
import org.ringone.x86.Assembly;
import org.ringone.x86.AssemblyException;

/**
 * A bare machine for tests: flat segments of all rings, a TSS, an IDT of interrupt gates, PAE page tables that map the first
 * 4 MiB to themselves. Addresses of everything are constants here, so that tests can change what they need.
 */
final class TestMachine {
    static final int FRAMES = 1024;
    static final int GDT = 0x1000;
    static final int IDT = 0x2000;
    static final int TSS = 0x3000;
    static final int POINTERS = 0x4000;
    static final int DIRECTORY = 0x5000;
    /** Two page tables for 4 MiB. */
    static final int TABLES = 0x6000;

    static final int LDT = 0x8000;
    static final int CODE = 0x10000;
    static final int DATA = 0x20000;
    /** Tops of the stacks of rings 0 to 3. */
    static final int[] STACKS = {0x3_2000, 0x3_4000, 0x3_6000, 0x3_8000};
    /** Handler of vector n is a HLT at HANDLERS + 16 n. */
    static final int HANDLERS = 0x4_0000;

    static final int TSS_SELECTOR = 0x50;
    static final int LDT_SELECTOR = 0x58;

    final PhysicalMemory memory;
    final Cpu cpu;
    final CpuState s;
    final Map<String, Integer> symbols = new HashMap<>();

    TestMachine() {
        this(CpuConfig.standard(), new IdtDelivery());
    }

    TestMachine(CpuConfig config, TrapSink sink) {
        memory = new PhysicalMemory(FRAMES);
        cpu = new Cpu(memory, config, sink);
        s = cpu.s;
        for (int ring = 0; ring < 4; ring++) {
            descriptor(code(ring), segment(0, 0xFFFFF, 0xC09B | ring << 5));
            descriptor(data(ring), segment(0, 0xFFFFF, 0xC093 | ring << 5));
        }
        descriptor(TSS_SELECTOR, segment(TSS, 0x67, 0x89));
        descriptor(LDT_SELECTOR, segment(LDT, 0xFFF, 0x82));
        for (int ring = 0; ring < 3; ring++) {
            memory.write32(TSS + 4 + 8 * ring, STACKS[ring]);
            memory.write32(TSS + 8 + 8 * ring, data(ring));
        }
        memory.write16(TSS + 0x66, 0x68);
        for (int vector = 0; vector < 256; vector++) {
            gate(vector, code(0), HANDLERS + 16 * vector, 0xEE);
            memory.write8(HANDLERS + 16L * vector, 0xF4);
        }
        memory.write64(POINTERS, DIRECTORY | 1);
        memory.write64(DIRECTORY, TABLES | 7);
        memory.write64(DIRECTORY + 8, TABLES + 0x1000 | 7);
        for (int page = 0; page < FRAMES; page++) {
            map(page << 12, page << 12 | 7L);
        }
        s.gdtrBase = GDT;
        s.gdtrLimit = 0x7F;
        s.idtrBase = IDT;
        s.idtrLimit = 0x7FF;
        ControlRegisters control = cpu.control();
        control.efer(Efer.NXE);
        control.cr4(CpuState.CR4_PAE | CpuState.CR4_PGE | CpuState.CR4_DE);
        s.cr3 = POINTERS;
        cpu.mmu().loadPointers(POINTERS);
        control.cr0(CpuState.CR0_PE | CpuState.CR0_PG | CpuState.CR0_WP | CpuState.CR0_NE);
        cpu.segmentation().loadTask(TSS_SELECTOR);
        ring(0);
    }

    static int code(int ring) {
        return 0x10 + 16 * ring | ring;
    }

    static int data(int ring) {
        return 0x18 + 16 * ring | ring;
    }

    /** A descriptor; the rights as bits 8 to 23 of its upper word. */
    static long segment(int base, int limit, int rights) {
        return (base & 0xFF_FFFFL) << 16
                | (base & 0xFF00_0000L) << 32
                | limit & 0xFFFF
                | (limit & 0xF_0000L) << 32
                | (rights & 0xF0FFL) << 40;
    }

    void descriptor(int selector, long descriptor) {
        memory.write64(((selector & 4) != 0 ? LDT : GDT) + (selector & ~7), descriptor);
    }

    /** An IDT entry; rights are its type byte. */
    void gate(int vector, int selector, int offset, int rights) {
        memory.write64(IDT + 8 * vector, gate(selector, offset, rights));
    }

    static long gate(int selector, int offset, int rights) {
        return offset & 0xFFFFL | (long) selector << 16 | (long) rights << 40 | (offset & 0xFFFF_0000L) << 32;
    }

    void map(int linear, long entry) {
        memory.write64(TABLES + 8L * (linear >>> 12), entry);
    }

    long entry(int linear) {
        return memory.read64(TABLES + 8L * (linear >>> 12));
    }

    /** Flat segments of a ring, its stack, EIP at {@link #CODE}, IOPL 0. */
    TestMachine ring(int ring) {
        cpu.segmentation().set(CpuState.CS, code(ring), segment(0, 0xFFFFF, 0xC09B | ring << 5));
        for (int register : new int[] {CpuState.ES, CpuState.SS, CpuState.DS, CpuState.FS, CpuState.GS}) {
            cpu.segmentation().set(register, data(ring), segment(0, 0xFFFFF, 0xC093 | ring << 5));
        }
        s.r[CpuState.ESP] = STACKS[ring];
        s.eip = CODE;
        return this;
    }

    /** Assembles to {@link #CODE}, for 32 bits. */
    TestMachine code(String source) {
        return code(CODE, source);
    }

    TestMachine code(int origin, String source) {
        try {
            Assembly assembly = Assembler.assemble("bits 32\n" + source, Map.of(), origin);
            memory.write(origin, assembly.bytes(), 0, assembly.bytes().length);
            symbols.putAll(assembly.symbols());
            return this;
        } catch (AssemblyException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs until HLT in ring 0, which every handler is; at most 10,000 instructions. */
    Stop run() {
        return cpu.run(10_000);
    }

    /** The vector of the handler that has just halted, or -1. */
    int vector() {
        int at = s.eip - 1 - HANDLERS;
        return s.cpl() == 0 && (at & 15) == 0 && at >= 0 && at < 16 * 256 ? at >> 4 : -1;
    }

    /** A doubleword of the present stack. */
    int stack(int index) {
        return memory.read32(s.r[CpuState.ESP] + 4L * index & 0xFFFF_FFFFL);
    }
}
