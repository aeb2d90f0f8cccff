package plimsoll.risk.series;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One answer of a price feed.
 *
 * @param roundId the proxy's number: the phase in the upper bits, the aggregator's own round in the lower 64
 * @param answer the signed integer as it was answered; a broken feed may answer zero or less
 * @param startedAt when the aggregator began the round
 * @param updatedAt when the answer reached the chain
 */
public record Round(BigInteger roundId, BigInteger answer, Instant startedAt, Instant updatedAt) {

    private static final int PHASE_OFFSET = 64;

    public Round {
        if (roundId.signum() < 0) {
            throw new IllegalArgumentException("round id is negative: found=" + roundId);
        }
    }

    /** Which aggregator stood behind the proxy: 1 for the first. */
    public BigInteger phase() {
        return roundId.shiftRight(PHASE_OFFSET);
    }

    public BigInteger aggregatorRound() {
        return roundId.subtract(phase().shiftLeft(PHASE_OFFSET));
    }

    public boolean isPositive() {
        return answer.signum() > 0;
    }
}
