package plimsoll.keeper.margin;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;

/**
 * How a watched account stands in a market at one block.
 *
 * @param market the market's name, such as {@code 31337/0x…}
 * @param health absent without debt
 * @param time the block's
 */
public record Reading(
        String market,
        Address account,
        Optional<HealthFactor> health,
        BaseValue collateral,
        BaseValue debt,
        BlockNumber block,
        Instant time) {}
