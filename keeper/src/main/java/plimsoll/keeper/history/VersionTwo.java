package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

/**
 * The rules of Aave v2 by which past positions and liquidations are judged; values are in wei of ether, v2's base currency.
 *
 * <pre>
 * percentMul(v, p) = (v × p + 5 000) ÷ 10 000      wadDiv(a, b) = (a × 10¹⁸ + ⌊b ÷ 2⌋) ÷ b
 * average threshold = Σ collateral × threshold ÷ Σ collateral                     (floor)
 * health = wadDiv(percentMul(collateral, average threshold), debt)                  liquidatable iff below 10¹⁸
 * repaid at once ≤ percentMul(debt of the asset, 5 000)
 * seized = percentMul(price of debt × repaid × unit of collateral, bonus) ÷ (price of collateral × unit of debt)
 * </pre>
 *
 * <p>Source: the public rules of Aave v2 (GenericLogic, LendingPoolCollateralManager, PercentageMath, WadRayMath); not proven against
 * its contract here, which no package at hand ships.
 */
final class VersionTwo {

    static final BigInteger WAD = BigInteger.TEN.pow(18);
    static final int CLOSE_FACTOR_BPS = 5_000;

    private static final BigInteger WHOLE = BigInteger.valueOf(10_000);
    private static final BigInteger HALF = BigInteger.valueOf(5_000);
    private static final int USUAL_DECIMALS = 18;
    private static final Map<String, Integer> DECIMALS =
            Map.of("USDC", 6, "AmmUSDC", 6, "USDT", 6, "AmmUSDT", 6, "WBTC", 8, "AmmWBTC", 8, "GUSD", 2, "AMPL", 9);

    private VersionTwo() {}

    static BigInteger percentMul(BigInteger value, int bps) {
        return value.multiply(BigInteger.valueOf(bps)).add(HALF).divide(WHOLE);
    }

    static BigInteger percentDiv(BigInteger value, int bps) {
        return value.multiply(WHOLE).add(BigInteger.valueOf(bps / 2)).divide(BigInteger.valueOf(bps));
    }

    static BigInteger wadDiv(BigInteger a, BigInteger b) {
        return a.multiply(WAD).add(b.shiftRight(1)).divide(b);
    }

    /**
     * The health factor as a wad.
     *
     * @param weighted Σ collateral × threshold in bps
     */
    static BigInteger health(BigInteger collateral, BigInteger weighted, BigInteger debt) {
        int average = collateral.signum() == 0 ? 0 : weighted.divide(collateral).intValueExact();
        return wadDiv(percentMul(collateral, average), debt);
    }

    /** The smallest unit of a token, as a share of a whole one. */
    static BigDecimal unit(String symbol) {
        return BigDecimal.ONE.movePointLeft(DECIMALS.getOrDefault(symbol, USUAL_DECIMALS));
    }

    /** Whole tokens, or ether, in the smallest unit; digits beyond it are cut. */
    static BigInteger raw(BigDecimal whole) {
        return whole.movePointRight(USUAL_DECIMALS)
                .setScale(0, RoundingMode.DOWN)
                .toBigIntegerExact();
    }
}
