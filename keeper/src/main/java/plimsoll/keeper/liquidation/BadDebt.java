package plimsoll.keeper.liquidation;

import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;

/**
 * The bad debt of a block.
 *
 * @param accounts those whose collateral is worth less than their debt
 * @param spent what the liquidations of the last 24 hours that did not pay have lost
 */
public record BadDebt(BadDebtPolicy policy, Set<Address> accounts, BaseValue spent) {

    public static final BadDebt NONE = new BadDebt(BadDebtPolicy.OFF, Set.of(), BaseValue.ZERO);

    public BadDebt {
        accounts = Set.copyOf(accounts);
    }

    BaseValue budgetLeft() {
        return policy.dailyBudget().minusOrZero(spent);
    }
}
