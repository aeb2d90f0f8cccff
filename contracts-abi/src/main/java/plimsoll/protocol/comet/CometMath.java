package plimsoll.protocol.comet;

import java.math.BigInteger;

/**
 * The fixed-point operations of Compound III, each named after the contract's and rounding as it does: towards zero. What
 * does not fit the contract's word throws, as the contract reverts there.
 *
 * <p>Source: comet d5a30b0a, CometCore.sol, CometMath.sol, Comet.sol mulFactor to divPrice.
 */
final class CometMath {

    /** Of factors and of rates per second. */
    static final BigInteger FACTOR_SCALE = BigInteger.TEN.pow(18);

    static final BigInteger BASE_INDEX_SCALE = BigInteger.TEN.pow(15);

    private CometMath() {}

    static BigInteger mulFactor(BigInteger n, BigInteger factor) {
        return word(n.multiply(factor)).divide(FACTOR_SCALE);
    }

    /** Dollars with 8 decimals that {@code n} of a token is worth. */
    static BigInteger mulPrice(BigInteger n, BigInteger price, BigInteger scale) {
        return word(n.multiply(price)).divide(scale);
    }

    /** The same for a balance that may be a debt; the quotient is cut towards zero. */
    static BigInteger signedMulPrice(BigInteger n, BigInteger price, BigInteger scale) {
        BigInteger product = n.multiply(price);
        if (product.bitLength() > 255) {
            throw new ArithmeticException("Comet would overflow 256 bits: bits=" + product.bitLength());
        }
        return product.divide(scale);
    }

    static BigInteger divPrice(BigInteger n, BigInteger price, BigInteger scale) {
        return word(n.multiply(scale)).divide(price);
    }

    static BigInteger presentValue(BigInteger principal, BigInteger index) {
        return word(principal.multiply(index)).divide(BASE_INDEX_SCALE);
    }

    /** Supply that a balance of tokens is, rounded down. */
    static BigInteger principalValueSupply(BigInteger tokens, BigInteger index) {
        return fits(word(tokens.multiply(BASE_INDEX_SCALE)).divide(index), 103);
    }

    static BigInteger word(BigInteger value) {
        return fits(value, 256);
    }

    static BigInteger fits(BigInteger value, int bits) {
        if (value.bitLength() > bits) {
            throw new ArithmeticException("Comet would overflow: bits=" + value.bitLength() + " room=" + bits);
        }
        return value;
    }
}
