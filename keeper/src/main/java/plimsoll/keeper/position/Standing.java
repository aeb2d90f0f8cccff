package plimsoll.keeper.position;

import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;

/**
 * How the protocol itself counts an account, to the last unit.
 *
 * @param collateral what counts as collateral, before any threshold
 * @param healthFactor absent without debt
 * @param isLiquidatable whether the protocol's own rule says that the account is below the line
 */
public record Standing(
        BaseValue collateral, BaseValue debt, Optional<HealthFactor> healthFactor, boolean isLiquidatable) {}
