package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What a scaled amount is worth in base currency, in 64-bit words: where everything is small enough, which it is for all but
 * absurd amounts, the same integer as by {@link BigInteger}, several times as fast.
 *
 * <pre>
 * tokens = (s·I + α) div 10²⁷,  value = (tokens·p + β) div 10^decimals
 *
 * s      scaled amount, below 2¹²⁰
 * I      index in ray, below 2¹²⁷
 * p      price, below 2⁶³
 * α, β   what turns a floor into the rounding: 0, half the divisor, the divisor less one
 * </pre>
 *
 * Divisors have one word: 10²⁷ = 2²⁶·(2·5²⁷), and 2·5²⁷ &lt; 2⁶⁴. A quotient of two words by one is taken by multiplication with the
 * divisor's reciprocal.
 *
 * <p>Source: Möller and Granlund, "Improved Division by Invariant Integers", IEEE Transactions on Computers 60 (2011),
 * algorithm 4.
 */
final class WordValue {

    /** Stands for a value, or a way to it, that words do not hold; values are never negative. */
    static final long BEYOND = -1;

    private static final int RAY_SHIFT = 26;
    private static final long RAY_DIVISOR = AaveMath.RAY.shiftRight(RAY_SHIFT).longValue();
    private static final long RAY_RECIPROCAL = reciprocal(RAY_DIVISOR);

    private final boolean isSmall;
    private final long indexHigh;
    private final long indexLow;
    private final long tokensAddendHigh;
    private final long tokensAddendLow;
    private final long price;
    private final long valueAddend;
    private final int shift;
    private final long divisor;
    private final long reciprocal;

    WordValue(BigInteger index, RoundingMode tokens, BigInteger price, BigInteger unit, RoundingMode value) {
        isSmall = index.bitLength() < 128 && price.bitLength() < 64 && unit.bitLength() < 64;
        indexHigh = index.shiftRight(64).longValue();
        indexLow = index.longValue();
        BigInteger addend = addend(AaveMath.RAY, tokens);
        tokensAddendHigh = addend.shiftRight(64).longValue();
        tokensAddendLow = addend.longValue();
        this.price = price.longValue();
        valueAddend = addend(unit, value).longValue();
        shift = isSmall ? 64 - unit.bitLength() : 1;
        divisor = isSmall ? unit.longValue() << shift : Long.MIN_VALUE;
        reciprocal = reciprocal(divisor);
    }

    private static BigInteger addend(BigInteger divisor, RoundingMode rounding) {
        return switch (rounding) {
            case FLOOR -> BigInteger.ZERO;
            case CEILING -> divisor.subtract(BigInteger.ONE);
            case HALF_UP -> divisor.shiftRight(1);
            default -> throw new IllegalArgumentException("Rounding is not one that the pool uses: found=" + rounding);
        };
    }

    /** ⌊(2¹²⁸ − 1) ÷ d⌋ − 2⁶⁴ of a divisor whose highest bit is set. */
    private static long reciprocal(long divisor) {
        BigInteger d = BigInteger.valueOf(divisor).and(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        return BigInteger.TWO.pow(128).subtract(BigInteger.ONE).divide(d).longValue();
    }

    /** The value, or {@link #BEYOND}. */
    long of(ScaledAmount scaled) {
        BigInteger raw = scaled.raw();
        return raw.bitLength() < 64
                ? of(0, raw.longValue())
                : of(raw.shiftRight(64).longValue(), raw.longValue());
    }

    private long of(long high, long low) {
        if (!isSmall) {
            return BEYOND;
        }
        // x = s·I + α in four words
        long x0 = low * indexLow;
        long x1 = Math.unsignedMultiplyHigh(low, indexLow);
        long x2 = Math.unsignedMultiplyHigh(low, indexHigh);
        long x3 = 0;
        long cross = low * indexHigh;
        x1 += cross;
        x2 += carry(x1, cross);
        if (high != 0) {
            cross = high * indexLow;
            x1 += cross;
            long up = Math.unsignedMultiplyHigh(high, indexLow) + carry(x1, cross);
            x2 += up;
            x3 += carry(x2, up);
            cross = high * indexHigh;
            x2 += cross;
            x3 += Math.unsignedMultiplyHigh(high, indexHigh) + carry(x2, cross);
        }
        x0 += tokensAddendLow;
        long up = carry(x0, tokensAddendLow);
        x1 += up;
        up = carry(x1, up);
        x1 += tokensAddendHigh;
        up += carry(x1, tokensAddendHigh);
        x2 += up;
        x3 += carry(x2, up);

        // tokens = x div 10²⁷ in two words
        long y2 = (x2 >>> RAY_SHIFT) | (x3 << (64 - RAY_SHIFT));
        if (x3 >>> RAY_SHIFT != 0 || Long.compareUnsigned(y2, RAY_DIVISOR) >= 0) {
            return BEYOND;
        }
        long y1 = (x1 >>> RAY_SHIFT) | (x2 << (64 - RAY_SHIFT));
        long y0 = (x0 >>> RAY_SHIFT) | (x1 << (64 - RAY_SHIFT));
        long tokensHigh = quotient(y2, y1, RAY_DIVISOR, RAY_RECIPROCAL);
        long tokensLow = quotient(y1 - tokensHigh * RAY_DIVISOR, y0, RAY_DIVISOR, RAY_RECIPROCAL);

        // z = tokens·p + β in two words, since the value must have one
        long z0 = tokensLow * price;
        long z1 = Math.unsignedMultiplyHigh(tokensLow, price);
        if (tokensHigh != 0) {
            cross = tokensHigh * price;
            if (Math.unsignedMultiplyHigh(tokensHigh, price) != 0 || Long.compareUnsigned(z1 + cross, cross) < 0) {
                return BEYOND;
            }
            z1 += cross;
        }
        z0 += valueAddend;
        z1 += carry(z0, valueAddend);
        if (z1 == 0 && carry(z0, valueAddend) != 0) {
            return BEYOND;
        }
        if (z1 >>> (64 - shift) != 0) {
            return BEYOND;
        }
        long w1 = (z1 << shift) | (z0 >>> (64 - shift));
        if (Long.compareUnsigned(w1, divisor) >= 0) {
            return BEYOND;
        }
        long value = quotient(w1, z0 << shift, divisor, reciprocal);
        return value < 0 ? BEYOND : value;
    }

    /** 1 where adding {@code addend} has made {@code sum} overflow. */
    private static long carry(long sum, long addend) {
        return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
    }

    /** (high·2⁶⁴ + low) div d, for high below d and d's highest bit set. */
    private static long quotient(long high, long low, long divisor, long reciprocal) {
        long q0 = reciprocal * high + low;
        long q1 = Math.unsignedMultiplyHigh(reciprocal, high) + high + carry(q0, low) + 1;
        long rest = low - q1 * divisor;
        if (Long.compareUnsigned(rest, q0) > 0) {
            q1--;
            rest += divisor;
        }
        return Long.compareUnsigned(rest, divisor) >= 0 ? q1 + 1 : q1;
    }
}
