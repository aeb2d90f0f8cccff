package plimsoll.keeper.liquidation;

import plimsoll.keeper.liquidation.guard.GuardPolicy;
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
 * @param badDebt what may be lost for having bad debt written off
 * @param guards what counts as sane enough to act on
 */
public record Policy(
        BaseValue minProfit,
        GasPrice maxGasPrice,
        Gas gasOfLiquidation,
        Bps maxSlippage,
        BadDebtPolicy badDebt,
        GuardPolicy guards) {

    /** A liquidation was measured at 348,000 gas; each debt written off as bad adds about 75,000. */
    public static final Gas USUAL_GAS = new Gas(450_000);

    /** That never pays for bad debt, with the usual guards, except that the venue need not follow the feeds. */
    public Policy(BaseValue minProfit, GasPrice maxGasPrice, Gas gasOfLiquidation, Bps maxSlippage) {
        this(minProfit, maxGasPrice, gasOfLiquidation, maxSlippage, BadDebtPolicy.OFF, GuardPolicy.ANY_SALE_PRICE);
    }

    public Policy {
        if (maxSlippage.compareTo(Bps.ONE_HUNDRED_PERCENT) > 0) {
            throw new IllegalArgumentException("Slippage exceeds the whole: found=" + maxSlippage);
        }
    }

    public Policy withGuards(GuardPolicy other) {
        return new Policy(minProfit, maxGasPrice, gasOfLiquidation, maxSlippage, badDebt, other);
    }

    public Policy withBadDebt(BadDebtPolicy other) {
        return new Policy(minProfit, maxGasPrice, gasOfLiquidation, maxSlippage, other, guards);
    }
}
