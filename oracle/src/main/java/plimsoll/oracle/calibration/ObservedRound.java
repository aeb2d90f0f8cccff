package plimsoll.oracle.calibration;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One answer of an aggregator as the chain told it.
 *
 * @param roundId the feed's own number of the round, decimal
 * @param answer the signed integer that was answered, decimal; a broken feed may answer zero or less
 */
public record ObservedRound(String roundId, String answer, Instant startedAt, Instant updatedAt) {

    public boolean isPositive() {
        return new BigDecimal(answer).signum() > 0;
    }

    /** The answer in whole units of the quote currency: the nearest double, the same on every machine. */
    double price(int decimals) {
        return new BigDecimal(answer).movePointLeft(decimals).doubleValue();
    }
}
