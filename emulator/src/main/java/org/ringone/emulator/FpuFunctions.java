package org.ringone.emulator;

import org.ringone.x86.Instruction;

/** Floating-point instructions on one or two registers of the stack's top, and those that look at the stack itself. */
final class FpuFunctions {

    /** Constants with the bits below their 64, so that they can be rounded in every direction. */
    private enum Constant {
        FLDL2T(0x4000, 0xD49A784BCD1B8AFEL, 0x492BF6FF4DAFDB4CL),
        FLDL2E(0x3FFF, 0xB8AA3B295C17F0BBL, 0xBE87FED0691D3E88L),
        FLDPI(0x4000, 0xC90FDAA22168C234L, 0xC4C6628B80DC1CD1L),
        FLDLG2(0x3FFD, 0x9A209A84FBCFF798L, 0x8F8959AC0B7C9178L),
        FLDLN2(0x3FFE, 0xB17217F7D1CF79ABL, 0xC9E3B39803F2F6AFL);

        private final int exponent;
        private final long high;
        private final long low;

        Constant(int exponent, long high, long low) {
            this.exponent = exponent;
            this.high = high;
            this.low = low;
        }

        /** The significand as the rounding control wants it; loading a constant is never inexact. */
        long significand(int rounding) {
            boolean up = rounding == 2 || rounding == 0 && low < 0;
            return up ? high + 1 : high;
        }
    }

    private FpuFunctions() {}

    static void bind(OperationTable t) {
        for (Constant constant : Constant.values()) {
            t.bind(
                    constant.name(),
                    FpuInstructions.computing((cpu, m, i) ->
                            cpu.fpu().push(constant.significand(cpu.fpu().rounding()), constant.exponent)));
        }
        t.bind("FNOP", FpuInstructions.computing((cpu, m, i) -> {}));
        t.bind("FCHS", FpuInstructions.computing((cpu, m, i) -> sign(cpu.fpu(), 0x8000, 0xFFFF)));
        t.bind("FABS", FpuInstructions.computing((cpu, m, i) -> sign(cpu.fpu(), 0, 0x7FFF)));
        t.bind("FXAM", FpuInstructions.computing((cpu, m, i) -> examine(cpu.fpu())));
        t.bind("FINCSTP", FpuInstructions.computing((cpu, m, i) -> cpu.fpu().turn(1)));
        t.bind("FDECSTP", FpuInstructions.computing((cpu, m, i) -> cpu.fpu().turn(-1)));
        t.bind("FFREE", FpuInstructions.computing((cpu, m, i) -> cpu.fpu().free(i.rm)));
        t.bind("FFREEP", FpuInstructions.computing((cpu, m, i) -> {
            cpu.fpu().free(i.rm);
            cpu.fpu().pop();
        }));
        t.bind("FCMOVCC", FpuInstructions.computing(FpuFunctions::moveIf));
        t.bind("FRNDINT", one((f, a, e) -> f.functions().roundToWhole(a, e), Fpu::functions));
        t.bind("F2XM1", one((f, a, e) -> f.transcendentals().twoToMinusOne(a, e), Fpu::transcendentals));
        t.bind("FSIN", angle((f, a, e) -> f.transcendentals().sine(a, e)));
        t.bind("FCOS", angle((f, a, e) -> f.transcendentals().cosine(a, e)));
        t.bind("FPTAN", FpuInstructions.computing((cpu, m, i) -> tangent(cpu.fpu())));
        t.bind("FSINCOS", FpuInstructions.computing((cpu, m, i) -> sineAndCosine(cpu.fpu())));
        t.bind("FXTRACT", FpuInstructions.computing((cpu, m, i) -> extract(cpu.fpu())));
        t.bind("FSCALE", two(0, (f, a, ae, b, be) -> f.functions().scale(a, ae, b, be), Fpu::functions));
        t.bind("FPREM", FpuInstructions.computing((cpu, m, i) -> remainder(cpu.fpu(), false)));
        t.bind("FPREM1", FpuInstructions.computing((cpu, m, i) -> remainder(cpu.fpu(), true)));
        t.bind("FYL2X", two(1, (f, a, ae, b, be) -> f.transcendentals().logarithm(a, ae, b, be), Fpu::transcendentals));
        t.bind(
                "FYL2XP1",
                two(
                        1,
                        (f, a, ae, b, be) -> f.transcendentals().logarithmOfOnePlus(a, ae, b, be),
                        Fpu::transcendentals));
        t.bind(
                "FPATAN",
                two(1, (f, a, ae, b, be) -> f.transcendentals().arctangent(a, ae, b, be), Fpu::transcendentals));
    }

    private interface One {
        void apply(Fpu fpu, long a, int aExponent);
    }

    private interface Two {
        void apply(Fpu fpu, long a, int aExponent, long b, int bExponent);
    }

    private interface Unit {
        ExtendedResult of(Fpu fpu);
    }

    /** The masked response to an empty register that an instruction reads. */
    private static boolean empty(Fpu fpu, int target, boolean pop) {
        if (fpu.underflow()) {
            fpu.set(target, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            if (pop) {
                fpu.pop();
            }
        }
        return true;
    }

    private static Operation one(One function, Unit unit) {
        return FpuInstructions.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (fpu.isEmpty(0)) {
                empty(fpu, 0, false);
                return;
            }
            function.apply(fpu, fpu.significand(0), fpu.exponent(0));
            keep(fpu, 0, unit.of(fpu));
        });
    }

    /** A function of ST and ST(1); with the result in ST(1) the stack is popped. */
    private static Operation two(int target, Two function, Unit unit) {
        return FpuInstructions.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (fpu.isEmpty(0) || fpu.isEmpty(1)) {
                empty(fpu, target, target == 1);
                return;
            }
            function.apply(fpu, fpu.significand(0), fpu.exponent(0), fpu.significand(1), fpu.exponent(1));
            if (keep(fpu, target, unit.of(fpu)) && target == 1) {
                fpu.pop();
            }
        });
    }

    private static boolean keep(Fpu fpu, int target, ExtendedResult result) {
        if (result.prevented()) {
            return false;
        }
        fpu.set(target, result.significand(), result.exponent());
        return true;
    }

    private static void sign(Fpu fpu, int flip, int keep) {
        if (fpu.isEmpty(0)) {
            empty(fpu, 0, false);
        } else {
            fpu.raise(0);
            fpu.set(0, fpu.significand(0), (fpu.exponent(0) ^ flip) & keep);
        }
    }

    private static void examine(Fpu fpu) {
        long a = fpu.significand(0);
        int e = fpu.exponent(0);
        int kind;
        if (fpu.isEmpty(0)) {
            kind = Fpu.C3 | Fpu.C0;
        } else if (ExtendedResult.unsupported(a, e)) {
            kind = 0;
        } else if (ExtendedResult.isNan(a, e)) {
            kind = Fpu.C0;
        } else if (ExtendedResult.isInfinite(a, e)) {
            kind = Fpu.C2 | Fpu.C0;
        } else if (a == 0) {
            kind = Fpu.C3;
        } else {
            kind = (e & 0x7FFF) == 0 ? Fpu.C3 | Fpu.C2 : Fpu.C2;
        }
        fpu.condition(kind);
        fpu.condition(Fpu.C1, (e & 0x8000) != 0);
    }

    private static void moveIf(Cpu cpu, MemoryPort m, Instruction i) {
        Fpu fpu = cpu.fpu();
        if (fpu.isEmpty(0) || fpu.isEmpty(i.rm)) {
            empty(fpu, 0, false);
            return;
        }
        // DA moves if below, equal, not above, parity; DB if not
        int code =
                switch (i.reg) {
                    case 0 -> 0x2;
                    case 1 -> 0x4;
                    case 2 -> 0x6;
                    default -> 0xA;
                };
        fpu.raise(0);
        if (StatusFlags.condition(cpu.s, code) == ((i.opcode & 1) == 0)) {
            fpu.set(0, fpu.significand(i.rm), fpu.exponent(i.rm));
        }
    }

    // ---- angles

    private static Operation angle(One function) {
        return FpuInstructions.computing((cpu, m, i) -> {
            Fpu fpu = cpu.fpu();
            if (fpu.isEmpty(0)) {
                empty(fpu, 0, false);
                return;
            }
            function.apply(fpu, fpu.significand(0), fpu.exponent(0));
            fpu.condition(Fpu.C2, fpu.transcendentals().beyond());
            if (!fpu.transcendentals().beyond()) {
                keep(fpu, 0, fpu.transcendentals());
            }
        });
    }

    /** Whether a second result fits on the stack, which also answers for an empty top. */
    private static boolean roomForSecond(Fpu fpu) {
        boolean missing = fpu.isEmpty(0);
        if (!missing && fpu.isEmpty(7)) {
            return true;
        }
        if (fpu.raise(Fpu.INVALID | Fpu.STACK | (missing ? 0 : Fpu.C1))) {
            fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            fpu.turn(-1);
            fpu.set(0, Fpu.INDEFINITE, Fpu.INDEFINITE_EXPONENT);
            fpu.condition(Fpu.C1, !missing);
        }
        return false;
    }

    private static void tangent(Fpu fpu) {
        if (!roomForSecond(fpu)) {
            return;
        }
        Transcendentals t = fpu.transcendentals();
        t.tangent(fpu.significand(0), fpu.exponent(0));
        fpu.condition(Fpu.C2, t.beyond());
        if (!t.beyond() && keep(fpu, 0, t)) {
            boolean c1 = (fpu.status() & Fpu.C1) != 0;
            boolean nan = ExtendedResult.isNan(t.significand(), t.exponent());
            fpu.push(nan ? t.significand() : Fpu.INTEGER_BIT, nan ? t.exponent() : ExtendedResult.BIAS);
            fpu.condition(Fpu.C1, c1);
        }
    }

    private static void sineAndCosine(Fpu fpu) {
        if (!roomForSecond(fpu)) {
            return;
        }
        Transcendentals t = fpu.transcendentals();
        long a = fpu.significand(0);
        int e = fpu.exponent(0);
        t.cosine(a, e);
        boolean prevented = t.prevented();
        long cosine = t.significand();
        int cosineExponent = t.exponent();
        t.sine(a, e);
        fpu.condition(Fpu.C2, t.beyond());
        if (!t.beyond() && !prevented && keep(fpu, 0, t)) {
            boolean c1 = (fpu.status() & Fpu.C1) != 0;
            fpu.push(cosine, cosineExponent);
            fpu.condition(Fpu.C1, c1);
        }
    }

    private static void extract(Fpu fpu) {
        if (!roomForSecond(fpu)) {
            return;
        }
        ExtendedFunctions f = fpu.functions();
        long a = fpu.significand(0);
        int e = fpu.exponent(0);
        f.exponentAsNumber(a, e);
        if (keep(fpu, 0, f)) {
            if (ExtendedResult.isNan(f.significand(), f.exponent())) {
                fpu.push(f.significand(), f.exponent());
            } else {
                f.significandOf(a, e);
                fpu.push(f.significand(), f.exponent());
            }
        }
    }

    private static void remainder(Fpu fpu, boolean nearest) {
        if (fpu.isEmpty(0) || fpu.isEmpty(1)) {
            empty(fpu, 0, false);
            return;
        }
        ExtendedFunctions f = fpu.functions();
        f.remainder(fpu.significand(0), fpu.exponent(0), fpu.significand(1), fpu.exponent(1), nearest);
        if (keep(fpu, 0, f)) {
            int codes = f.codes();
            fpu.condition(codes & ~Fpu.C1);
            fpu.condition(Fpu.C1, (codes & Fpu.C1) != 0);
        }
    }
}
