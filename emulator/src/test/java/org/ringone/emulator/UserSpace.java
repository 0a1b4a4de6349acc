package org.ringone.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * The memory of a user process, identity mapped: data that 16-bit addresses reach, more data, a stack, descriptor and page tables, code.
 */
public final class UserSpace {
    /** Data lies below. */
    public static final int DATA_END = 0x2_0000;
    /** The middle of the stack, which is always there. */
    public static final int STACK = 0x2_4000;
    /** Counters of loops, small at first: nothing else is stored there. */
    public static final int COUNTERS = 0x2_8000;

    public static final int GDT = 0x2_9000;
    public static final int DIRECTORY = 0x2_A000;
    public static final int TABLE = 0x2_B000;
    /** For the other processor's way into ring 3; not compared. */
    public static final int BOOT = 0x2_C000;

    public static final int CODE = 0x3_0000;
    public static final int SIZE = 0x10_0000;

    public static final int CODE_SELECTOR = 0x0B;
    public static final int DATA_SELECTOR = 0x13;
    /** Ring 0's, for the other processor's way into ring 3. */
    public static final int SYSTEM_CODE = 0x18;

    public static final int SYSTEM_DATA = 0x20;
    /** Data at base 1000h. */
    public static final int MOVED_SELECTOR = 0x2B;
    /** In turn: not present, execute-only code, a local descriptor table, ring 0's data, beyond the table. */
    public static final int[] REFUSED = {0x33, 0x3B, 0x43, 0x23, 0x5B};
    /** Read-only data and conforming code: for instructions that only look. */
    public static final int[] OTHERS = {0x4B, 0x53};

    public static final int GDT_LIMIT = 0x57;

    private static final long[] DESCRIPTORS = {
        0,
        0x00CF_FB00_0000_FFFFL,
        0x00CF_F300_0000_FFFFL,
        0x00CF_9B00_0000_FFFFL,
        0x00CF_9300_0000_FFFFL,
        0x00CF_F300_1000_FFFFL,
        0x00CF_7300_0000_FFFFL,
        0x00CF_F900_0000_FFFFL,
        0x0000_E200_0000_FFFFL,
        0x00CF_F100_0000_FFFFL,
        0x00CF_9F00_0000_FFFFL
    };

    /** What a page of data allows. All have been read before: when else that bit is set, processors differ. */
    public enum Page {
        NOT_PRESENT(0),
        READ_ONLY(0x25),
        SUPERVISOR(0x23),
        /** Read, but not yet written to. */
        CLEAN(0x27);

        private final int bits;

        Page(int bits) {
            this.bits = bits;
        }
    }

    private final byte[] bytes = new byte[CODE];
    private final ByteBuffer memory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    /** Random data, the same for a seed; all pages of data open. */
    public UserSpace(long seed) {
        new Random(seed).nextBytes(bytes);
        for (int n = 0; n < 1024; n++) {
            memory.putInt(COUNTERS + 4 * n, n & 3);
        }
        for (int n = 0; n < DESCRIPTORS.length; n++) {
            memory.putLong(GDT + 8 * n, DESCRIPTORS[n]);
        }
        memory.putInt(DIRECTORY, TABLE | 0x27);
        for (int n = 1; n < 1024; n++) {
            memory.putInt(DIRECTORY + 4 * n, 0);
        }
        for (int n = 0; n < 1024; n++) {
            int page = n << 12;
            boolean tables = page >= GDT && page < CODE;
            memory.putInt(TABLE + 4 * n, page >= SIZE ? 0 : page | 0x20 | (tables ? 0x43 : 0x47));
        }
    }

    /** The bit of an entry that says that its page has been written to. */
    public static final int DIRTY = 0x40;

    /** Where the page-table entry of an address is. */
    public static int entry(int address) {
        return TABLE + 4 * (address >>> 12 & 0x3FF);
    }

    /** Says what a page of data allows. */
    public void page(int address, Page page) {
        memory.putInt(entry(address), address & -0x1000 | page.bits);
    }

    /** Memory up to the code. */
    public byte[] bytes() {
        return bytes;
    }

    long descriptor(int selector) {
        return memory.getLong(GDT + (selector & -8));
    }
}
