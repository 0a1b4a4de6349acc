package org.ringone.emulator;

import java.math.BigInteger;

/**
 * Elementary functions of numbers with so many bits after the point, each correct to a few units of the last of them. Slow and sure:
 * sums of series on whole numbers.
 */
final class FixedPoint {

    /** Bits after the point of the constants. */
    private static final int CONSTANT_BITS = 1024;

    private static final BigInteger PI = machinPi();
    private static final BigInteger LN2 = new FixedPoint(CONSTANT_BITS).twoAtanh(BigInteger.ONE, BigInteger.valueOf(3));

    private final int bits;
    private final BigInteger one;

    FixedPoint(int bits) {
        this.bits = bits;
        this.one = BigInteger.ONE.shiftLeft(bits);
    }

    BigInteger one() {
        return one;
    }

    /** Up to 1,024 bits after the point. */
    BigInteger pi() {
        return PI.shiftRight(CONSTANT_BITS - bits);
    }

    /** Up to 1,024 bits after the point; more are computed. */
    BigInteger ln2() {
        return bits <= CONSTANT_BITS
                ? LN2.shiftRight(CONSTANT_BITS - bits)
                : twoAtanh(BigInteger.ONE, BigInteger.valueOf(3));
    }

    private static BigInteger machinPi() {
        FixedPoint wide = new FixedPoint(CONSTANT_BITS + 32);
        BigInteger quarter = wide.arctanOfInverse(5).shiftLeft(2).subtract(wide.arctanOfInverse(239));
        return quarter.shiftLeft(2).shiftRight(32);
    }

    private BigInteger arctanOfInverse(int n) {
        BigInteger power = one.divide(BigInteger.valueOf(n));
        BigInteger square = BigInteger.valueOf((long) n * n);
        BigInteger sum = power;
        for (int k = 3; power.signum() != 0; k += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum;
    }

    /** The product. */
    BigInteger times(BigInteger a, BigInteger b) {
        return a.multiply(b).shiftRight(bits);
    }

    /** The quotient of two numbers with the same bits after the point, or of whole numbers. */
    BigInteger quotient(BigInteger a, BigInteger b) {
        return a.shiftLeft(bits).divide(b);
    }

    /** 2 artanh(p / q) = ln((q + p) / (q - p)), for |p / q| well below 1. */
    BigInteger twoAtanh(BigInteger p, BigInteger q) {
        BigInteger t = quotient(p, q);
        BigInteger square = times(t, t);
        BigInteger power = t;
        BigInteger sum = t;
        for (int k = 3; power.signum() != 0 && k < 100_000; k += 2) {
            power = times(power, square);
            if (power.bitLength() <= 1) {
                break;
            }
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum.shiftLeft(1);
    }

    /** e^x - 1, for |x| up to 1. */
    BigInteger expMinusOne(BigInteger x) {
        BigInteger term = x;
        BigInteger sum = x;
        for (int k = 2; term.bitLength() > 1; k++) {
            term = times(term, x).divide(BigInteger.valueOf(k));
            sum = sum.add(term);
        }
        return sum;
    }

    /** sin x, for |x| up to 1. */
    BigInteger sin(BigInteger x) {
        return alternating(x, times(x, x), 1);
    }

    /** cos x, for |x| up to 1. */
    BigInteger cos(BigInteger x) {
        return alternating(one, times(x, x), 0);
    }

    private BigInteger alternating(BigInteger first, BigInteger square, int degree) {
        BigInteger term = first;
        BigInteger sum = first;
        for (int k = degree; term.bitLength() > 1; k += 2) {
            term = times(term, square).negate().divide(BigInteger.valueOf((k + 1L) * (k + 2)));
            sum = sum.add(term);
        }
        return sum;
    }

    /** arctan t, for t from 0 up to 1. */
    BigInteger arctan(BigInteger t) {
        // twice arctan t = 2 arctan(t / (1 + sqrt(1 + t^2))), so that the series ends soon
        BigInteger u = half(half(t));
        BigInteger square = times(u, u);
        BigInteger power = u;
        BigInteger sum = u;
        for (int k = 3; power.bitLength() > 1; k += 2) {
            power = times(power, square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum.shiftLeft(2);
    }

    private BigInteger half(BigInteger t) {
        BigInteger root = one.multiply(one).add(t.multiply(t)).sqrt();
        return quotient(t, one.add(root));
    }
}
