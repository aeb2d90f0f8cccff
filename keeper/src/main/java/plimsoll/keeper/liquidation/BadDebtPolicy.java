package plimsoll.keeper.liquidation;

import plimsoll.units.BaseValue;

/**
 * What the operator pays to have bad debt written off: accounts whose collateral is worth less than their debt, and which no liquidation
 * that pays would ever close. Apart from the policy that profits, and off unless a budget is given.
 *
 * @param dailyBudget the most that all such liquidations may lose within 24 hours
 * @param maxLoss the most that one may lose
 */
public record BadDebtPolicy(BaseValue dailyBudget, BaseValue maxLoss) {

    public static final BadDebtPolicy OFF = new BadDebtPolicy(BaseValue.ZERO, BaseValue.ZERO);

    public boolean isOff() {
        return dailyBudget.isZero() || maxLoss.isZero();
    }
}
