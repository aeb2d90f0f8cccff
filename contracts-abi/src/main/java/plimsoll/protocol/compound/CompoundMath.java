package plimsoll.protocol.compound;

import java.math.BigInteger;

/**
 * The fixed-point operations of the Compound lineage: mantissas of 18 decimals, every division rounded down. A result or
 * product beyond 256 bits throws, as the contracts revert or answer a math error there.
 *
 * <p>Source: venus-protocol 10.3.0, Utils/ExponentialNoError.sol and Utils/Exponential.sol; compound-protocol a3214f6,
 * ExponentialNoError.sol.
 */
final class CompoundMath {

    static final BigInteger SCALE = BigInteger.TEN.pow(18);

    private CompoundMath() {}

    /** a × b ÷ 10¹⁸: a mantissa times a mantissa, or a mantissa times an amount. */
    static BigInteger times(BigInteger a, BigInteger b) {
        return word(a.multiply(b)).divide(SCALE);
    }

    /** a × 10¹⁸ ÷ b. */
    static BigInteger ratio(BigInteger a, BigInteger b) {
        return word(a.multiply(SCALE)).divide(b);
    }

    static BigInteger mulDiv(BigInteger a, BigInteger b, BigInteger c) {
        return word(a.multiply(b)).divide(c);
    }

    static BigInteger plus(BigInteger a, BigInteger b) {
        return word(a.add(b));
    }

    /** Throws where the contract would underflow. */
    static BigInteger minus(BigInteger a, BigInteger b) {
        BigInteger difference = a.subtract(b);
        if (difference.signum() < 0) {
            throw new ArithmeticException("Compound would underflow: " + a + " - " + b);
        }
        return difference;
    }

    /** Throws where the number does not fit the contract's 256 bits. */
    static BigInteger word(BigInteger value) {
        if (value.bitLength() > 256) {
            throw new ArithmeticException("Compound would overflow 256 bits: bits=" + value.bitLength());
        }
        return value;
    }
}
