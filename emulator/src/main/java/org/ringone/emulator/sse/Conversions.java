package org.ringone.emulator.sse;

import static org.ringone.emulator.sse.Elements.LOW;

import org.ringone.emulator.OperationTable;
import org.ringone.emulator.real.Rounder;
import org.ringone.emulator.sse.VectorArithmetic.Format;

/** Conversions between integers, single and double precision; names with CVTT cut, the others round by MXCSR. */
final class Conversions {
    /** Leaves the result in the destination's halves. */
    private interface Conversion {
        void of(VectorArithmetic x, Sse v);
    }

    private Conversions() {}

    static void bind(OperationTable t) {
        bind(t, "CVTPI2PS", (x, v) -> v.a0 = singles(x, v.b0));
        bind(t, "CVTPI2PD", Conversions::doubles);
        bind(t, "CVTDQ2PD", Conversions::doubles);
        bind(t, "CVTDQ2PS", (x, v) -> {
            v.a0 = singles(x, v.b0);
            v.a1 = singles(x, v.b1);
        });
        bind(t, "CVTSI2SS", (x, v) -> v.a0 = v.a0 & ~LOW | x.fromInteger((int) v.b0, Format.SINGLE) & LOW);
        bind(t, "CVTSI2SD", (x, v) -> v.a0 = x.fromInteger((int) v.b0, Format.DOUBLE));
        bind(t, "CVTPS2PD", (x, v) -> {
            v.a0 = x.convert(v.b0 & LOW, Format.SINGLE, Format.DOUBLE);
            v.a1 = x.convert(v.b0 >>> 32, Format.SINGLE, Format.DOUBLE);
        });
        bind(t, "CVTPD2PS", (x, v) -> {
            v.a0 = x.convert(v.b0, Format.DOUBLE, Format.SINGLE) | x.convert(v.b1, Format.DOUBLE, Format.SINGLE) << 32;
            v.a1 = 0;
        });
        bind(t, "CVTSS2SD", (x, v) -> v.a0 = x.convert(v.b0 & LOW, Format.SINGLE, Format.DOUBLE));
        bind(t, "CVTSD2SS", (x, v) -> v.a0 = v.a0 & ~LOW | x.convert(v.b0, Format.DOUBLE, Format.SINGLE));
        for (boolean cut : new boolean[] {false, true}) {
            String name = cut ? "CVTT" : "CVT";
            bind(t, name + "PS2PI", (x, v) -> v.a0 = integers(x, v.b0, cut));
            bind(t, name + "PS2DQ", (x, v) -> {
                v.a0 = integers(x, v.b0, cut);
                v.a1 = integers(x, v.b1, cut);
            });
            bind(t, name + "SS2SI", (x, v) -> v.a0 = x.toInteger(v.b0 & LOW, Format.SINGLE, mode(x, cut)));
            bind(t, name + "SD2SI", (x, v) -> v.a0 = x.toInteger(v.b0, Format.DOUBLE, mode(x, cut)));
            bind(t, name + "PD2PI", (x, v) -> integersOfDoubles(x, v, cut));
            bind(t, name + "PD2DQ", (x, v) -> integersOfDoubles(x, v, cut));
        }
    }

    private static void bind(OperationTable t, String name, Conversion conversion) {
        t.choose(name, VectorGate.binary((cpu, v, i) -> {
            v.arithmetic.begin();
            conversion.of(v.arithmetic, v);
            return v.arithmetic.end(cpu);
        }));
    }

    private static int mode(VectorArithmetic x, boolean cut) {
        return cut ? Rounder.ZERO : x.mode;
    }

    private static long singles(VectorArithmetic x, long pair) {
        long low = x.fromInteger((int) pair, Format.SINGLE) & LOW;
        return low | x.fromInteger((int) (pair >>> 32), Format.SINGLE) << 32;
    }

    private static void doubles(VectorArithmetic x, Sse v) {
        long pair = v.b0;
        v.a0 = x.fromInteger((int) pair, Format.DOUBLE);
        v.a1 = x.fromInteger((int) (pair >>> 32), Format.DOUBLE);
    }

    private static long integers(VectorArithmetic x, long pair, boolean cut) {
        long low = x.toInteger(pair & LOW, Format.SINGLE, mode(x, cut)) & LOW;
        return low | (long) x.toInteger(pair >>> 32, Format.SINGLE, mode(x, cut)) << 32;
    }

    private static void integersOfDoubles(VectorArithmetic x, Sse v, boolean cut) {
        long low = x.toInteger(v.b0, Format.DOUBLE, mode(x, cut)) & LOW;
        v.a0 = low | (long) x.toInteger(v.b1, Format.DOUBLE, mode(x, cut)) << 32;
        v.a1 = 0;
    }
}
