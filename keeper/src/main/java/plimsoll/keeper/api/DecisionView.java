package plimsoll.keeper.api;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;

/** One line of the journal. */
public record DecisionView(
        String market,
        BlockNumber blockNumber,
        Instant time,
        Address account,
        Optional<HealthFactor> healthFactor,
        String action,
        String reason) {}
