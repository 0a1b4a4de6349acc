package org.ringone.emulator.sse;

import org.ringone.emulator.OperationTable;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** What moves elements about within and between vectors: unpacking, packing, shuffles, insertion, extraction, masks of signs. */
final class Shuffles {
    private Shuffles() {}

    static void bind(OperationTable t) {
        for (int size = 8; size <= 32; size *= 2) {
            int bits = size;
            String ends = size == 8 ? "BW" : size == 16 ? "WD" : "DQ";
            t.choose("PUNPCKL" + ends, VectorGate.binary((cpu, v, i) -> {
                boolean xmm = xmm(i);
                v.a1 = xmm ? interleave(v.a0 >>> 32, v.b0 >>> 32, bits) : 0;
                v.a0 = interleave(v.a0, v.b0, bits);
                return true;
            }));
            t.choose("PUNPCKH" + ends, VectorGate.binary((cpu, v, i) -> {
                long a = xmm(i) ? v.a1 : v.a0;
                long b = xmm(i) ? v.b1 : v.b0;
                v.a0 = xmm(i) ? interleave(a, b, bits) : interleave(a >>> 32, b >>> 32, bits);
                v.a1 = xmm(i) ? interleave(a >>> 32, b >>> 32, bits) : 0;
                return true;
            }));
        }
        t.choose("UNPCKLPS", VectorGate.binary((cpu, v, i) -> {
            v.a1 = interleave(v.a0 >>> 32, v.b0 >>> 32, 32);
            v.a0 = interleave(v.a0, v.b0, 32);
            return true;
        }));
        t.choose("UNPCKHPS", VectorGate.binary((cpu, v, i) -> {
            v.a0 = interleave(v.a1, v.b1, 32);
            v.a1 = interleave(v.a1 >>> 32, v.b1 >>> 32, 32);
            return true;
        }));
        for (String low : new String[] {"PUNPCKLQDQ", "UNPCKLPD"}) {
            t.choose(low, VectorGate.binary((cpu, v, i) -> {
                v.a1 = v.b0;
                return true;
            }));
        }
        for (String high : new String[] {"PUNPCKHQDQ", "UNPCKHPD"}) {
            t.choose(high, VectorGate.binary((cpu, v, i) -> {
                v.a0 = v.a1;
                v.a1 = v.b1;
                return true;
            }));
        }
        pack(t, "PACKSSWB", 16, -0x80, 0x7F);
        pack(t, "PACKUSWB", 16, 0, 0xFF);
        pack(t, "PACKSSDW", 32, -0x8000, 0x7FFF);
        t.choose("PSHUFW", VectorGate.binary((cpu, v, i) -> {
            v.a0 = words(v.b0, i.immediate);
            return true;
        }));
        t.choose("PSHUFLW", VectorGate.binary((cpu, v, i) -> {
            v.a0 = words(v.b0, i.immediate);
            v.a1 = v.b1;
            return true;
        }));
        t.choose("PSHUFHW", VectorGate.binary((cpu, v, i) -> {
            v.a0 = v.b0;
            v.a1 = words(v.b1, i.immediate);
            return true;
        }));
        t.choose("PSHUFD", VectorGate.binary((cpu, v, i) -> {
            v.a0 = pair(v.b0, v.b1, i.immediate);
            v.a1 = pair(v.b0, v.b1, i.immediate >> 4);
            return true;
        }));
        t.choose("SHUFPS", VectorGate.binary((cpu, v, i) -> {
            v.a0 = pair(v.a0, v.a1, i.immediate);
            v.a1 = pair(v.b0, v.b1, i.immediate >> 4);
            return true;
        }));
        t.choose("SHUFPD", VectorGate.binary((cpu, v, i) -> {
            v.a0 = (i.immediate & 1) != 0 ? v.a1 : v.a0;
            v.a1 = (i.immediate & 2) != 0 ? v.b1 : v.b0;
            return true;
        }));
        t.choose("PINSRW", VectorGate.binary((cpu, v, i) -> {
            int shift = 16 * (i.immediate & 3);
            long mask = 0xFFFFL << shift;
            long word = (v.b0 & 0xFFFF) << shift;
            if (xmm(i) && (i.immediate & 4) != 0) {
                v.a1 = v.a1 & ~mask | word;
            } else {
                v.a0 = v.a0 & ~mask | word;
            }
            return true;
        }));
        t.choose("PEXTRW", VectorGate.binary((cpu, v, i) -> {
            boolean upper = i.form.operand(1).bank() == Operand.Bank.XMM && (i.immediate & 4) != 0;
            v.a0 = (upper ? v.b1 : v.b0) >>> 16 * (i.immediate & 3) & 0xFFFF;
            return true;
        }));
        t.choose("PMOVMSKB", VectorGate.binary((cpu, v, i) -> {
            v.a0 = signs(v.b0, 8) | signs(v.b1, 8) << 8;
            return true;
        }));
        t.choose("MOVMSKPS", VectorGate.binary((cpu, v, i) -> {
            v.a0 = signs(v.b0, 32) | signs(v.b1, 32) << 2;
            return true;
        }));
        t.choose("MOVMSKPD", VectorGate.binary((cpu, v, i) -> {
            v.a0 = v.b0 >>> 63 | v.b1 >>> 63 << 1;
            return true;
        }));
    }

    private static boolean xmm(Instruction i) {
        return i.form.operand(0).bank() == Operand.Bank.XMM;
    }

    /** Elements of the lower 32 bits in turn, those of the first one lower. */
    private static long interleave(long a, long b, int size) {
        long mask = -1L >>> 64 - size;
        long result = 0;
        for (int n = 0; n < 32 / size; n++) {
            result |= (a >>> n * size & mask) << 2 * n * size | (b >>> n * size & mask) << (2 * n + 1) * size;
        }
        return result;
    }

    private static void pack(OperationTable t, String name, int size, int least, int most) {
        t.choose(name, VectorGate.binary((cpu, v, i) -> {
            long a0 = narrow(v.a0, size, least, most);
            if (xmm(i)) {
                v.a0 = a0 | narrow(v.a1, size, least, most) << 32;
                v.a1 = narrow(v.b0, size, least, most) | narrow(v.b1, size, least, most) << 32;
            } else {
                v.a0 = a0 | narrow(v.b0, size, least, most) << 32;
            }
            return true;
        }));
    }

    /** Signed elements of 64 bits, saturated to half their size, in 32 bits. */
    private static long narrow(long value, int size, int least, int most) {
        int half = size / 2;
        long result = 0;
        for (int n = 0; n < 64 / size; n++) {
            int element = (int) (value << 64 - size * (n + 1) >> 64 - size);
            long saturated = PackedIntegers.saturate(element, least, most) & (1L << half) - 1;
            result |= saturated << n * half;
        }
        return result;
    }

    private static long words(long value, int order) {
        long result = 0;
        for (int n = 0; n < 4; n++) {
            result |= (value >>> 16 * (order >> 2 * n & 3) & 0xFFFF) << 16 * n;
        }
        return result;
    }

    /** Two doublewords of four, chosen by two bits each. */
    private static long pair(long low, long high, int order) {
        return doubleword(low, high, order & 3) | doubleword(low, high, order >> 2 & 3) << 32;
    }

    private static long doubleword(long low, long high, int n) {
        return (n < 2 ? low : high) >>> 32 * (n & 1) & 0xFFFF_FFFFL;
    }

    private static long signs(long value, int size) {
        long result = 0;
        for (int n = 0; n < 64 / size; n++) {
            result |= (value >>> size * (n + 1) - 1 & 1) << n;
        }
        return result;
    }
}
