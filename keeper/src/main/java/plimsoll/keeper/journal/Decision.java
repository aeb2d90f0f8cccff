package plimsoll.keeper.journal;

import java.util.Optional;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;

/**
 * What was decided about one account in one block, and why. What it rests on is the block's {@link Scene}.
 *
 * @param healthFactor absent where a missing price leaves it unknown
 * @param decided what our rules said
 * @param assessment what came of it: the same, unless the lane or doubt stood in the way
 */
public record Decision(
        MarketBlock block,
        Address account,
        Optional<HealthFactor> healthFactor,
        BaseValue collateral,
        BaseValue debt,
        Assessment decided,
        Assessment assessment) {

    Verdict verdict() {
        return new Verdict(account, decided, assessment.equals(decided) ? Optional.empty() : Optional.of(assessment));
    }
}
