package plimsoll.keeper.watch;

import java.time.Duration;
import java.util.Map;
import plimsoll.units.Address;

/** How old the round behind a price may be before we no longer act on it. */
public record Heartbeats(Duration usual, Map<Address, Duration> ofSingleAssets) {

    public Heartbeats {
        ofSingleAssets = Map.copyOf(ofSingleAssets);
    }

    Duration of(Address asset) {
        return ofSingleAssets.getOrDefault(asset, usual);
    }
}
