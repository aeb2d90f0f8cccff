package plimsoll.protocol.aave;

import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;

/**
 * The answer of {@code Pool.getUserAccountData}, exact. Only the health factor differs in form: an account without debt has
 * none here, where the pool says 2²⁵⁶−1.
 *
 * @param availableBorrows how much more could be borrowed at the LTV
 * @param liquidationThreshold average over the collateral, weighted by value, rounded down
 * @param ltv average over the collateral, weighted by value, rounded down
 */
public record AaveAccountData(
        BaseValue totalCollateral,
        BaseValue totalDebt,
        BaseValue availableBorrows,
        Bps liquidationThreshold,
        Bps ltv,
        Optional<HealthFactor> healthFactor) {

    /** Whether the health factor is below 1. */
    public boolean isLiquidatable() {
        return healthFactor.isPresent() && healthFactor.get().isBelow(HealthFactor.ONE);
    }
}
