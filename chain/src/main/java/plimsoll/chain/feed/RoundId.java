package plimsoll.chain.feed;

import java.math.BigInteger;

/**
 * The number of a round. A proxy counts phases, one for each aggregator that ever stood behind it, in the upper 16 of 80
 * bits; an aggregator on its own has phase 0.
 */
public record RoundId(BigInteger raw) implements Comparable<RoundId> {

    private static final int PHASE_SHIFT = 64;

    public RoundId {
        if (raw.signum() < 0 || raw.bitLength() > 80) {
            throw new IllegalArgumentException("RoundId is outside 0..2^80-1: found=" + raw);
        }
    }

    public static RoundId of(int phase, long aggregatorRound) {
        return new RoundId(BigInteger.valueOf(phase).shiftLeft(PHASE_SHIFT).add(BigInteger.valueOf(aggregatorRound)));
    }

    public int phase() {
        return raw.shiftRight(PHASE_SHIFT).intValueExact();
    }

    /** The round as the aggregator behind the proxy counts it. */
    public long aggregatorRound() {
        return raw.subtract(BigInteger.valueOf(phase()).shiftLeft(PHASE_SHIFT)).longValueExact();
    }

    @Override
    public int compareTo(RoundId other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}
