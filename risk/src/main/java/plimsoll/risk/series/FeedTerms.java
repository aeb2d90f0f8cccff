package plimsoll.risk.series;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * When a feed promises to answer, and between which bounds it can.
 *
 * @param heartbeat longest silence
 * @param grace how much later than the heartbeat an answer may reach the chain: blocks and gas take their time
 * @param lowest the aggregator's least answer where it is known
 * @param highest the aggregator's greatest answer where it is known
 */
public record FeedTerms(Duration heartbeat, Duration grace, Optional<BigInteger> lowest, Optional<BigInteger> highest) {

    /** Five minutes: the latest of 12,664 real rounds came 208 s after its heartbeat. */
    public static final Duration USUAL_GRACE = Duration.ofMinutes(5);

    public FeedTerms {
        if (heartbeat.isNegative() || heartbeat.isZero() || grace.isNegative()) {
            throw new IllegalArgumentException("heartbeat is not positive or grace is negative: heartbeat=%s grace=%s"
                    .formatted(heartbeat, grace));
        }
    }

    public static FeedTerms of(Duration heartbeat) {
        return new FeedTerms(heartbeat, USUAL_GRACE, Optional.empty(), Optional.empty());
    }

    Duration longestSilence() {
        return heartbeat.plus(grace);
    }
}
