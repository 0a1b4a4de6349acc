package org.ringone.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringone.xen.ElfNotes;

/**
 * A guest kernel assembled for its place.
 *
 * @param origin the address of its first byte
 * @param bytes its program; not copied, must not be changed. Memory that starts as zeros follows, up to the symbol {@code
 *     kernel_memory_end}
 * @param symbols the values of its labels and constants
 */
public record KernelProgram(int origin, byte[] bytes, Map<String, Integer> symbols) {

    private static final int RECORD = 32;

    /** The value of one of its symbols. */
    public int symbol(String name) {
        Integer value = symbols.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the guest kernel has nothing called '" + name + "'");
        }
        return value;
    }

    /** Bytes of all of its memory, the program included. */
    public int size() {
        return symbol("kernel_memory_end") - origin;
    }

    /** The probe's image with this kernel in it, which is what starts first: it hands over to the probe. */
    public ProbeImage started() {
        ProbeImage.Builder image = ProbeImage.builder();
        return image.note(ElfNotes.ENTRY, symbol("kernel_entry"))
                .extraSegment(origin, bytes, size())
                .build();
    }

    /** The hypercalls that it has made since its log was cleared, in order; of a long list the last ones. */
    public List<KernelCall> calls(Probe probe) throws ProbeException {
        int count = probe.read32(symbol("call_count"));
        int kept = symbol("call_log_size");
        List<KernelCall> calls = new ArrayList<>();
        byte[] log = probe.read(symbol("call_log"), Math.min(count, kept) * RECORD);
        for (int number = Math.max(0, count - kept); number < count; number++) {
            calls.add(KernelCall.read(log, number % kept * RECORD));
        }
        return calls;
    }

    /** Clears the log of hypercalls. */
    public void forgetCalls(Probe probe) throws ProbeException {
        probe.write32(symbol("call_count"), 0);
    }
}
