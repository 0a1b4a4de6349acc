package org.ringone.emulator.sse;

import org.ringone.emulator.OperationTable;
import org.ringone.x86.Operand;

/** Shifts of packed integers, by an immediate or by the low 64 bits of an operand; and of whole registers by bytes. */
final class VectorShifts {
    /** Shifts one element of so many bits; the count is less than the size, or is the size. */
    private interface Shift {
        long apply(long element, int count, int size);
    }

    private VectorShifts() {}

    static void bind(OperationTable t) {
        String[] letters = {"W", "D", "Q"};
        for (int n = 0; n < 3; n++) {
            int size = 16 << n;
            shift(t, "PSLL" + letters[n], size, (e, count, s) -> count == s ? 0 : e << count);
            shift(t, "PSRL" + letters[n], size, (e, count, s) -> count == s ? 0 : e >>> count);
            if (n < 2) {
                shift(t, "PSRA" + letters[n], size, (e, count, s) -> e << 64 - s >> 64 - s >> Math.min(count, s - 1));
            }
        }
        t.choose("PSLLDQ", VectorGate.gated((cpu, m, i) -> {
            Sse v = cpu.sse();
            VectorGate.destination(cpu, v, i);
            int bits = 8 * Math.min(i.immediate & 0xFF, 16);
            v.a1 = bits >= 64
                    ? bits == 128 ? 0 : v.a0 << bits - 64
                    : bits == 0 ? v.a1 : v.a1 << bits | v.a0 >>> 64 - bits;
            v.a0 = bits >= 64 ? 0 : v.a0 << bits;
            VectorGate.give(cpu, v, i);
        }));
        t.choose("PSRLDQ", VectorGate.gated((cpu, m, i) -> {
            Sse v = cpu.sse();
            VectorGate.destination(cpu, v, i);
            int bits = 8 * Math.min(i.immediate & 0xFF, 16);
            v.a0 = bits >= 64
                    ? bits == 128 ? 0 : v.a1 >>> bits - 64
                    : bits == 0 ? v.a0 : v.a0 >>> bits | v.a1 << 64 - bits;
            v.a1 = bits >= 64 ? 0 : v.a1 >>> bits;
            VectorGate.give(cpu, v, i);
        }));
    }

    private static void shift(OperationTable t, String name, int size, Shift shift) {
        t.choose(name, VectorGate.gated((cpu, m, i) -> {
            Sse v = cpu.sse();
            long by = i.immediate & 0xFF;
            if (i.form.operand(1) != Operand.Ib) {
                if (!VectorGate.source(cpu, m, i)) {
                    return;
                }
                by = v.b0;
            }
            int count = Long.compareUnsigned(by, size) > 0 ? size : (int) by;
            VectorGate.destination(cpu, v, i);
            v.a0 = each(v.a0, count, size, shift);
            v.a1 = each(v.a1, count, size, shift);
            VectorGate.give(cpu, v, i);
        }));
    }

    private static long each(long value, int count, int size, Shift shift) {
        long mask = -1L >>> 64 - size;
        long result = 0;
        for (int at = 0; at < 64; at += size) {
            result |= (shift.apply(value >>> at & mask, count, size) & mask) << at;
        }
        return result;
    }
}
