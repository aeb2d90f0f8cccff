package plimsoll.keeper.liquidation;

import plimsoll.units.BaseValue;

/**
 * A liquidation that is legal and pays, or whose loss the operator allows: the opportunity, and what we expect to be left with.
 *
 * @param proceeds what the collateral that we receive brings at its place among the block's sales, in the base currency
 * @param cost what we repay plus the fees for gas and for borrowed funds, in the base currency
 * @param funding whose tokens repay the debt
 * @param allowedLoss the most by which the cost may exceed the proceeds; nothing unless bad debt is written off
 */
public record LiquidationPlan(
        Opportunity opportunity, BaseValue proceeds, BaseValue cost, Funding funding, BaseValue allowedLoss) {

    public LiquidationPlan {
        if (proceeds.plus(allowedLoss).compareTo(cost) < 0) {
            throw new IllegalArgumentException(
                    "Plan loses money: proceeds=" + proceeds + " cost=" + cost + " allowedLoss=" + allowedLoss);
        }
    }

    /** One that pays, with our own funds. */
    public LiquidationPlan(Opportunity opportunity, BaseValue proceeds, BaseValue cost) {
        this(opportunity, proceeds, cost, Funding.INVENTORY, BaseValue.ZERO);
    }

    /** Nothing where it loses. */
    public BaseValue profit() {
        return proceeds.minusOrZero(cost);
    }

    /** Nothing where it pays. */
    public BaseValue loss() {
        return cost.minusOrZero(proceeds);
    }

    String summary() {
        Opportunity o = opportunity;
        String left = loss().isZero() ? " profit=" + profit() : " loss=" + loss();
        return "Repay " + o.repaid() + " " + o.debt().symbol() + " for " + o.received() + " "
                + o.collateral().symbol() + ": healthFactor=" + o.healthFactor() + left + " USD"
                + (funding == Funding.INVENTORY ? "" : " funding=" + funding.word());
    }
}
