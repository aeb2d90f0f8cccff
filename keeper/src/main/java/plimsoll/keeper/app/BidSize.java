package plimsoll.keeper.app;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

/**
 * How much is bid for the place of a liquidation, as the tip on each unit of its gas.
 * tip = ⌊min( ⌊share · profit⌋ / gas, (profit − least profit) / most gas )⌋, in wei at the coin's price.
 *
 * <p>The share is paid where the transaction uses the gas that its trial used. If it used all that it may, what is left would still be the
 * least profit: no bid can cost more than the liquidation brings.
 */
final class BidSize {

    private static final int COIN_DECIMALS = 18;

    /** What a transaction may use beyond its trial: gas that is given back at the end has to be there before. */
    private static final Bps ROOM = new Bps(2_000);

    private BidSize() {}

    /**
     * What is known of the liquidation.
     *
     * @param profit after repayment and gas
     * @param coin the price of the chain's coin
     */
    record Worth(BaseValue profit, BaseValue leastProfit, Price coin) {}

    /** The most gas that a transaction whose trial used {@code gas} may use, within its usual limit. */
    static Gas most(Gas gas, Gas limit) {
        Gas roomy = gas.plusMargin(ROOM);
        return roomy.compareTo(limit) < 0 ? roomy : limit;
    }

    /** Empty where nothing can be bid. */
    static Optional<GasPrice> tip(Worth worth, Bps share, Gas gas, Gas most) {
        if (worth.coin.isZero() || gas.units() == 0 || most.compareTo(gas) < 0) {
            return Optional.empty();
        }
        BigInteger wanted = perUnit(worth.profit.times(share, RoundingMode.FLOOR), worth.coin, gas);
        BigInteger affordable = perUnit(worth.profit.minusOrZero(worth.leastProfit), worth.coin, most);
        return Optional.of(GasPrice.ofRaw(wanted.min(affordable))).filter(tip -> !tip.isZero());
    }

    private static BigInteger perUnit(BaseValue value, Price coin, Gas gas) {
        return value.amountAt(coin, COIN_DECIMALS, RoundingMode.FLOOR).raw().divide(BigInteger.valueOf(gas.units()));
    }
}
