package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.Map;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * What of the chain is read.
 *
 * @param mostRounds newest answered rounds of each feed
 * @param firstBlock borrowers are looked for from here: the pool's first block
 * @param heartbeat of feeds without one of their own
 * @param heartbeats of single feeds, by the asset that they price
 */
public record ReadingSettings(
        int mostRounds, BlockNumber firstBlock, Duration heartbeat, Map<Address, Duration> heartbeats) {

    public ReadingSettings {
        if (mostRounds < 1) {
            throw new IllegalArgumentException("Rounds to read must be positive: found=" + mostRounds);
        }
        heartbeats = Map.copyOf(heartbeats);
    }

    /** 5 000 rounds a feed, none older than 25 h: the slowest heartbeat in use is a day. */
    public static ReadingSettings standard(BlockNumber firstBlock) {
        return new ReadingSettings(5_000, firstBlock, Duration.ofHours(25), Map.of());
    }

    public Duration heartbeatOf(Address asset) {
        Duration own = heartbeats.get(asset);
        return own == null ? heartbeat : own;
    }
}
