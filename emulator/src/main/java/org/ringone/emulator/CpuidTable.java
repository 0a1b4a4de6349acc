package org.ringone.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What CPUID answers, leaf by leaf; the processor has no vector extension that leaf 1 does not tell of. Immutable. */
public final class CpuidTable {
    /** Leaf 1 EDX feature bits. */
    public static final int FPU = 1;

    /** Virtual-8086 mode extensions and protected-mode virtual interrupts: CR4.VME and CR4.PVI. */
    public static final int VME = 1 << 1;

    public static final int DE = 1 << 2;
    public static final int PSE = 1 << 3;
    public static final int TSC = 1 << 4;
    public static final int MSR = 1 << 5;
    public static final int PAE = 1 << 6;
    /** Machine checks, which there are none of here: CR4.MCE cannot be set. */
    public static final int MCE = 1 << 7;

    public static final int CX8 = 1 << 8;
    public static final int SEP = 1 << 11;
    public static final int PGE = 1 << 13;
    public static final int CMOV = 1 << 15;
    /** The page attribute table; what it says makes no difference in a machine without caches. */
    public static final int PAT = 1 << 16;

    public static final int PSE36 = 1 << 17;
    /** CLFLUSH, whose line size leaf 1 gives in EBX, bits 15:8, in units of eight bytes. */
    public static final int CLFSH = 1 << 19;

    public static final int MMX = 1 << 23;
    public static final int FXSR = 1 << 24;
    public static final int SSE = 1 << 25;
    public static final int SSE2 = 1 << 26;
    /** Leaf 0x80000001 EDX: no-execute pages. */
    public static final int NX = 1 << 20;

    /** The registers of one answer. */
    public record Leaf(int eax, int ebx, int ecx, int edx) {}

    private static final int CACHE_LINE = 64;
    private static final Leaf NOTHING = new Leaf(0, 0, 0, 0);

    private final Map<Integer, Leaf> leaves;

    private CpuidTable(Map<Integer, Leaf> leaves) {
        this.leaves = leaves;
    }

    /** The features of the emulated processor, and no more: those of a Pentium M that the emulator has (family 6, model 13). */
    public static CpuidTable standard() {
        int features = FPU | VME | DE | PSE | TSC | MSR | PAE | CX8 | SEP | PGE | CMOV | PAT | PSE36;
        int vectors = CLFSH | MMX | FXSR | SSE | SSE2;
        return new CpuidTable(new TreeMap<>())
                .with(0, vendor(1, "GenuineIntel"))
                .with(1, new Leaf(0x06D8, CACHE_LINE / 8 << 8, 0, features | vectors))
                .with(0x8000_0000, new Leaf(0x8000_0008, 0, 0, 0))
                .with(0x8000_0001, new Leaf(0, 0, 0, NX))
                .with(0x8000_0008, new Leaf(0x2024, 0, 0, 0));
    }

    /** This table with one leaf replaced or added. */
    public CpuidTable with(int leaf, Leaf answer) {
        Map<Integer, Leaf> changed = new TreeMap<>(leaves);
        changed.put(leaf, answer);
        return new CpuidTable(changed);
    }

    /** The answer to a leaf; one that does not exist gives zeros. */
    public Leaf leaf(int leaf) {
        return leaves.getOrDefault(leaf, NOTHING);
    }

    /** Whether leaf 1 tells all of these features (bits of EDX). */
    public boolean has(int features) {
        return (leaf(1).edx() & features) == features;
    }

    /**
     * This table without some of the features of leaf 1 (bits of EDX). Instructions of {@link #MMX}, {@link #SSE} and {@link #SSE2} are
     * then undefined, the bits of CR4 that belong to a feature cannot be set, and page-table bits of {@link #PSE36} and {@link #PAT} are
     * reserved. What needs an extension is to go with it: a processor without SSE has no SSE2.
     */
    public CpuidTable without(int features) {
        Leaf old = leaf(1);
        return with(1, new Leaf(old.eax(), old.ebx(), old.ecx(), old.edx() & ~features));
    }

    /** A leaf with a number in EAX and twelve characters in EBX, EDX, ECX. */
    private static Leaf vendor(int eax, String name) {
        byte[] b = name.getBytes(StandardCharsets.US_ASCII);
        return new Leaf(eax, word(b, 0), word(b, 8), word(b, 4));
    }

    private static int word(byte[] b, int at) {
        return (int) PhysicalMemory.INT32.get(b, at);
    }
}
