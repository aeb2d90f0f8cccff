package plimsoll.keeper.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.AbiValues;
import plimsoll.keeper.position.PriceView;
import plimsoll.units.Address;
import plimsoll.units.Price;

/** How old the round behind a price may be before we no longer act on it. */
public record Heartbeats(Duration usual, Map<Address, Duration> ofSingleAssets) {

    public Heartbeats {
        ofSingleAssets = Map.copyOf(ofSingleAssets);
    }

    Duration of(Address asset) {
        return ofSingleAssets.getOrDefault(asset, usual);
    }

    /**
     * What to think of an asset's price: the protocol's own decides what is legal, the round behind it whether we believe it.
     *
     * @param counted what the protocol counts with, absent where it has no price itself
     * @param round the answer of the source's {@code latestRoundData}, absent where it has none
     */
    public PriceView view(Address asset, Optional<Price> counted, Optional<AbiValues> round, Instant now) {
        if (counted.isEmpty()) {
            return new PriceView.Missing(
                    round.map(v -> "aggregator answers " + v.integer("answer")).orElse("price source does not answer"));
        }
        if (round.isEmpty()) {
            return new PriceView.Undated(counted.get());
        }
        Instant updatedAt =
                Instant.ofEpochSecond(round.get().integer("updatedAt").longValueExact());
        Duration age = Duration.between(updatedAt, now);
        Duration heartbeat = of(asset);
        return age.compareTo(heartbeat) > 0
                ? new PriceView.Stale(counted.get(), updatedAt, age, heartbeat)
                : new PriceView.Fresh(counted.get(), updatedAt);
    }
}
