package plimsoll.devnet;

import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;

/**
 * What the pool answers about an account.
 *
 * @param liquidationThreshold averaged over the collateral
 * @param ltv averaged over the collateral
 * @param healthFactor absent without debt
 */
public record AccountData(
        BaseValue collateral,
        BaseValue debt,
        BaseValue availableBorrows,
        Bps liquidationThreshold,
        Bps ltv,
        Optional<HealthFactor> healthFactor) {

    public boolean isLiquidatable() {
        return healthFactor.filter(health -> health.isBelow(HealthFactor.ONE)).isPresent();
    }
}
