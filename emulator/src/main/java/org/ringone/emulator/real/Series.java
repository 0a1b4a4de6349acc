package org.ringone.emulator.real;

import java.math.BigInteger;

/**
 * A power series in fixed point: the sum of {@code c[k] * z^k}, or of {@code c[k] * (-z)^k}, for 0 <= z < 1 and coefficients that fall
 * from 1.
 */
final class Series {
    /** The error left out is less than 2 to the minus this. */
    private static final int BITS = 118;

    private final long[] high;
    private final long[] low;
    private long resultHigh;
    private long resultLow;

    /** A denominator for each power. */
    interface Denominators {
        BigInteger at(int k);
    }

    /** @param largest the largest argument, as its binary logarithm times -100 */
    Series(Denominators denominators, int largest) {
        int terms = 1;
        while (denominators.at(terms).bitLength() - 1 + terms * largest / 100 < BITS) {
            terms++;
        }
        high = new long[terms];
        low = new long[terms];
        for (int k = 0; k < terms; k++) {
            BigInteger c = BigInteger.ONE.shiftLeft(127).divide(denominators.at(k));
            high[k] = c.shiftRight(64).longValue();
            low[k] = c.longValue();
        }
    }

    private Series(Series o) {
        high = o.high;
        low = o.low;
    }

    /** The same series with a result of its own. */
    Series copy() {
        return new Series(this);
    }

    /** Sums up; the result is never exactly 1 for an argument that is not 0 but too small to count. */
    void sum(Real z, boolean alternating, Real r) {
        int shift = -1 - z.exponent;
        long zh = shift < 64 ? z.high >>> shift : 0;
        long zl = shift == 0
                ? z.low
                : shift < 64 ? z.low >>> shift | z.high << 64 - shift : shift < 128 ? z.high >>> shift - 64 : 0;
        resultHigh = 0;
        resultLow = 0;
        for (int k = high.length - 1; k >= 0; k--) {
            step(k, zh, zl, alternating);
        }
        if (resultHigh == Real.INTEGER_BIT && resultLow == 0) {
            resultHigh -= alternating ? 1 : 0;
            resultLow = alternating ? -1 : 1;
        }
        r.finite(false, 0, resultHigh, resultLow);
    }

    private void step(int k, long zh, long zl, boolean alternating) {
        long h = Wide.multiplyHigh(resultHigh, zh);
        long l = resultHigh * zh;
        long middle = Wide.multiplyHigh(resultHigh, zl);
        long other = Wide.multiplyHigh(resultLow, zh);
        l += middle;
        h += Long.compareUnsigned(l, middle) < 0 ? 1 : 0;
        l += other;
        h += Long.compareUnsigned(l, other) < 0 ? 1 : 0;
        if (alternating) {
            resultHigh = high[k] - h - (Long.compareUnsigned(low[k], l) < 0 ? 1 : 0);
            resultLow = low[k] - l;
        } else {
            resultLow = low[k] + l;
            resultHigh = high[k] + h + (Long.compareUnsigned(resultLow, l) < 0 ? 1 : 0);
        }
    }
}
