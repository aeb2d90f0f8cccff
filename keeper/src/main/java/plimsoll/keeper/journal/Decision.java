package plimsoll.keeper.journal;

import java.util.Optional;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;

/**
 * What was decided about one account in one block, and why, with the inputs from which it can be decided again.
 *
 * @param healthFactor absent where a missing price leaves it unknown
 * @param inputs everything that the decision rests on, as name and text
 */
public record Decision(
        MarketBlock block,
        Address account,
        Optional<HealthFactor> healthFactor,
        BaseValue collateral,
        BaseValue debt,
        Assessment assessment,
        Inputs inputs) {}
