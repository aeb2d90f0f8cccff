package plimsoll.chain.feed;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One answer of a feed.
 *
 * @param answer in the feed's own decimals; may be zero or negative, which no price is
 * @param answeredIn the round that computed the answer; an earlier one means that it was carried over
 */
public record Round(RoundId id, BigInteger answer, Instant startedAt, Instant updatedAt, RoundId answeredIn) {}
