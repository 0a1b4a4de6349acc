package org.ringone.emulator.real;

import java.math.BigInteger;

/**
 * Sine, cosine, tangent, arc tangent, exponential and logarithm of finite numbers that are not zero, with more than 100 right bits: so
 * a result rounded to 64 bits is off by hardly more than half a unit in the last place. Never taken for exact: the lowest bit of a
 * result is set.
 *
 * <p>An object has its workspace and is for one thread.
 */
public final class Elementary {
    private static final Series SINE = new Series(k -> factorial(2 * k + 1), 69);
    private static final Series COSINE = new Series(k -> factorial(2 * k), 69);
    private static final Series EXPONENTIAL = new Series(k -> factorial(k + 1), 52);
    private static final Series ODD = new Series(k -> BigInteger.valueOf(2L * k + 1), 500);

    /** About the square root of two, as a significand. */
    private static final long ROOT_OF_TWO = 0xB504_F333_0000_0000L;
    /** Below this exponent, a tangent is its argument and a trifle. */
    private static final int TINY = -60;

    private final Series sine = SINE.copy();
    private final Series cosine = COSINE.copy();
    private final Series exponential = EXPONENTIAL.copy();
    private final Series odd = ODD.copy();

    private final long[] product = new long[5];
    private final Real reduced = new Real();
    private final Real square = new Real();
    private final Real t = new Real();
    private final Real u = new Real();
    private final Real v = new Real();
    private int quadrant;

    private static BigInteger factorial(int n) {
        BigInteger f = BigInteger.ONE;
        for (int k = 2; k <= n; k++) {
            f = f.multiply(BigInteger.valueOf(k));
        }
        return f;
    }

    private static void inexact(Real r) {
        r.low |= 1;
    }

    // ---- trigonometry

    /** The sine of a number whose exponent is below 63. */
    public void sine(Real x, Real r) {
        reduce(x);
        sineOfQuadrant(quadrant, r);
        r.negative ^= x.negative;
    }

    /** The cosine of a number whose exponent is below 63. */
    public void cosine(Real x, Real r) {
        reduce(x);
        sineOfQuadrant(quadrant + 1, r);
    }

    /** The tangent of a number whose exponent is below 63. */
    public void tangent(Real x, Real r) {
        reduce(x);
        if (quadrant == 0 && reduced.exponent < TINY) {
            r.copy(x);
        } else {
            sineOfQuadrant(quadrant, u);
            sineOfQuadrant(quadrant + 1, v);
            Quad.divide(u, v, r);
            r.negative ^= x.negative;
        }
        inexact(r);
    }

    /** The sine of {@link #reduced} and so many right angles. */
    private void sineOfQuadrant(int right, Real r) {
        if ((right & 1) == 0) {
            sine.sum(square, true, r);
            Quad.multiply(r, reduced, r);
        } else {
            cosine.sum(square, true, r);
        }
        r.negative ^= (right & 2) != 0;
        inexact(r);
    }

    /** Takes right angles off the magnitude (Payne and Hanek): what is left is at most half of one, of either sign. */
    private void reduce(Real x) {
        quadrant = 0;
        if (x.exponent < -1) {
            reduced.copy(x);
            reduced.negative = false;
        } else {
            timesTwoByPi(x.high);
            shift(x.exponent - 1);
            quadrant = (int) (product[4] >>> 62);
            shift(2);
            boolean above = product[4] < 0;
            if (above) {
                quadrant++;
                negate();
            }
            int word = 4;
            while (product[word] == 0) {
                word--;
            }
            reduced.finite(above, -1 - 64 * (4 - word), product[word], product[word - 1]);
            if (reduced.high != product[word]) { // the bits that normalization brought in
                int zeros = Long.numberOfLeadingZeros(product[word]);
                reduced.low |= product[word - 2] >>> 64 - zeros;
            }
            Quad.multiply(reduced, Constants.HALF_PI, reduced);
        }
        Quad.multiply(reduced, reduced, square);
    }

    /** {@link #product} becomes a number times 2 by pi, of which it has 64 whole bits and 256 below. */
    private void timesTwoByPi(long m) {
        long carry = 0;
        for (int n = 0; n < 4; n++) {
            long word = Constants.TWO_BY_PI[3 - n];
            long low = m * word + carry;
            carry = Wide.multiplyHigh(m, word) + (Long.compareUnsigned(low, carry) < 0 ? 1 : 0);
            product[n] = low;
        }
        product[4] = carry;
    }

    /** Shifts {@link #product} to the left, or by up to two to the right. */
    private void shift(int left) {
        if (left > 0) {
            for (int n = 4; n > 0; n--) {
                product[n] = product[n] << left | product[n - 1] >>> 64 - left;
            }
            product[0] <<= left;
        } else if (left < 0) {
            for (int n = 0; n < 4; n++) {
                product[n] = product[n] >>> -left | product[n + 1] << 64 + left;
            }
            product[4] >>>= -left;
        }
    }

    private void negate() {
        boolean carry = true;
        for (int n = 0; n < 5; n++) {
            product[n] = carry ? -product[n] : ~product[n];
            carry &= product[n] == 0;
        }
    }

    /** The angle of a point, between -pi and pi. */
    public void angle(Real y, Real x, Real r) {
        boolean steep = y.exponent > x.exponent || y.exponent == x.exponent && Long.compareUnsigned(y.high, x.high) > 0;
        Quad.divide(steep ? x : y, steep ? y : x, t);
        t.negative = false;
        arcTangent();
        if (steep) { // a right angle less or more
            t.negative = !x.negative;
            Quad.add(Constants.HALF_PI, t, r);
        } else if (x.negative) {
            t.negative = true;
            Quad.add(Constants.PI, t, r);
        } else {
            r.copy(t);
        }
        r.negative = y.negative;
        inexact(r);
    }

    /** The arc tangent of {@link #t}, at most 1, in place. */
    private void arcTangent() {
        int nearest = t.exponent < -6 ? 0 : (int) ((t.high >>> 63 - 6 - t.exponent) + 2 >>> 2);
        if (nearest != 0) {
            u.fromInteger(-nearest);
            u.exponent -= 4;
            Quad.multiply(t, u, v);
            v.negative = false;
            Quad.add(Constants.ONE_REAL, v, v);
            Quad.add(t, u, t);
            if (t.zero()) {
                t.copy(Constants.ARC_TANGENTS[nearest]);
                return;
            }
            Quad.divide(t, v, t);
        }
        Quad.multiply(t, t, square);
        odd.sum(square, true, u);
        Quad.multiply(t, u, t);
        if (nearest != 0) {
            Quad.add(Constants.ARC_TANGENTS[nearest], t, t);
        }
    }

    // ---- powers of two

    /** Two to the power of a number between -1 and 1, less 1. */
    public void powerLessOne(Real x, Real r) {
        Quad.multiply(x, Constants.LN2, t);
        u.copy(t);
        u.negative = false;
        exponential.sum(u, t.negative, v);
        Quad.multiply(t, v, r);
        inexact(r);
    }

    /** The binary logarithm of a positive number other than a power of two, or of one with its low half. */
    public void logarithm(Real x, Real r) {
        int e = x.exponent;
        t.copy(x);
        t.exponent = 0;
        if (Long.compareUnsigned(t.high, ROOT_OF_TWO) > 0) {
            t.exponent = -1;
            e++;
        }
        u.fromInteger(-1);
        Quad.add(t, u, u);
        Quad.add(t, Constants.ONE_REAL, v);
        ofQuotient(r);
        if (e != 0) {
            u.fromInteger(e);
            Quad.add(u, r, r);
        }
        inexact(r);
    }

    /** The binary logarithm of one more than a number above -1. */
    public void logarithmOfOneMore(Real x, Real r) {
        if (x.exponent >= -2) {
            Quad.add(x, Constants.ONE_REAL, r);
            logarithm(r, r);
            return;
        }
        u.copy(x);
        v.fromInteger(2);
        Quad.add(v, u, v);
        ofQuotient(r);
        inexact(r);
    }

    /** The binary logarithm of (1 + s) / (1 - s) with s = {@link #u} / {@link #v}. */
    private void ofQuotient(Real r) {
        if (u.zero()) {
            r.finite(false, 0, 0, 0);
            return;
        }
        Quad.divide(u, v, u);
        Quad.multiply(u, u, square);
        odd.sum(square, false, r);
        Quad.multiply(r, u, r);
        Quad.multiply(r, Constants.TWO_BY_LN2, r);
    }

    /** Multiplies two results. */
    public static void multiply(Real a, Real b, Real r) {
        Quad.multiply(a, b, r);
        inexact(r);
    }

    /** Constants of the unit, which rounds them as it is told. */
    public enum Constant {
        LOG2_10(Constants.LOG2_10),
        LOG2_E(Constants.LOG2_E),
        PI(Constants.PI),
        LOG10_2(Constants.LOG10_2),
        LN_2(Constants.LN2),
        HALF_PI(Constants.HALF_PI),
        QUARTER_PI(Constants.QUARTER_PI),
        THREE_QUARTERS_PI(Constants.THREE_QUARTERS_PI);

        private final Real value;

        Constant(Real value) {
            this.value = value;
        }

        /** Puts it, never exact, into a number. */
        public void into(Real r) {
            r.copy(value);
            inexact(r);
        }
    }
}
