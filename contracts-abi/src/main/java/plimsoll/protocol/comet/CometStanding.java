package plimsoll.protocol.comet;

import java.util.Optional;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;

/**
 * An account in dollars, all of its assets priced. The contract knows no health factor; this one is below 1 exactly where the account
 * is liquidatable.
 *
 * @param collateral what the market would call the collateral's value, before any factor
 * @param debt what it would call the debt's, rounded down
 * @param healthFactor collateral with its liquidation factors over debt, rounded down; absent where the debt is worth nothing
 */
public record CometStanding(BaseValue collateral, BaseValue debt, Optional<HealthFactor> healthFactor) {}
