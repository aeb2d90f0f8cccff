package plimsoll.keeper.liquidation;

import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;

/**
 * What the operator allows.
 *
 * @param minProfit the least that a liquidation must leave after repayment and gas
 * @param maxGasPrice above it nothing is sent
 * @param gasOfLiquidation what one liquidation is counted to use, on the safe side of what is measured
 * @param maxSlippage how much less than the market's own price a sale may bring
 */
public record Policy(BaseValue minProfit, GasPrice maxGasPrice, Gas gasOfLiquidation, Bps maxSlippage) {

    /** A liquidation was measured at 348,000 gas; each debt written off as bad adds about 75,000. */
    public static final Gas USUAL_GAS = new Gas(450_000);

    public Policy {
        if (maxSlippage.compareTo(Bps.ONE_HUNDRED_PERCENT) > 0) {
            throw new IllegalArgumentException("Slippage exceeds the whole: found=" + maxSlippage);
        }
    }
}
