package org.ringone.emulator;

import java.math.BigInteger;

/**
 * The transcendental functions of the x87, correctly rounded but for cases closer to the middle of two numbers than 2^-100 of a unit:
 * well within one unit in the last place of the extended format. Pi is taken as it is, not cut to 66 bits.
 */
final class Transcendentals extends ExtendedResult {

    private static final int FULL = 64;
    /** Bits of a result beyond which nothing is looked at. */
    private static final int SURE = 192;

    /** Bits for an argument of a trigonometric function that is reduced: it can come as near as 2^-130 to a multiple of pi / 2. */
    private static final int REDUCED = 416;

    /** Below 2^this an argument's own value, times a constant, is the result to more bits than are looked at. */
    private static final int TINY = -130;

    private boolean beyond;

    Transcendentals(Fpu fpu) {
        super(fpu);
    }

    /** Whether the argument of the last trigonometric function was too large: 2^63 or more. */
    boolean beyond() {
        return beyond;
    }

    private static BigInteger whole(long significand) {
        return new BigInteger(Long.toUnsignedString(significand));
    }

    /** A number with so many bits after the point; exact when they suffice. */
    private static BigInteger fixed(long a, int aExponent, int bits) {
        int shift = exponentOf(a, aExponent) - 63 + bits;
        BigInteger n = whole(normalized(a));
        BigInteger value = shift >= 0 ? n.shiftLeft(shift) : n.shiftRight(-shift);
        return (aExponent & SIGN) != 0 ? value.negate() : value;
    }

    /** Rounds what is not 0 and not exact. */
    private void packInexact(BigInteger value, int bits, int flags) {
        pack(value, bits, flags, true);
    }

    private void pack(BigInteger value, int bits, int flags, boolean inexact) {
        BigInteger magnitude = value.abs();
        int length = magnitude.bitLength();
        BigInteger wide = length >= 128 ? magnitude.shiftRight(length - 128) : magnitude.shiftLeft(128 - length);
        boolean dropped = inexact || length > 128 && magnitude.getLowestSetBit() < length - 128;
        long low = wide.longValue() | (dropped ? 1 : 0);
        pack(value.signum() < 0, length - 1 - bits, wide.shiftRight(64).longValue(), low, flags, FULL);
    }

    // ---- powers and logarithms

    /** 2^a - 1, for a from -1 to 1; outside, where the processor promises nothing, a itself. */
    void twoToMinusOne(long a, int aExponent) {
        if (odd(a, aExponent, a, aExponent)) {
            return;
        }
        int flags = denormal(a, aExponent);
        int e = a == 0 ? 0 : exponentOf(a, aExponent);
        boolean negative = (aExponent & SIGN) != 0;
        if (isInfinite(a, aExponent)) {
            raise(0);
            result(negative ? SIGN | BIAS : aExponent, Fpu.INTEGER_BIT);
        } else if (a == 0 || e > 0 || e == 0 && normalized(a) != Fpu.INTEGER_BIT) {
            raise(a == 0 ? flags : flags | Fpu.INEXACT);
            result(aExponent, a);
        } else if (e == 0) {
            raise(flags);
            result(negative ? SIGN | BIAS - 1 : BIAS, Fpu.INTEGER_BIT); // 2^1 - 1 and 2^-1 - 1
        } else if (e < TINY) {
            FixedPoint f = new FixedPoint(SURE + 64);
            BigInteger n = whole(normalized(a));
            packInexact(f.ln2().multiply(negative ? n.negate() : n), SURE + 64 + 63 - e, flags);
        } else {
            int bits = SURE - e;
            FixedPoint f = new FixedPoint(bits);
            packInexact(f.expMinusOne(f.times(fixed(a, aExponent, bits), f.ln2())), bits, flags);
        }
    }

    /** b log2 a. */
    void logarithm(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        boolean negative = (aExponent & SIGN) != 0;
        int flags = denormal(a, aExponent) | denormal(b, bExponent);
        boolean isOne = a == Fpu.INTEGER_BIT && aExponent == BIAS;
        int bSign = bExponent & SIGN;
        if (isZero(a, aExponent)) {
            if (b == 0) {
                indefinite();
            } else {
                raise(isInfinite(b, bExponent) ? 0 : Fpu.ZERO_DIVIDE | flags);
                result(bSign ^ SIGN | MAX_EXPONENT, Fpu.INTEGER_BIT);
            }
        } else if (negative) {
            indefinite();
        } else if (isInfinite(a, aExponent)) {
            infiniteLogarithm(b, bExponent, flags);
        } else if (isInfinite(b, bExponent)) {
            if (isOne) {
                indefinite();
            } else {
                raise(flags);
                result((exponentOf(a, aExponent) < 0 ? SIGN : 0) ^ bExponent, Fpu.INTEGER_BIT);
            }
        } else if (b == 0 || isOne) {
            raise(flags);
            result(bSign ^ (exponentOf(a, aExponent) < 0 ? SIGN : 0), 0);
        } else {
            int e = exponentOf(a, aExponent);
            long n = normalized(a);
            if (n == Fpu.INTEGER_BIT) {
                product(BigInteger.valueOf(e), 0, b, bExponent, flags, false);
                return;
            }
            FixedPoint f = new FixedPoint(SURE + 64);
            BigInteger m = whole(n); // 1 to 2, with 63 bits after the point
            BigInteger unit = BigInteger.ONE.shiftLeft(63);
            boolean upper = n >>> 62 == 3; // 1.5 and more: nearer to 2
            BigInteger other = upper ? unit.shiftLeft(1) : unit;
            BigInteger ln = f.twoAtanh(m.subtract(other), m.add(other));
            BigInteger log = f.quotient(ln, f.ln2())
                    .add(BigInteger.valueOf(e + (upper ? 1 : 0)).multiply(f.one()));
            product(log, SURE + 64, b, bExponent, flags, true);
        }
    }

    private void infiniteLogarithm(long b, int bExponent, int flags) {
        if (b == 0) {
            indefinite();
        } else {
            raise(flags);
            result(bExponent & SIGN | MAX_EXPONENT, Fpu.INTEGER_BIT);
        }
    }

    /** b times a number with bits after the point. */
    private void product(BigInteger x, int bits, long b, int bExponent, int flags, boolean inexact) {
        BigInteger n = whole(normalized(b));
        BigInteger value = x.multiply((bExponent & SIGN) != 0 ? n.negate() : n);
        pack(value, bits + 63 - exponentOf(b, bExponent), flags, inexact);
    }

    /** b log2 (a + 1). */
    void logarithmOfOnePlus(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int flags = denormal(a, aExponent) | denormal(b, bExponent);
        int sign = (aExponent ^ bExponent) & SIGN;
        boolean notAbove = (aExponent & SIGN) != 0 && (aExponent & MAX_EXPONENT) >= BIAS; // a + 1 is not above 0
        if (notAbove) {
            indefinite();
        } else if (isInfinite(a, aExponent)) {
            infiniteLogarithm(b, bExponent, flags);
        } else if (isInfinite(b, bExponent)) {
            if (a == 0) {
                indefinite();
            } else {
                raise(flags);
                result(sign | MAX_EXPONENT, Fpu.INTEGER_BIT);
            }
        } else if (a == 0 || b == 0) {
            raise(flags);
            result(sign, 0);
        } else {
            int e = exponentOf(a, aExponent);
            if (e >= 0) {
                largeOnePlus(a, aExponent, b, bExponent, flags);
                return;
            }
            if (e < TINY) {
                FixedPoint f = new FixedPoint(SURE + 64);
                BigInteger n = whole(normalized(a));
                BigInteger log = f.quotient(f.one(), f.ln2()).multiply((aExponent & SIGN) != 0 ? n.negate() : n);
                product(log, SURE + 64 + 63 - e, b, bExponent, flags, true);
                return;
            }
            int bits = SURE - e;
            FixedPoint f = new FixedPoint(bits);
            BigInteger x = fixed(a, aExponent, bits);
            BigInteger ln = f.twoAtanh(x, x.add(f.one().shiftLeft(1)));
            product(f.quotient(ln, f.ln2()), bits, b, bExponent, flags, true);
        }
    }

    /** Outside of where the processor promises anything; the mathematical value, too. */
    private void largeOnePlus(long a, int aExponent, long b, int bExponent, int flags) {
        int e = Math.min(exponentOf(a, aExponent), 200);
        FixedPoint f = new FixedPoint(SURE + 64);
        BigInteger m = fixed(a, BIAS + e, SURE + 64).add(f.one());
        int shift = m.bitLength() - 1 - (SURE + 64);
        BigInteger ln =
                f.twoAtanh(m.subtract(f.one().shiftLeft(shift)), m.add(f.one().shiftLeft(shift)));
        int whole = shift + exponentOf(a, aExponent) - e;
        BigInteger log = f.quotient(ln, f.ln2()).add(BigInteger.valueOf(whole).multiply(f.one()));
        product(log, SURE + 64, b, bExponent, flags, true);
    }

    // ---- trigonometry

    /** The quadrant of an angle, and what is left of it, from -pi/4 to pi/4. */
    private record Reduced(BigInteger rest, int quadrant, int bits) {

        static Reduced of(long a, int aExponent) {
            int e = exponentOf(a, aExponent);
            int bits = e < -2 ? SURE - e : REDUCED;
            BigInteger x = fixed(a, aExponent, bits);
            if (e < -1) {
                return new Reduced(x, 0, bits);
            }
            BigInteger right = new FixedPoint(bits).pi().shiftRight(1);
            BigInteger[] parts = x.shiftLeft(1).add(right).divideAndRemainder(right.shiftLeft(1));
            BigInteger quarters = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
            // pi to as many bits as the multiple of it needs
            FixedPoint wide = new FixedPoint(bits + 64);
            BigInteger multiple = wide.pi().multiply(quarters).shiftRight(65);
            return new Reduced(x.subtract(multiple), quarters.intValue() & 3, bits);
        }

        BigInteger sin() {
            FixedPoint f = new FixedPoint(bits);
            BigInteger value = (quadrant & 1) == 0 ? f.sin(rest) : f.cos(rest);
            return (quadrant & 2) == 0 ? value : value.negate();
        }

        BigInteger cos() {
            FixedPoint f = new FixedPoint(bits);
            BigInteger value = (quadrant & 1) == 0 ? f.cos(rest) : f.sin(rest).negate();
            return (quadrant & 2) == 0 ? value : value.negate();
        }
    }

    /** Answers for angles that are no numbers or too large; whether the result stands. */
    private boolean noAngle(long a, int aExponent) {
        beyond = false;
        if (odd(a, aExponent, a, aExponent)) {
            return true;
        }
        if (isInfinite(a, aExponent)) {
            indefinite();
            return true;
        }
        if (a != 0 && exponentOf(a, aExponent) >= 63) {
            beyond = true;
            raise(0);
            result(aExponent, a);
            return true;
        }
        return false;
    }

    void sine(long a, int aExponent) {
        if (noAngle(a, aExponent)) {
            return;
        }
        if (a == 0) {
            raise(0);
            result(aExponent, a);
        } else if (exponentOf(a, aExponent) < TINY) {
            nearly(a, aExponent, -1);
        } else {
            Reduced r = Reduced.of(a, aExponent);
            packInexact(r.sin(), r.bits, denormal(a, aExponent));
        }
    }

    void cosine(long a, int aExponent) {
        if (noAngle(a, aExponent)) {
            return;
        }
        if (a == 0) {
            raise(0);
            result(BIAS, Fpu.INTEGER_BIT);
        } else if (exponentOf(a, aExponent) < -70) {
            pack(false, -1, -1L, -1L, denormal(a, aExponent), FULL); // a little less than 1
        } else {
            Reduced r = Reduced.of(a, aExponent);
            packInexact(r.cos(), r.bits, denormal(a, aExponent));
        }
    }

    void tangent(long a, int aExponent) {
        if (noAngle(a, aExponent)) {
            return;
        }
        if (a == 0) {
            raise(0);
            result(aExponent, a);
        } else if (exponentOf(a, aExponent) < TINY) {
            nearly(a, aExponent, 1);
        } else {
            Reduced r = Reduced.of(a, aExponent);
            packInexact(new FixedPoint(r.bits).quotient(r.sin(), r.cos()), r.bits, denormal(a, aExponent));
        }
    }

    /** The number itself and a trifle more, or less. */
    private void nearly(long a, int aExponent, int trifle) {
        BigInteger n = whole(normalized(a)).shiftLeft(64).add(BigInteger.valueOf(trifle));
        boolean negative = (aExponent & SIGN) != 0;
        packInexact(negative ? n.negate() : n, 127 - exponentOf(a, aExponent), denormal(a, aExponent));
    }

    /** The angle whose tangent is b / a, in the quadrant of the point (a, b). */
    void arctangent(long a, int aExponent, long b, int bExponent) {
        if (odd(a, aExponent, b, bExponent)) {
            return;
        }
        int flags = denormal(a, aExponent) | denormal(b, bExponent);
        boolean left = (aExponent & SIGN) != 0;
        boolean below = (bExponent & SIGN) != 0;
        boolean aInfinite = isInfinite(a, aExponent);
        boolean bInfinite = isInfinite(b, bExponent);
        FixedPoint f = new FixedPoint(SURE);
        BigInteger angle; // from 0 to pi
        if (aInfinite && bInfinite) {
            angle = left ? f.pi().multiply(BigInteger.valueOf(3)).shiftRight(2) : f.pi().shiftRight(2);
        } else if (bInfinite || a == 0 && b != 0) {
            angle = f.pi().shiftRight(1);
        } else if (b == 0 || aInfinite) {
            if (!left) {
                raise(flags);
                result(bExponent & SIGN, 0);
                return;
            }
            angle = f.pi();
        } else {
            arctangentOfFinite(a, aExponent, b, bExponent, flags);
            return;
        }
        packInexact(below ? angle.negate() : angle, SURE, flags);
    }

    private void arctangentOfFinite(long a, int aExponent, long b, int bExponent, int flags) {
        boolean left = (aExponent & SIGN) != 0;
        boolean below = (bExponent & SIGN) != 0;
        int distance = exponentOf(b, bExponent) - exponentOf(a, aExponent);
        if (distance < -100 && !left) {
            smallAngle(below, a, b, distance, flags);
            return;
        }
        int bits = SURE + Math.max(0, -Math.max(distance, -100));
        FixedPoint f = new FixedPoint(bits);
        BigInteger x = whole(normalized(a));
        BigInteger y = whole(normalized(b));
        int shift = Math.max(-400, Math.min(400, distance));
        x = shift < 0 ? x.shiftLeft(-shift) : x;
        y = shift > 0 ? y.shiftLeft(shift) : y;
        boolean steep = y.compareTo(x) > 0;
        BigInteger angle =
                steep ? f.pi().shiftRight(1).subtract(f.arctan(f.quotient(x, y))) : f.arctan(f.quotient(y, x));
        angle = left ? f.pi().subtract(angle) : angle;
        packInexact(below ? angle.negate() : angle, bits, flags);
    }

    /** The tangent itself, and a trifle less. */
    private void smallAngle(boolean below, long a, long b, int distance, int flags) {
        FixedPoint f = new FixedPoint(SURE);
        BigInteger tangent = f.quotient(whole(normalized(b)), whole(normalized(a)))
                .shiftLeft(64)
                .subtract(BigInteger.ONE);
        packInexact(below ? tangent.negate() : tangent, SURE + 64 - distance, flags);
    }
}
