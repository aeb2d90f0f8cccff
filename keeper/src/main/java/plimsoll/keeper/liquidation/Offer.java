package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/**
 * One way to liquidate one account, as the planner weighs it against the others of the block.
 *
 * @param most the largest amount on offer
 * @param curve what selling the collateral on the route brings, all sales of the block together
 * @param gas the transaction's fee, and what it is worth
 * @param isWhole whether smaller amounts are refused, or belong to another offer
 * @param yieldAtOrigin what comes back for each unit repaid as long as the pool is not moved: who yields most goes first
 */
record Offer(Opportunity most, SaleCurve curve, Fee gas, boolean isWhole, Route route, TokenAmount yieldAtOrigin) {

    private static final TokenAmount ONE = TokenAmount.parse("1", 27);

    Offer(Opportunity most, SaleCurve curve, Fee gas, boolean isWhole) {
        this(
                most,
                curve,
                gas,
                isWhole,
                Route.of(most),
                ONE.times(curve.atOrigin(most.received()), most.repaid(), RoundingMode.FLOOR));
    }

    /** A transaction's fee in the chain's coin and in the base currency. */
    record Fee(Wei coin, BaseValue base) {}

    BaseValue valueOf(TokenAmount debtAsset, RoundingMode rounding) {
        return debtAsset.valueAt(most.debt().price(), rounding);
    }

    /** What it repays for this much of the collateral. */
    TokenAmount repaidFor(TokenAmount received, RoundingMode rounding) {
        return received.equals(most.received())
                ? most.repaid()
                : most.repaid().times(received, most.received(), rounding);
    }

    /** What this repayment receives, as near as proportion tells. */
    TokenAmount receivedFor(TokenAmount repaid) {
        return repaid.equals(most.repaid())
                ? most.received()
                : most.received().times(repaid, most.repaid(), RoundingMode.FLOOR);
    }
}
