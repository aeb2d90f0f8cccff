package plimsoll.protocol.aave;

import java.math.BigInteger;

/**
 * The fixed-point operations of Aave v3, each named after the contract's and rounding as it does. A result or product
 * beyond 256 bits throws, as the contract reverts there.
 *
 * <p>Source: aave-v3-origin 3.2.0 to 3.7.0, math/WadRayMath.sol, math/PercentageMath.sol, math/MathUtils.sol.
 */
final class AaveMath {

    static final BigInteger WAD = BigInteger.TEN.pow(18);
    static final BigInteger RAY = BigInteger.TEN.pow(27);
    static final BigInteger PERCENTAGE_FACTOR = BigInteger.valueOf(10_000);

    private static final BigInteger HALF_RAY = RAY.shiftRight(1);
    private static final BigInteger HALF_PERCENTAGE_FACTOR = BigInteger.valueOf(5_000);

    private AaveMath() {}

    /** a × b ÷ 10²⁷, half up. */
    static BigInteger rayMul(BigInteger a, BigInteger b) {
        return word(a.multiply(b).add(HALF_RAY)).divide(RAY);
    }

    static BigInteger rayMulFloor(BigInteger a, BigInteger b) {
        return word(a.multiply(b)).divide(RAY);
    }

    static BigInteger rayMulCeil(BigInteger a, BigInteger b) {
        return ceil(word(a.multiply(b)), RAY);
    }

    /** a × 10²⁷ ÷ b, half up. */
    static BigInteger rayDiv(BigInteger a, BigInteger b) {
        return word(a.multiply(RAY).add(b.shiftRight(1))).divide(b);
    }

    static BigInteger rayDivFloor(BigInteger a, BigInteger b) {
        return word(a.multiply(RAY)).divide(b);
    }

    static BigInteger rayDivCeil(BigInteger a, BigInteger b) {
        return ceil(word(a.multiply(RAY)), b);
    }

    /** a × 10¹⁸ ÷ b, half up. */
    static BigInteger wadDiv(BigInteger a, BigInteger b) {
        return word(a.multiply(WAD).add(b.shiftRight(1))).divide(b);
    }

    /** value × percentage ÷ 10 000, half up. */
    static BigInteger percentMul(BigInteger value, int percentage) {
        return word(value.multiply(BigInteger.valueOf(percentage)).add(HALF_PERCENTAGE_FACTOR))
                .divide(PERCENTAGE_FACTOR);
    }

    static BigInteger percentMulFloor(BigInteger value, int percentage) {
        return word(value.multiply(BigInteger.valueOf(percentage))).divide(PERCENTAGE_FACTOR);
    }

    static BigInteger percentMulCeil(BigInteger value, int percentage) {
        return ceil(word(value.multiply(BigInteger.valueOf(percentage))), PERCENTAGE_FACTOR);
    }

    /** value × 10 000 ÷ percentage, half up. */
    static BigInteger percentDiv(BigInteger value, int percentage) {
        return word(value.multiply(PERCENTAGE_FACTOR).add(BigInteger.valueOf(percentage / 2)))
                .divide(BigInteger.valueOf(percentage));
    }

    static BigInteger percentDivFloor(BigInteger value, int percentage) {
        return word(value.multiply(PERCENTAGE_FACTOR)).divide(BigInteger.valueOf(percentage));
    }

    static BigInteger percentDivCeil(BigInteger value, int percentage) {
        return ceil(word(value.multiply(PERCENTAGE_FACTOR)), BigInteger.valueOf(percentage));
    }

    static BigInteger mulDivFloor(BigInteger a, BigInteger b, BigInteger c) {
        return word(a.multiply(b)).divide(c);
    }

    static BigInteger mulDivCeil(BigInteger a, BigInteger b, BigInteger c) {
        return ceil(word(a.multiply(b)), c);
    }

    /** Throws where the number does not fit the contract's 256 bits. */
    static BigInteger word(BigInteger value) {
        if (value.bitLength() > 256) {
            throw new ArithmeticException("Aave would overflow 256 bits: bits=" + value.bitLength());
        }
        return value;
    }

    private static BigInteger ceil(BigInteger numerator, BigInteger denominator) {
        BigInteger[] both = numerator.divideAndRemainder(denominator);
        return both[1].signum() == 0 ? both[0] : both[0].add(BigInteger.ONE);
    }
}
