package plimsoll.keeper.liquidation.guard;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * How our own transactions have fared lately.
 *
 * @param failures the accounts whose last liquidation reverted
 * @param outcomes how many of the last transactions have an outcome
 * @param reverts how many of those reverted
 * @param slowest the longest that one of the last sends took, or has been taking until now, to be accepted by a node
 */
public record SendHealth(Map<Address, Failures> failures, int outcomes, int reverts, Optional<Duration> slowest) {

    public static final SendHealth UNKNOWN = new SendHealth(Map.of(), 0, 0, Optional.empty());

    public SendHealth {
        failures = Map.copyOf(failures);
    }
}
