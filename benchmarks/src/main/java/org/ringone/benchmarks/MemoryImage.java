package org.ringone.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.ringone.x86.Assembler;
import org.ringone.x86.Assembly;
import org.ringone.x86.AssemblyException;

/**
 * What the memory of a bare PC holds for one {@link Kernel}: descriptor tables, PAE page tables that map 32 MiB to themselves, the
 * handlers and the program. The same bytes run in this project's emulator and, behind a boot sector, in others.
 */
final class MemoryImage {
    /** Where it begins, and how long it is: whole tracks of 64 sectors. */
    static final int START = 0x1_0000;

    static final int LENGTH = 0x2_0000;

    static final int MEBIBYTES = 32;
    static final int GDT = START;
    static final int IDT = START + 0x1000;
    static final int POINTERS = START + 0x4000;
    static final int PROGRAM = START + 0xA000;
    static final int STACK = 0x7_0000;
    static final int TASK = 0x28;

    private static final int TSS = START + 0x2000;
    private static final int HANDLERS = START + 0x3000;
    private static final int DIRECTORIES = START + 0x5000;
    private static final int TABLES = START + 0x1_0000;
    private static final int KERNEL_STACK = 0x7_8000;
    private static final int ROUNDS = START + 0x9000;
    /** Where programs find their data: 4032 pages and more. */
    private static final int DATA = 0x40_0000;
    /** A page that is never there. */
    private static final int ABSENT = MEBIBYTES << 20;

    private static final int PAGES = MEBIBYTES * 256;

    private final Kernel kernel;
    private final ByteBuffer memory = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    MemoryImage(Kernel kernel) {
        this.kernel = kernel;
        put(PROGRAM, assembled(kernel.name(), Map.of("data", DATA, "rounds", ROUNDS, "absent", ABSENT), PROGRAM));
        Assembly handlers =
                assembled("handlers", Map.of("rounds", ROUNDS, "count", kernel.rounds(), "program", PROGRAM), HANDLERS);
        put(HANDLERS, handlers);
        put(ROUNDS, kernel.rounds());
        pages();
        descriptors(handlers.symbols());
    }

    byte[] bytes() {
        return memory.array();
    }

    /** Selector of the program's code, RPL included. */
    int codeSelector() {
        return kernel.ring() == 0 ? 0x08 : 0x19;
    }

    int dataSelector() {
        return kernel.ring() == 0 ? 0x10 : 0x21;
    }

    /** The sector that enters this in a PC. */
    byte[] bootSector() {
        Map<String, Integer> symbols = new HashMap<>();
        symbols.put("memory", START);
        symbols.put("length", LENGTH);
        symbols.put("gdt", GDT);
        symbols.put("idt", IDT);
        symbols.put("pointers", POINTERS);
        symbols.put("kernel_stack", KERNEL_STACK);
        symbols.put("stack", STACK);
        symbols.put("stack_selector", dataSelector());
        symbols.put("code_selector", codeSelector());
        symbols.put("program", PROGRAM);
        return assembled("boot", symbols, 0x7C00).bytes();
    }

    private static Assembly assembled(String name, Map<String, Integer> symbols, int origin) {
        String path = name + ".asm";
        try (InputStream in = MemoryImage.class.getResourceAsStream(path)) {
            return Assembler.assemble(new String(in.readAllBytes(), StandardCharsets.UTF_8), symbols, origin);
        } catch (IOException | AssemblyException e) {
            throw new IllegalStateException(path + " cannot be assembled: " + e.getMessage(), e);
        }
    }

    private void put(int address, Assembly code) {
        memory.put(address - START, code.bytes());
    }

    private void put(int address, long value) {
        memory.putLong(address - START, value);
    }

    private void pages() {
        for (int i = 0; i < 4; i++) {
            put(POINTERS + i * 8, DIRECTORIES + i * 0x1000L | 1);
        }
        for (int page = 0; page < PAGES; page++) {
            put(TABLES + page * 8, (long) page << 12 | 0x63);
        }
        for (int i = 0; i < PAGES / 512; i++) {
            put(DIRECTORIES + i * 8, TABLES + i * 0x1000L | 0x63);
        }
    }

    private void descriptors(Map<String, Integer> handlers) {
        put(GDT + 0x08, 0x00CF_9B00_0000_FFFFL);
        put(GDT + 0x10, 0x00CF_9300_0000_FFFFL);
        put(GDT + 0x18, 0x00CF_BB00_0000_FFFFL);
        put(GDT + 0x20, 0x00CF_B300_0000_FFFFL);
        put(GDT + TASK, 0x0000_8900_0000_0067L | (TSS & 0xFFFFFFL) << 16);
        gate(13, handlers.get("protection"));
        gate(14, handlers.get("page_fault"));
        gate(0x80, handlers.get("system_call"));
        gate(0x81, handlers.get("mark"));
        put(TSS + 4, 0x10L << 32 | KERNEL_STACK);
        memory.putInt(TSS + 0x64 - START, 0x68 << 16);
    }

    private void gate(int vector, int handler) {
        put(IDT + vector * 8, handler & 0xFFFFL | 0x08 << 16 | 0xAE00L << 32 | (handler & 0xFFFF_0000L) << 32);
    }
}
