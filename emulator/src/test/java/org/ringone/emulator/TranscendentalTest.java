package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The transcendental instructions against arbitrary precision (big-math, 120 digits). The manual promises an error of less than one
 * unit in the last place; here the result must be the right one of the two numbers next to the exact value, in each rounding mode.
 * System property {@code ringone.transcendental.cases}: cases an instruction.
 */
class TranscendentalTest {
    private static final int CASES = Integer.getInteger("ringone.transcendental.cases", 400);

    private static final MathContext DIGITS = new MathContext(120);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LN2 = BigDecimalMath.log(TWO, DIGITS);
    /** From here down two terms of the series are right to more digits than the result has. */
    private static final int TINY = -70;

    /** The error of the exact value itself, in units of the result's last place. */
    private static final BigDecimal SLACK = new BigDecimal("1e-40");

    private static final int FIRST = 0x1000;
    private static final int SECOND = 0x1010;
    private static final int RESULT = 0x1020;
    private static final int OTHER = 0x1030;
    private static final int CONTROL = 0x1040;

    /** An instruction, and its exact value for ST(0) and ST(1). */
    enum Instruction {
        F2XM1(-16382, -1, 0, 0) {
            @Override
            BigDecimal of(Number x, Number y) {
                BigDecimal power = x.value().multiply(LN2, DIGITS);
                return x.exponent() < TINY
                        ? power.add(power.pow(2, DIGITS).divide(TWO, DIGITS), DIGITS)
                        : BigDecimalMath.exp(power, DIGITS).subtract(BigDecimal.ONE);
            }
        },
        FSIN(-16382, 62, 0, 0) {
            @Override
            BigDecimal of(Number x, Number y) {
                return sine(x);
            }
        },
        FCOS(-16382, 62, 0, 0) {
            @Override
            BigDecimal of(Number x, Number y) {
                return cosine(x);
            }
        },
        FSINCOS(-16382, 62, 0, 0) {
            @Override
            BigDecimal of(Number x, Number y) {
                return cosine(x);
            }
        },
        FPTAN(-16382, 62, 0, 0) {
            @Override
            BigDecimal of(Number x, Number y) {
                return x.exponent() < TINY
                        ? x.value().add(x.value().pow(3, DIGITS).divide(BigDecimal.valueOf(3), DIGITS), DIGITS)
                        : sine(x).divide(cosine(x), DIGITS);
            }
        },
        FPATAN(-60, 60, -60, 60) {
            @Override
            BigDecimal of(Number x, Number y) {
                return BigDecimalMath.atan2(y.value(), x.value(), DIGITS);
            }
        },
        FYL2X(-16382, 16383, -100, 100) {
            @Override
            BigDecimal of(Number x, Number y) {
                BigDecimal one = new Number(x.significand, x.sign(), 0).value();
                BigDecimal logarithm = BigDecimalMath.log(one.abs(), DIGITS).divide(LN2, DIGITS);
                return y.value().multiply(logarithm.add(BigDecimal.valueOf(x.exponent())), DIGITS);
            }
        },
        FYL2XP1(-16000, -3, -100, 100) {
            @Override
            BigDecimal of(Number x, Number y) {
                BigDecimal logarithm = x.exponent() < TINY
                        ? x.value().subtract(x.value().pow(2, DIGITS).divide(TWO, DIGITS), DIGITS)
                        : BigDecimalMath.log(x.value().add(BigDecimal.ONE), DIGITS);
                return y.value().multiply(logarithm, DIGITS).divide(LN2, DIGITS);
            }
        };

        private final int least;
        private final int most;
        private final int leastOther;
        private final int mostOther;

        /** Exponents of ST(0) and ST(1). */
        Instruction(int least, int most, int leastOther, int mostOther) {
            this.least = least;
            this.most = most;
            this.leastOther = leastOther;
            this.mostOther = mostOther;
        }

        abstract BigDecimal of(Number x, Number y);

        private static BigDecimal sine(Number x) {
            return x.exponent() < TINY
                    ? x.value().subtract(x.value().pow(3, DIGITS).divide(BigDecimal.valueOf(6), DIGITS), DIGITS)
                    : BigDecimalMath.sin(x.value(), DIGITS);
        }

        private static BigDecimal cosine(Number x) {
            return x.exponent() < TINY
                    ? BigDecimal.ONE.subtract(x.value().pow(2, DIGITS).divide(TWO, DIGITS), new MathContext(12_000))
                    : BigDecimalMath.cos(x.value(), DIGITS);
        }
    }

    /** A normal number of the extended format. */
    record Number(long significand, boolean sign, int exponent) {
        BigDecimal value() {
            BigDecimal whole = new BigDecimal(new BigInteger(Long.toUnsignedString(significand)));
            BigDecimal value = scaled(whole, exponent - 63);
            return sign ? value.negate() : value;
        }

        static BigDecimal scaled(BigDecimal value, int power) {
            return Math.abs(power) < 200
                    ? power < 0
                            ? value.divide(TWO.pow(-power)) // exact
                            : value.multiply(TWO.pow(power))
                    : value.multiply(TWO.pow(power, DIGITS), DIGITS);
        }

        void store(PhysicalMemory memory, int at) {
            memory.write64(at, significand);
            memory.write16(at + 8, (sign ? 0x8000 : 0) | exponent + 0x3FFF);
        }

        static Number load(PhysicalMemory memory, int at) {
            int head = memory.read16(at + 8);
            return new Number(memory.read64(at), head >= 0x8000, (head & 0x7FFF) - 0x3FFF);
        }
    }

    private final FlatMachine machine = new FlatMachine(0x40);

    @ParameterizedTest
    @EnumSource(Instruction.class)
    void isTheNeighbourOfTheExactValue(Instruction instruction) {
        Random random = new Random(instruction.ordinal());
        String load = "fninit\n fldcw [0x1040]\n fld tword [0x1010]\n fld tword [0x1000]\n ";
        machine.execute(1, load + instruction + "\n fstp tword [0x1020]\n fstp tword [0x1030]");
        for (int n = 0; n < CASES; n++) {
            boolean positive = instruction == Instruction.FYL2X;
            Number x = draw(random, instruction.least, instruction.most, positive);
            Number y = draw(random, instruction.leastOther, instruction.mostOther, false);
            if (positive && x.exponent == 0 && x.significand == Long.MIN_VALUE) {
                continue; // zero
            }
            BigDecimal exact = instruction.of(x, y);
            for (int mode = 0; mode < 4; mode++) {
                judge(instruction, x, y, mode, instruction == Instruction.FPTAN ? OTHER : RESULT, exact);
                if (instruction == Instruction.FSINCOS) {
                    assertRounded(
                            instruction + " sine of " + x,
                            Number.load(machine.memory, OTHER),
                            mode,
                            Instruction.sine(x));
                }
            }
        }
    }

    private void judge(Instruction instruction, Number x, Number y, int mode, int at, BigDecimal exact) {
        x.store(machine.memory, FIRST);
        y.store(machine.memory, SECOND);
        machine.memory.write16(CONTROL, 0x37F | mode << 10);
        machine.s.eip = FlatMachine.CODE;
        machine.run(6 + (at == OTHER || instruction == Instruction.FSINCOS ? 1 : 0));
        assertThat(machine.vector).isEqualTo(FlatMachine.NONE);
        assertRounded(
                String.format("%s of %s, %s rounding %d", instruction, x, y, mode),
                Number.load(machine.memory, at),
                mode,
                exact);
    }

    private static void assertRounded(String what, Number result, int mode, BigDecimal exact) {
        BigDecimal unit = Number.scaled(BigDecimal.ONE, result.exponent - 63);
        BigDecimal error = result.value().subtract(exact).divide(unit, new MathContext(30, RoundingMode.HALF_EVEN));
        boolean negative = exact.signum() < 0;
        double low = mode == 1 || mode == 3 && !negative ? -1 : mode == 0 ? -0.5 : 0;
        double high = mode == 2 || mode == 3 && negative ? 1 : mode == 0 ? 0.5 : 0;
        assertThat(error)
                .as("error of %s in units of the last place, rounded to %s", what, result)
                .isBetween(
                        BigDecimal.valueOf(low).subtract(SLACK),
                        BigDecimal.valueOf(high).add(SLACK));
    }

    /** Often near a power of two, or a multiple of half of pi, or with few bits set. */
    private static Number draw(Random random, int least, int most, boolean positive) {
        boolean sign = !positive && random.nextBoolean();
        long significand =
                switch (random.nextInt(5)) {
                    case 0 -> Long.MIN_VALUE | random.nextInt(4);
                    case 1 -> -1L - random.nextInt(4);
                    case 2 -> Long.MIN_VALUE | random.nextLong() << random.nextInt(63);
                    default -> Long.MIN_VALUE | random.nextLong();
                };
        int near = Math.max(least, Math.min(most, random.nextInt(24) - 12));
        int exponent = random.nextInt(3) > 0 ? near : least + random.nextInt(most - least + 1);
        if (random.nextInt(6) == 0 && most > 0 && !positive) {
            BigDecimal angle = BigDecimalMath.pi(DIGITS)
                    .multiply(BigDecimal.valueOf(1 + random.nextInt(1 << random.nextInt(20))))
                    .divide(TWO, DIGITS);
            exponent = angle.toBigInteger().bitLength() - 1;
            significand = angle.multiply(TWO.pow(63 - exponent)).toBigInteger().longValue();
        }
        return new Number(significand, sign, exponent);
    }
}
