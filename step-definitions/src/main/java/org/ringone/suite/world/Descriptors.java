package org.ringone.suite.world;

/** Segment descriptors and gates, as 64-bit values. */
final class Descriptors {

    private Descriptors() {}

    /**
     * A segment descriptor.
     *
     * @param base 32 bits
     * @param limit 20 bits
     * @param access 12 bits: G, D/B, L, AVL, then P, DPL, S, type; a flat ring-1 code segment has C9A with DPL 1, so CBA
     */
    static long segment(long base, long limit, int access) {
        long low = limit & 0xFFFF | (base & 0xFFFF) << 16;
        long high = base >>> 16 & 0xFF
                | (long) (access & 0xFF) << 8
                | limit & 0xF0000
                | (long) (access >>> 8 & 0xF) << 20
                | base & 0xFF00_0000L;
        return high << 32 | low;
    }

    /**
     * A gate.
     *
     * @param access P, DPL, S and type in bits 8 to 15, the word count and the reserved bits in bits 0 to 7
     */
    static long gate(int selector, long offset, int access) {
        long low = offset & 0xFFFF | (selector & 0xFFFFL) << 16;
        long high = offset & 0xFFFF_0000L | access & 0xFFFF;
        return high << 32 | low;
    }
}
