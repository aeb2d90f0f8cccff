package plimsoll.keeper.liquidation;

import plimsoll.units.BaseValue;

/**
 * A liquidation that is legal and pays: the opportunity, and what we expect to be left with.
 *
 * @param proceeds what the collateral that we receive brings, in the base currency
 * @param cost what we repay plus gas, in the base currency
 */
public record LiquidationPlan(Opportunity opportunity, BaseValue proceeds, BaseValue cost) {

    public LiquidationPlan {
        if (proceeds.compareTo(cost) < 0) {
            throw new IllegalArgumentException("Plan loses money: proceeds=" + proceeds + " cost=" + cost);
        }
    }

    public BaseValue profit() {
        return proceeds.minus(cost);
    }

    String summary() {
        Opportunity o = opportunity;
        return "Repay " + o.repaid() + " " + o.debt().symbol() + " for " + o.received() + " "
                + o.collateral().symbol() + ": healthFactor=" + o.healthFactor() + " profit=" + profit() + " USD";
    }
}
