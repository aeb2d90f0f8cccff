package plimsoll.keeper.margin;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/**
 * What was done before.
 *
 * @param open the key of an action for this position, by any mandate, whose end is not known
 * @param lastAction when this mandate acted last, however that ended
 * @param usedToday what this mandate used within 24 hours, what is under way included, as raw amounts by asset
 */
public record Past(Optional<String> open, Optional<Instant> lastAction, Map<Address, BigInteger> usedToday) {

    public Past {
        usedToday = Map.copyOf(usedToday);
    }

    TokenAmount used(Address asset, int decimals) {
        return TokenAmount.ofRaw(usedToday.getOrDefault(asset, BigInteger.ZERO), decimals);
    }
}
