package org.ringone.guest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringone.x86.Assembler;
import org.ringone.x86.Assembly;
import org.ringone.x86.AssemblyException;
import org.ringone.xen.SharedInfo;

/**
 * A run's code, assembled for its place.
 *
 * @param address the linear address it is written to
 * @param origin the offset in its code segment that it is assembled for, and entered at
 * @param bytes what is written there, with the instruction that completes the run; nothing for code already in memory
 * @param end the EIP that is saved when it completes, 0 when it cannot
 * @param labels its labels
 */
record CodePlacement(int address, int origin, byte[] bytes, int end, Map<String, Integer> labels) {

    private static final int CACHED = 256;
    private static final byte INT3 = (byte) 0xCC;
    private static final int JUMP_SIZE = 5;
    private static final int TRAPS_STAGE = 2;

    /** The probe's symbols that code to run may name; others would stand in the way of its own labels. */
    private static final List<String> EXPORTED = List.of(
            "hypercall_page",
            "shared_info",
            "scratch_pages",
            "spare_pages",
            "kernel_code",
            "code_stack_top",
            "kernel_stack_top",
            "user_code",
            "user_data",
            "user_pages",
            "user_stack_top",
            "trap_stubs",
            "upcall_entry",
            "failsafe_entry",
            "flat_cs",
            "flat_ds",
            "user_cs",
            "user_ds");

    private record Key(int virtBase, int origin, String assembly, Map<String, Integer> symbols) {}

    private static final Map<Key, Assembly> CACHE = new LinkedHashMap<>(CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Assembly> eldest) {
            return size() > CACHED;
        }
    };

    /**
     * Assembles a run's text.
     *
     * @throws IllegalArgumentException with the assembler's message
     */
    static CodePlacement of(CodeRun run, ProbeProgram program, int stage) {
        int address = run.address().orElseGet(() -> program.symbol(run.ring() == 1 ? "kernel_code" : "user_code"));
        if (run.assembly().isEmpty()) {
            return new CodePlacement(address, address, new byte[0], 0, Map.of());
        }
        int origin = run.origin().orElse(address);
        Assembly assembly = assemble(new Key(program.virtBase(), origin, run.assembly(), run.symbols()));
        int length = assembly.bytes().length;
        if (stage >= TRAPS_STAGE) {
            byte[] bytes = Arrays.copyOf(assembly.bytes(), length + 1);
            bytes[length] = INT3;
            return new CodePlacement(address, origin, bytes, origin + length + 1, assembly.symbols());
        }
        int softEnd = program.symbol("soft_end");
        byte[] bytes = Arrays.copyOf(assembly.bytes(), length + JUMP_SIZE);
        bytes[length] = (byte) 0xE9;
        Little.word(bytes, length + 1, softEnd - (origin + length + JUMP_SIZE));
        return new CodePlacement(address, origin, bytes, softEnd, assembly.symbols());
    }

    private static Assembly assemble(Key key) {
        synchronized (CACHE) {
            Assembly known = CACHE.get(key);
            if (known != null) {
                return known;
            }
        }
        try {
            Assembly assembly = Assembler.assemble(key.assembly + "\ndone:\n", symbols(key), key.origin);
            synchronized (CACHE) {
                CACHE.put(key, assembly);
            }
            return assembly;
        } catch (AssemblyException e) {
            throw new IllegalArgumentException("the code to run cannot be assembled: " + e.getMessage(), e);
        }
    }

    private static Map<String, Integer> symbols(Key key) {
        ProbeProgram program = ProbeProgram.at(key.virtBase);
        Map<String, Integer> symbols = new HashMap<>();
        EXPORTED.forEach(name -> symbols.put(name, program.symbol(name)));
        int vcpuInfo = program.symbol("shared_info") + SharedInfo.VCPU_INFO;
        symbols.put("vcpu_info", vcpuInfo);
        symbols.put("evtchn_upcall_pending", vcpuInfo + SharedInfo.UPCALL_PENDING);
        symbols.put("evtchn_upcall_mask", vcpuInfo + SharedInfo.UPCALL_MASK);
        symbols.putAll(key.symbols);
        return symbols;
    }

    int label(String name) {
        Integer value = labels.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the code to run has no label " + name);
        }
        return value;
    }
}
