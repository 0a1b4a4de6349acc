package org.ringone.emulator;

/** The rules of DR0 to DR7: what their bits mean, and which breakpoints an access meets. */
final class DebugRegisters {
    /** DR6 bits that always read as one. */
    static final int DR6_FIXED = 0xFFFF_0FF0;
    /** DR7's bit that always reads as one. */
    static final int DR7_FIXED = 0x400;

    /** DR6: a debug register was accessed while DR7.GD was set. */
    static final int BD = 1 << 13;
    /** DR6: single step. */
    static final int BS = 1 << 14;
    /** DR6: a task switch to a TSS whose T bit is set. */
    static final int BT = 1 << 15;
    /** DR7: general detect. */
    static final int GD = 1 << 13;

    /** Kinds of breakpoint, DR7's R/W fields. */
    static final int EXECUTE = 0;

    static final int WRITE = 1;
    static final int IO = 2;
    static final int READ_WRITE = 3;

    private DebugRegisters() {}

    private static boolean enabled(CpuState s, int n) {
        return (s.dr[7] >> 2 * n & 3) != 0;
    }

    private static int kind(CpuState s, int n) {
        return s.dr[7] >> 16 + 4 * n & 3;
    }

    /** Bytes watched: 1, 2, 4, or 8 for the reserved encoding. */
    private static int length(CpuState s, int n) {
        return switch (s.dr[7] >> 18 + 4 * n & 3) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 8;
            default -> 4;
        };
    }

    /** Whether any data breakpoint is enabled. */
    static boolean watchesData(CpuState s) {
        return watches(s, WRITE) || watches(s, READ_WRITE);
    }

    static boolean watchesCode(CpuState s) {
        return watches(s, EXECUTE);
    }

    static boolean watchesPorts(CpuState s) {
        return (s.cr4 & CpuState.CR4_DE) != 0 && watches(s, IO);
    }

    private static boolean watches(CpuState s, int kind) {
        if ((s.dr[7] & 0xFF) == 0) {
            return false;
        }
        for (int n = 0; n < 4; n++) {
            if (enabled(s, n) && kind(s, n) == kind) {
                return true;
            }
        }
        return false;
    }

    /** DR6 bits of the instruction breakpoints at a linear address; 0 when no enabled one is there. */
    static int atCode(CpuState s, int linear) {
        int hit = 0;
        boolean any = false;
        for (int n = 0; n < 4; n++) {
            if (kind(s, n) == EXECUTE && s.dr[n] == linear) {
                hit |= 1 << n;
                any |= enabled(s, n);
            }
        }
        return any ? hit : 0;
    }

    /** DR6 bits of the data breakpoints that an access meets; 0 when no enabled one is met. */
    static int atData(CpuState s, int linear, int size, boolean write) {
        int hit = 0;
        boolean any = false;
        for (int n = 0; n < 4; n++) {
            int kind = kind(s, n);
            if ((kind == READ_WRITE || kind == WRITE && write) && overlaps(s, n, linear, size)) {
                hit |= 1 << n;
                any |= enabled(s, n);
            }
        }
        return any ? hit : 0;
    }

    /** DR6 bits of the I/O breakpoints that an access meets; 0 when no enabled one is met. */
    static int atPort(CpuState s, int port, int size) {
        int hit = 0;
        boolean any = false;
        for (int n = 0; n < 4; n++) {
            if (kind(s, n) == IO && overlaps(s, n, port, size)) {
                hit |= 1 << n;
                any |= enabled(s, n);
            }
        }
        return any ? hit : 0;
    }

    private static boolean overlaps(CpuState s, int n, int address, int size) {
        int length = length(s, n);
        int start = s.dr[n] & -length;
        return Integer.compareUnsigned(address - start, length) < 0
                || Integer.compareUnsigned(start - address, size) < 0;
    }
}
