package org.ringone.emulator.sse;

import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.ringone.emulator.OperationTable;

/** Packed integer arithmetic, comparisons and logic: the same on each 64 bits. */
final class PackedIntegers {
    private PackedIntegers() {}

    static void bind(OperationTable t) {
        halves(t, "PAND", (a, b) -> a & b);
        halves(t, "PANDN", (a, b) -> ~a & b);
        halves(t, "POR", (a, b) -> a | b);
        halves(t, "PXOR", (a, b) -> a ^ b);
        for (String type : new String[] {"PS", "PD"}) {
            halves(t, "AND" + type, (a, b) -> a & b);
            halves(t, "ANDN" + type, (a, b) -> ~a & b);
            halves(t, "OR" + type, (a, b) -> a | b);
            halves(t, "XOR" + type, (a, b) -> a ^ b);
        }
        signed(t, "PADDB", 8, (a, b) -> a + b);
        signed(t, "PADDW", 16, (a, b) -> a + b);
        signed(t, "PADDD", 32, (a, b) -> a + b);
        halves(t, "PADDQ", (a, b) -> a + b);
        signed(t, "PSUBB", 8, (a, b) -> a - b);
        signed(t, "PSUBW", 16, (a, b) -> a - b);
        signed(t, "PSUBD", 32, (a, b) -> a - b);
        halves(t, "PSUBQ", (a, b) -> a - b);
        signed(t, "PADDSB", 8, (a, b) -> saturate(a + b, -0x80, 0x7F));
        signed(t, "PADDSW", 16, (a, b) -> saturate(a + b, -0x8000, 0x7FFF));
        signed(t, "PSUBSB", 8, (a, b) -> saturate(a - b, -0x80, 0x7F));
        signed(t, "PSUBSW", 16, (a, b) -> saturate(a - b, -0x8000, 0x7FFF));
        unsigned(t, "PADDUSB", 8, (a, b) -> Math.min(a + b, 0xFF));
        unsigned(t, "PADDUSW", 16, (a, b) -> Math.min(a + b, 0xFFFF));
        unsigned(t, "PSUBUSB", 8, (a, b) -> Math.max(a - b, 0));
        unsigned(t, "PSUBUSW", 16, (a, b) -> Math.max(a - b, 0));
        signed(t, "PMINSW", 16, Math::min);
        signed(t, "PMAXSW", 16, Math::max);
        unsigned(t, "PMINUB", 8, Math::min);
        unsigned(t, "PMAXUB", 8, Math::max);
        unsigned(t, "PAVGB", 8, (a, b) -> a + b + 1 >> 1);
        unsigned(t, "PAVGW", 16, (a, b) -> a + b + 1 >> 1);
        signed(t, "PMULLW", 16, (a, b) -> a * b);
        signed(t, "PMULHW", 16, (a, b) -> a * b >> 16);
        unsigned(t, "PMULHUW", 16, (a, b) -> a * b >>> 16);
        halves(t, "PMULUDQ", (a, b) -> (a & 0xFFFF_FFFFL) * (b & 0xFFFF_FFFFL));
        halves(t, "PMADDWD", PackedIntegers::multiplyAndAdd);
        halves(t, "PSADBW", PackedIntegers::differences);
        for (int size = 8; size <= 32; size *= 2) {
            String letter = size == 8 ? "B" : size == 16 ? "W" : "D";
            signed(t, "PCMPEQ" + letter, size, (a, b) -> a == b ? -1 : 0);
            signed(t, "PCMPGT" + letter, size, (a, b) -> a > b ? -1 : 0);
        }
    }

    static int saturate(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }

    private static void halves(OperationTable t, String name, LongBinaryOperator operator) {
        t.choose(name, VectorGate.binary((cpu, v, i) -> {
            v.a0 = operator.applyAsLong(v.a0, v.b0);
            v.a1 = operator.applyAsLong(v.a1, v.b1);
            return true;
        }));
    }

    private static void signed(OperationTable t, String name, int size, IntBinaryOperator operator) {
        halves(t, name, (a, b) -> {
            long result = 0;
            for (int at = 0; at < 64; at += size) {
                int up = 64 - size - at;
                int lane = operator.applyAsInt((int) (a << up >> 64 - size), (int) (b << up >> 64 - size));
                result |= ((long) lane & -1L >>> 64 - size) << at;
            }
            return result;
        });
    }

    private static void unsigned(OperationTable t, String name, int size, IntBinaryOperator operator) {
        halves(t, name, (a, b) -> {
            long result = 0;
            for (int at = 0; at < 64; at += size) {
                int up = 64 - size - at;
                int lane = operator.applyAsInt((int) (a << up >>> 64 - size), (int) (b << up >>> 64 - size));
                result |= ((long) lane & -1L >>> 64 - size) << at;
            }
            return result;
        });
    }

    private static long multiplyAndAdd(long a, long b) {
        int low = (short) a * (short) b + (short) (a >> 16) * (short) (b >> 16);
        int high = (short) (a >> 32) * (short) (b >> 32) + (short) (a >> 48) * (short) (b >> 48);
        return (long) high << 32 | low & 0xFFFF_FFFFL;
    }

    private static long differences(long a, long b) {
        long sum = 0;
        for (int at = 0; at < 64; at += 8) {
            sum += Math.abs((int) (a >>> at & 0xFF) - (int) (b >>> at & 0xFF));
        }
        return sum;
    }
}
