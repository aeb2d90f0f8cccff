package plimsoll.protocol.morpho;

import java.math.BigInteger;

/**
 * Products and quotients as Morpho's libraries round them; every division names its direction.
 *
 * <pre>
 * assets of s shares = s · (A+1) / (S+10⁶)        A, S the market's total assets and shares
 * shares of a assets = a · (S+10⁶) / (A+1)
 * taylor(r, n)       = x + ⌊x²/2·10¹⁸⌋ + ⌊⌊x²/2·10¹⁸⌋·x/3·10¹⁸⌋,  x = r·n      e^(rn) − 1 to the third term, 18 decimals
 * </pre>
 *
 * <p>Source: morpho-blue 1.0.0, libraries/MathLib.sol, libraries/SharesMathLib.sol, libraries/UtilsLib.sol. What does not fit the
 * contract's 256 bits throws {@link ArithmeticException}, as the contract reverts there.
 */
final class MorphoMath {

    static final BigInteger WAD = BigInteger.TEN.pow(18);

    static final BigInteger VIRTUAL_ASSETS = BigInteger.ONE;
    static final BigInteger VIRTUAL_SHARES = BigInteger.TEN.pow(6);

    private static final BigInteger TWO_WAD = WAD.shiftLeft(1);
    private static final BigInteger THREE_WAD = WAD.multiply(BigInteger.valueOf(3));

    private MorphoMath() {}

    static BigInteger wMulDown(BigInteger a, BigInteger b) {
        return mulDivDown(a, b, WAD);
    }

    static BigInteger wDivDown(BigInteger a, BigInteger b) {
        return mulDivDown(a, WAD, b);
    }

    static BigInteger wDivUp(BigInteger a, BigInteger b) {
        return mulDivUp(a, WAD, b);
    }

    static BigInteger mulDivDown(BigInteger a, BigInteger b, BigInteger divisor) {
        return word(a.multiply(b)).divide(divisor);
    }

    static BigInteger mulDivUp(BigInteger a, BigInteger b, BigInteger divisor) {
        return word(word(a.multiply(b)).add(divisor).subtract(BigInteger.ONE)).divide(divisor);
    }

    static BigInteger toAssetsDown(BigInteger shares, BigInteger totalAssets, BigInteger totalShares) {
        return mulDivDown(shares, totalAssets.add(VIRTUAL_ASSETS), totalShares.add(VIRTUAL_SHARES));
    }

    static BigInteger toAssetsUp(BigInteger shares, BigInteger totalAssets, BigInteger totalShares) {
        return mulDivUp(shares, totalAssets.add(VIRTUAL_ASSETS), totalShares.add(VIRTUAL_SHARES));
    }

    static BigInteger toSharesDown(BigInteger assets, BigInteger totalAssets, BigInteger totalShares) {
        return mulDivDown(assets, totalShares.add(VIRTUAL_SHARES), totalAssets.add(VIRTUAL_ASSETS));
    }

    static BigInteger toSharesUp(BigInteger assets, BigInteger totalAssets, BigInteger totalShares) {
        return mulDivUp(assets, totalShares.add(VIRTUAL_SHARES), totalAssets.add(VIRTUAL_ASSETS));
    }

    static BigInteger taylorCompounded(BigInteger ratePerSecond, BigInteger seconds) {
        BigInteger first = word(ratePerSecond.multiply(seconds));
        BigInteger second = mulDivDown(first, first, TWO_WAD);
        BigInteger third = mulDivDown(second, first, THREE_WAD);
        return word(first.add(second).add(third));
    }

    static BigInteger minusOrZero(BigInteger a, BigInteger b) {
        return a.subtract(b).max(BigInteger.ZERO);
    }

    /** Throws where the number does not fit the contract's 256 bits. */
    static BigInteger word(BigInteger value) {
        if (value.bitLength() > 256) {
            throw new ArithmeticException("Morpho would overflow 256 bits: bits=" + value.bitLength());
        }
        return value;
    }
}
