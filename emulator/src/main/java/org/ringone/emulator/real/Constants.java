package org.ringone.emulator.real;

import java.math.BigInteger;

/** Constants that the transcendental functions need, computed once. */
final class Constants {
    /** Bits behind the binary point while they are computed. */
    private static final int BITS = 400;

    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);
    /** Steps of the table of arc tangents, in one. */
    static final int STEPS = 16;

    private static final BigInteger PI_FIXED =
            arcTangent(1, 5).shiftLeft(4).subtract(arcTangent(1, 239).shiftLeft(2)); // Machin
    private static final BigInteger LN2_FIXED = logarithmOfTwo();

    static final Real PI = real(PI_FIXED, 0);
    static final Real HALF_PI = real(PI_FIXED, -1);
    static final Real QUARTER_PI = real(PI_FIXED, -2);
    static final Real THREE_QUARTERS_PI = real(PI_FIXED.multiply(BigInteger.valueOf(3)), -2);
    static final Real LN2 = real(LN2_FIXED, 0);
    /** Two by the natural logarithm of two. */
    static final Real TWO_BY_LN2 = real(ONE.shiftLeft(BITS + 1).divide(LN2_FIXED), 0);

    static final Real ONE_REAL = real(ONE, 0);
    static final Real LOG2_10 = real(quotientOfLogarithms(10), 0);
    static final Real LOG2_E = real(ONE.shiftLeft(BITS).divide(LN2_FIXED), 0);
    static final Real LOG10_2 = real(ONE.shiftLeft(BITS).divide(quotientOfLogarithms(10)), 0);

    /** The first 256 bits of 2 by pi, the most significant word first. */
    static final long[] TWO_BY_PI = words(ONE.shiftLeft(BITS + 1).divide(PI_FIXED));

    /** Arc tangents of 0, 1/16, ..., 1. */
    static final Real[] ARC_TANGENTS = new Real[STEPS + 1];

    static {
        for (int k = 0; k <= STEPS; k++) {
            ARC_TANGENTS[k] = real(arcTangent(k, STEPS), 0);
        }
    }

    private Constants() {}

    /** Euler's series: each term is the last one times 2n/(2n+1) * t*t/(1+t*t). */
    private static BigInteger arcTangent(int p, int q) {
        BigInteger square = BigInteger.valueOf((long) p * p);
        BigInteger both = BigInteger.valueOf((long) p * p + (long) q * q);
        BigInteger term = ONE.multiply(BigInteger.valueOf((long) p * q)).divide(both);
        BigInteger sum = BigInteger.ZERO;
        for (int n = 1; term.signum() != 0; n++) {
            sum = sum.add(term);
            term = term.multiply(square)
                    .multiply(BigInteger.valueOf(2L * n))
                    .divide(both.multiply(BigInteger.valueOf(2L * n + 1)));
        }
        return sum;
    }

    /** Twice the inverse hyperbolic tangent of 1/3. */
    private static BigInteger logarithmOfTwo() {
        return inverseHyperbolicTangent(1, 3).shiftLeft(1);
    }

    private static BigInteger inverseHyperbolicTangent(int p, int q) {
        BigInteger power = ONE.multiply(BigInteger.valueOf(p)).divide(BigInteger.valueOf(q));
        BigInteger sum = BigInteger.ZERO;
        for (int n = 1; power.signum() != 0; n += 2) {
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
            power = power.multiply(BigInteger.valueOf((long) p * p)).divide(BigInteger.valueOf((long) q * q));
        }
        return sum;
    }

    /** The binary logarithm of 10: 3 and that of 10/8, which is twice the inverse hyperbolic tangent of 1/9 by ln 2. */
    private static BigInteger quotientOfLogarithms(int ten) {
        BigInteger quarter = inverseHyperbolicTangent(ten - 8, ten + 8).shiftLeft(1);
        return quarter.shiftLeft(BITS).divide(LN2_FIXED).add(ONE.multiply(BigInteger.valueOf(3)));
    }

    private static Real real(BigInteger fixed, int scale) {
        Real r = new Real();
        int length = fixed.bitLength();
        BigInteger top = length > 128 ? fixed.shiftRight(length - 128) : fixed.shiftLeft(128 - length);
        r.finite(false, length - 1 - BITS + scale, top.shiftRight(64).longValue(), top.longValue());
        return r;
    }

    private static long[] words(BigInteger fraction) {
        long[] words = new long[4];
        for (int n = 0; n < 4; n++) {
            words[n] = fraction.shiftRight(BITS - 64 * (n + 1)).longValue();
        }
        return words;
    }
}
