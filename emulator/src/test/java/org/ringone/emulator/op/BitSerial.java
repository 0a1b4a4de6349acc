package org.ringone.emulator.op;

import org.ringone.emulator.StatusFlags;

/** A slow model of the arithmetic, one bit or one step at a time as the manual's pseudo-code has it: shares nothing with the product. */
final class BitSerial {
    final int bits;
    int result;
    boolean cf;
    boolean of;
    boolean af;
    boolean zf;
    boolean sf;
    boolean pf;

    BitSerial(int size, int eflags) {
        bits = size * 8;
        cf = (eflags & StatusFlags.CF) != 0;
        of = (eflags & StatusFlags.OF) != 0;
        af = (eflags & StatusFlags.AF) != 0;
        zf = (eflags & StatusFlags.ZF) != 0;
        sf = (eflags & StatusFlags.SF) != 0;
        pf = (eflags & StatusFlags.PF) != 0;
    }

    int eflags() {
        return (cf ? 0x001 : 0)
                | (pf ? 0x004 : 0)
                | (af ? 0x010 : 0)
                | (zf ? 0x040 : 0)
                | (sf ? 0x080 : 0)
                | (of ? 0x800 : 0);
    }

    private static boolean bit(int value, int n) {
        return (value >> n & 1) != 0;
    }

    private void byResult() {
        zf = true;
        int ones = 0;
        for (int n = 0; n < bits; n++) {
            if (bit(result, n)) {
                zf = false;
                ones += n < 8 ? 1 : 0;
            }
        }
        sf = bit(result, bits - 1);
        pf = ones % 2 == 0;
    }

    void add(int a, int b, boolean carryIn) {
        boolean c = carryIn;
        boolean intoTop = false;
        result = 0;
        for (int n = 0; n < bits; n++) {
            int sum = (bit(a, n) ? 1 : 0) + (bit(b, n) ? 1 : 0) + (c ? 1 : 0);
            intoTop = c;
            c = sum > 1;
            result |= (sum & 1) << n;
            if (n == 3) {
                af = c;
            }
        }
        cf = c;
        of = c != intoTop;
        byResult();
    }

    void sub(int a, int b, boolean borrowIn) {
        boolean w = borrowIn;
        boolean intoTop = false;
        result = 0;
        for (int n = 0; n < bits; n++) {
            int difference = (bit(a, n) ? 1 : 0) - (bit(b, n) ? 1 : 0) - (w ? 1 : 0);
            intoTop = w;
            w = difference < 0;
            result |= (difference & 1) << n;
            if (n == 3) {
                af = w;
            }
        }
        cf = w;
        of = w != intoTop;
        byResult();
    }

    void logic(int value) {
        result = value & (int) ((1L << bits) - 1);
        cf = false;
        of = false;
        af = false;
        byResult();
    }

    void shl(int a, int count) {
        steps(a, count, () -> {
            cf = bit(result, bits - 1);
            result = result << 1;
            of = bit(result, bits - 1) != cf;
        });
    }

    void shr(int a, int count) {
        steps(a, count, () -> {
            of = bit(result, bits - 1);
            cf = bit(result, 0);
            result = (result & (int) ((1L << bits) - 1)) >>> 1;
        });
    }

    void sar(int a, int count) {
        steps(a, count, () -> {
            of = false;
            cf = bit(result, 0);
            boolean top = bit(result, bits - 1);
            result = result >>> 1 & ~(1 << bits - 1) | (top ? 1 << bits - 1 : 0);
        });
    }

    void rol(int a, int count) {
        rotate(a, count, () -> {
            cf = bit(result, bits - 1);
            result = result << 1 | (cf ? 1 : 0);
            of = bit(result, bits - 1) != cf;
        });
    }

    void ror(int a, int count) {
        rotate(a, count, () -> {
            cf = bit(result, 0);
            result = result >>> 1 & ~(1 << bits - 1) | (cf ? 1 << bits - 1 : 0);
            of = bit(result, bits - 1) != bit(result, bits - 2);
        });
    }

    void rcl(int a, int count) {
        rotate(a, count, () -> {
            boolean out = bit(result, bits - 1);
            result = result << 1 | (cf ? 1 : 0);
            cf = out;
            of = bit(result, bits - 1) != cf;
        });
    }

    void rcr(int a, int count) {
        rotate(a, count, () -> {
            boolean out = bit(result, 0);
            result = result >>> 1 & ~(1 << bits - 1) | (cf ? 1 << bits - 1 : 0);
            cf = out;
            of = bit(result, bits - 1) != bit(result, bits - 2);
        });
    }

    void shld(int a, int fill, int count) {
        int[] left = {count & 31};
        int[] next = {bits - 1};
        boolean[] source = new boolean[3 * bits];
        for (int n = 0; n < bits; n++) {
            source[n] = bit(fill, n);
        }
        int again = a;
        steps(a, left[0], () -> {
            boolean in = next[0] >= 0 ? source[next[0]] : bit(again, bits + next[0]);
            next[0]--;
            cf = bit(result, bits - 1);
            result = result << 1 | (in ? 1 : 0);
            of = bit(result, bits - 1) != cf;
        });
    }

    void shrd(int a, int fill, int count) {
        int[] next = {0};
        int again = a;
        steps(a, count, () -> {
            boolean in = next[0] < bits ? bit(fill, next[0]) : bit(again, next[0] - bits);
            next[0]++;
            boolean top = bit(result, bits - 1);
            cf = bit(result, 0);
            result = result >>> 1 & ~(1 << bits - 1) | (in ? 1 << bits - 1 : 0);
            of = bit(result, bits - 1) != top;
        });
    }

    private void steps(int a, int count, Runnable step) {
        result = a;
        if ((count & 31) == 0) {
            return;
        }
        for (int n = 0; n < (count & 31); n++) {
            step.run();
            result &= (int) ((1L << bits) - 1);
        }
        af = false;
        byResult();
    }

    private void rotate(int a, int count, Runnable step) {
        result = a;
        for (int n = 0; n < (count & 31); n++) {
            step.run();
            result &= (int) ((1L << bits) - 1);
        }
    }
}
