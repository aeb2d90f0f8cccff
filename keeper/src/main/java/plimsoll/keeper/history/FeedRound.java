package plimsoll.keeper.history;

import java.math.BigInteger;
import java.time.Instant;

/** One answer of a price feed, in the feed's own decimals, and when it came. */
public record FeedRound(Instant at, BigInteger answer) {}
