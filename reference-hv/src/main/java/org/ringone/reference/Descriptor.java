package org.ringone.reference;

/**
 * A segment descriptor being looked at: the two words as they lie in a descriptor table, and the fields in them (Intel SDM
 * volume 3, 3.4.5). Mutable, so that one object serves for a whole table.
 */
public final class Descriptor {

    static final int WRITABLE_OR_READABLE = 1 << 9;
    static final int EXPAND_DOWN_OR_CONFORMING = 1 << 10;
    static final int CODE = 1 << 11;
    static final int NOT_SYSTEM = 1 << 12;
    static final int DPL_SHIFT = 13;
    static final int DPL_MASK = 3 << DPL_SHIFT;
    static final int PRESENT = 1 << 15;
    static final int BIG = 1 << 22;
    static final int GRANULAR = 1 << 23;
    static final int ACCESSED = 1 << 8;
    private static final int LIMIT_HIGH = 0xF0000;

    int low;
    int high;

    Descriptor() {}

    Descriptor(int low, int high) {
        this.low = low;
        this.high = high;
    }

    /** A descriptor from its 64 bits, as hypercalls carry it. */
    public static Descriptor of(long bits) {
        return new Descriptor((int) bits, (int) (bits >>> 32));
    }

    /** The 64 bits. */
    public long bits() {
        return (long) high << 32 | low & 0xFFFFFFFFL;
    }

    boolean present() {
        return (high & PRESENT) != 0;
    }

    boolean system() {
        return (high & NOT_SYSTEM) == 0;
    }

    boolean code() {
        return (high & (NOT_SYSTEM | CODE)) == (NOT_SYSTEM | CODE);
    }

    boolean conforming() {
        return code() && (high & EXPAND_DOWN_OR_CONFORMING) != 0;
    }

    boolean expandDown() {
        return (high & (NOT_SYSTEM | CODE | EXPAND_DOWN_OR_CONFORMING)) == (NOT_SYSTEM | EXPAND_DOWN_OR_CONFORMING);
    }

    boolean writableData() {
        return (high & (NOT_SYSTEM | CODE | WRITABLE_OR_READABLE)) == (NOT_SYSTEM | WRITABLE_OR_READABLE);
    }

    /** Whether DS, ES, FS and GS can hold it: data, or readable code. */
    boolean readable() {
        return !system() && (!code() || (high & WRITABLE_OR_READABLE) != 0);
    }

    boolean granular() {
        return (high & GRANULAR) != 0;
    }

    boolean big() {
        return (high & BIG) != 0;
    }

    /** Bits 8 to 11: the type of a system descriptor. */
    int systemType() {
        return high >>> 8 & 0xF;
    }

    int dpl() {
        return (high & DPL_MASK) >>> DPL_SHIFT;
    }

    void setDpl(int dpl) {
        high = high & ~DPL_MASK | dpl << DPL_SHIFT;
    }

    int base() {
        return high & 0xFF000000 | (high & 0xFF) << 16 | low >>> 16;
    }

    /** The 20 bits of the limit, in bytes or pages. */
    int rawLimit() {
        return high & LIMIT_HIGH | low & 0xFFFF;
    }

    void setRawLimit(int limit) {
        low = low & 0xFFFF0000 | limit & 0xFFFF;
        high = high & ~LIMIT_HIGH | limit & LIMIT_HIGH;
    }

    /** The limit in bytes: the last offset of an expand-up segment. */
    int byteLimit() {
        return granular() ? rawLimit() << 12 | 0xFFF : rawLimit();
    }

    /** The code selector of a call gate. */
    int gateSelector() {
        return low >>> 16;
    }

    void setGateSelector(int selector) {
        low = low & 0xFFFF | selector << 16;
    }
}
