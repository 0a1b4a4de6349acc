package org.ringone.emulator;

/**
 * Segment descriptors: the fields of their two words, and the rights word kept in segment registers, which is bits 8 to 23 of the
 * upper word with the limit bits 0.
 */
public final class Descriptor {
    /** Bits of the rights word. Accessed, of code and data segments. */
    public static final int ACCESSED = 1;
    /** Data: writable. */
    public static final int WRITABLE = 2;
    /** Code: readable. */
    public static final int READABLE = 2;
    /** Data: expand-down. */
    public static final int EXPAND_DOWN = 4;
    /** Code: conforming. */
    public static final int CONFORMING = 4;
    /** Code, not data. */
    public static final int CODE = 8;
    /** Code or data, not a system descriptor. */
    public static final int SEGMENT = 0x10;

    public static final int PRESENT = 0x80;
    /** Default size of code, size of a stack pointer, upper bound of expand-down data: 32 bits. */
    public static final int BIG = 0x4000;

    public static final int GRANULAR = 0x8000;

    /** System types, as bits 0 to 4 of the rights word. */
    static final int TSS16 = 1;

    static final int LDT = 2;
    static final int TSS16_BUSY = 3;
    static final int CALL_GATE16 = 4;
    static final int TASK_GATE = 5;
    static final int INTERRUPT_GATE16 = 6;
    static final int TRAP_GATE16 = 7;
    static final int TSS32 = 9;
    static final int TSS32_BUSY = 11;
    static final int CALL_GATE32 = 12;
    static final int INTERRUPT_GATE32 = 14;
    static final int TRAP_GATE32 = 15;

    private static final int RIGHTS = 0xF0FF;

    private Descriptor() {}

    public static int rights(long descriptor) {
        return (int) (descriptor >>> 40) & RIGHTS;
    }

    public static int base(long descriptor) {
        return (int) (descriptor >>> 16) & 0xFF_FFFF | (int) (descriptor >>> 56) << 24;
    }

    /** In bytes, granularity applied. */
    public static int limit(long descriptor) {
        int limit = (int) descriptor & 0xFFFF | (int) (descriptor >>> 32) & 0xF_0000;
        return (descriptor & 1L << 55) != 0 ? limit << 12 | 0xFFF : limit;
    }

    public static int dpl(int rights) {
        return rights >> 5 & 3;
    }

    /** Type and system bit: bits 0 to 4. */
    static int type(int rights) {
        return rights & 0x1F;
    }

    static boolean present(int rights) {
        return (rights & PRESENT) != 0;
    }

    static boolean code(int rights) {
        return (rights & (SEGMENT | CODE)) == (SEGMENT | CODE);
    }

    static boolean data(int rights) {
        return (rights & (SEGMENT | CODE)) == SEGMENT;
    }

    static boolean conforming(int rights) {
        return (rights & CONFORMING) != 0;
    }

    /** Whether a loaded segment can be read. */
    static boolean readable(int rights) {
        return (rights & (PRESENT | SEGMENT)) == (PRESENT | SEGMENT) && (rights & (CODE | READABLE)) != CODE;
    }

    /** Whether a loaded segment can be written. */
    static boolean writable(int rights) {
        return (rights & (PRESENT | SEGMENT | CODE | WRITABLE)) == (PRESENT | SEGMENT | WRITABLE);
    }

    /** Whether a loaded segment allows an access to {@code size} bytes at {@code offset}; one that wraps is not allowed. */
    static boolean allows(int rights, int limit, int offset, int size, boolean write) {
        return (write ? writable(rights) : readable(rights)) && within(rights, limit, offset, size);
    }

    /** Whether {@code size} bytes at {@code offset} lie within a segment's limit. */
    static boolean within(int rights, int limit, int offset, int size) {
        int last = offset + size - 1;
        if (Integer.compareUnsigned(last, offset) < 0) {
            return false;
        }
        if ((rights & (CODE | EXPAND_DOWN)) == EXPAND_DOWN) {
            int top = (rights & BIG) != 0 ? -1 : 0xFFFF;
            return Integer.compareUnsigned(offset, limit) > 0 && Integer.compareUnsigned(last, top) <= 0;
        }
        return Integer.compareUnsigned(last, limit) <= 0;
    }
}
