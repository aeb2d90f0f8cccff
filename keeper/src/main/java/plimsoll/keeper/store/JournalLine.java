package plimsoll.keeper.store;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;

/**
 * One stored decision.
 *
 * @param facts the inputs as JSON
 */
public record JournalLine(
        BlockNumber block,
        Instant time,
        Address account,
        Optional<HealthFactor> healthFactor,
        String action,
        String reason,
        String facts) {}
