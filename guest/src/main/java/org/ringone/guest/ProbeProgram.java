package org.ringone.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ringone.x86.Assembler;
import org.ringone.x86.Assembly;
import org.ringone.x86.AssemblyException;

/**
 * The probe's program, assembled for one mapping of pseudo-physical memory.
 *
 * @param virtBase where pseudo-physical address 0 is mapped
 * @param origin where the program's first byte lies
 * @param bytes the program; not copied, must not be changed
 * @param symbols the values of its labels and constants
 */
record ProbeProgram(int virtBase, int origin, byte[] bytes, Map<String, Integer> symbols) {

    /** The distance of the program from pseudo-physical address 0: kernels of the interface's day are loaded at 1 MiB. */
    static final int OFFSET = 0x100000;

    private static final List<String> PARTS =
            List.of("entry", "boot", "traps", "console", "link", "commands", "replay", "data");

    private static final Map<Integer, ProbeProgram> ASSEMBLED = new ConcurrentHashMap<>();

    /** The program for a mapping; assembled once. */
    static ProbeProgram at(int virtBase) {
        return ASSEMBLED.computeIfAbsent(virtBase, ProbeProgram::assemble);
    }

    private static ProbeProgram assemble(int virtBase) {
        int origin = virtBase + OFFSET;
        try {
            Assembly assembly = Assembler.assemble(source(), Map.of("virt_base", virtBase), origin);
            return new ProbeProgram(virtBase, origin, assembly.bytes(), assembly.symbols());
        } catch (AssemblyException e) {
            throw new IllegalStateException("the probe's own source is wrong: " + e.getMessage(), e);
        }
    }

    /** The text of all parts in order. */
    static String source() {
        StringBuilder text = new StringBuilder();
        for (String part : PARTS) {
            text.append(part("probe/" + part));
        }
        return text.toString();
    }

    /** One file of assembly text. */
    static String part(String name) {
        try (InputStream in = ProbeProgram.class.getResourceAsStream(name + ".asm")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("the source part " + name + " cannot be read", e);
        }
    }

    int symbol(String name) {
        Integer value = symbols.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the probe has no symbol " + name);
        }
        return value;
    }
}
