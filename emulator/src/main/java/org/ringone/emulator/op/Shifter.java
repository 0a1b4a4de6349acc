package org.ringone.emulator.op;

import org.ringone.emulator.CpuState;
import org.ringone.emulator.StatusFlags;

/**
 * Shifts, rotates and double shifts with their flags.
 *
 * <p>Widths are in bytes; {@code a} must be zero-extended; counts are taken as the instruction has them and masked to five bits
 * here. The result is the new operand value (bits above the width are to be ignored). A masked count of 0 changes no flag.
 *
 * <p>What the manual leaves undefined is chosen so: OF after counts other than 1 is that of the last single
 * step, as processors have it; AF after shifts is 0; CF of SHL and SHR by more than the width is 0; a 16-bit double shift by more than 16
 * goes on with the bits of the destination again, as P6 processors do.
 */
final class Shifter {
    private Shifter() {}

    static int shl(CpuState s, int a, int count, int size) {
        int n = count & 31;
        if (n == 0) {
            return a;
        }
        int shift = 32 - (size << 3);
        int last = a << n - 1 << shift;
        int r = last << 1;
        StatusFlags.set(s, r >> shift, last < 0, (last ^ r) < 0);
        return r >> shift;
    }

    static int shr(CpuState s, int a, int count, int size) {
        int n = count & 31;
        if (n == 0) {
            return a;
        }
        int shift = 32 - (size << 3);
        int last = a >>> n - 1;
        int r = last >>> 1;
        StatusFlags.set(s, r << shift >> shift, (last & 1) != 0, last << shift < 0);
        return r;
    }

    static int sar(CpuState s, int a, int count, int size) {
        int n = count & 31;
        if (n == 0) {
            return a;
        }
        int shift = 32 - (size << 3);
        int last = a << shift >> shift >> n - 1;
        int r = last >> 1;
        StatusFlags.set(s, r, (last & 1) != 0, false);
        return r;
    }

    static int rol(CpuState s, int a, int count, int size) {
        if ((count & 31) == 0) {
            return a;
        }
        int bits = size << 3;
        int n = count & bits - 1;
        int r = n == 0 ? a : a << n | a >>> bits - n;
        carryAndOverflow(s, (r & 1) != 0, ((r >>> bits - 1 ^ r) & 1) != 0);
        return r;
    }

    static int ror(CpuState s, int a, int count, int size) {
        if ((count & 31) == 0) {
            return a;
        }
        int bits = size << 3;
        int n = count & bits - 1;
        int r = n == 0 ? a : a >>> n | a << bits - n;
        carryAndOverflow(s, (r >>> bits - 1 & 1) != 0, ((r >>> bits - 1 ^ r >>> bits - 2) & 1) != 0);
        return r;
    }

    static int rcl(CpuState s, int a, int count, int size) {
        int bits = size << 3;
        int n = (count & 31) % (bits + 1);
        if (n == 0) {
            return a;
        }
        long ring = (long) StatusFlags.carryBit(s) << bits | a & 0xFFFF_FFFFL;
        long turned = ring << n | ring >>> bits + 1 - n;
        int r = (int) turned;
        boolean carry = (turned >>> bits & 1) != 0;
        carryAndOverflow(s, carry, (r >>> bits - 1 & 1) != 0 ^ carry);
        return r;
    }

    static int rcr(CpuState s, int a, int count, int size) {
        int bits = size << 3;
        int n = (count & 31) % (bits + 1);
        if (n == 0) {
            return a;
        }
        long ring = (long) StatusFlags.carryBit(s) << bits | a & 0xFFFF_FFFFL;
        long turned = ring >>> n | ring << bits + 1 - n;
        int r = (int) turned;
        boolean carry = (turned >>> bits & 1) != 0;
        carryAndOverflow(s, carry, ((r >>> bits - 1 ^ r >>> bits - 2) & 1) != 0);
        return r;
    }

    /** Shifts {@code a} left and fills from the top of {@code fill}; size 2 or 4. */
    static int shld(CpuState s, int a, int fill, int count, int size) {
        int n = count & 31;
        if (n == 0) {
            return a;
        }
        int shift = 32 - (size << 3);
        long wide = size == 2
                ? (long) a << 32 | (long) (fill & 0xFFFF) << 16 | a & 0xFFFF
                : (long) a << 32 | fill & 0xFFFF_FFFFL;
        int last = (int) (wide << n - 1 >>> 32) << shift;
        int r = (int) (wide << n >>> 32) << shift;
        StatusFlags.set(s, r >> shift, last < 0, (last ^ r) < 0);
        return r >> shift;
    }

    /** Shifts {@code a} right and fills from the bottom of {@code fill}; size 2 or 4. */
    static int shrd(CpuState s, int a, int fill, int count, int size) {
        int n = count & 31;
        if (n == 0) {
            return a;
        }
        int shift = 32 - (size << 3);
        long wide = size == 2
                ? (long) (a & 0xFFFF) << 32 | (long) (fill & 0xFFFF) << 16 | a & 0xFFFF
                : (long) fill << 32 | a & 0xFFFF_FFFFL;
        long last = wide >>> n - 1;
        int r = (int) (last >>> 1) << shift >> shift;
        StatusFlags.set(s, r, (last & 1) != 0, ((int) last << shift ^ r) < 0);
        return r;
    }

    /** Rotates change CF and OF only. */
    private static void carryAndOverflow(CpuState s, boolean carry, boolean overflow) {
        StatusFlags.carry(s, carry);
        StatusFlags.overflow(s, overflow);
    }
}
