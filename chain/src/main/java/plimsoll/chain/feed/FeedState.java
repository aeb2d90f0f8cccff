package plimsoll.chain.feed;

import java.time.Duration;

/** Whether a feed's latest round may be acted upon. */
public sealed interface FeedState {

    /** Positive, complete, and no older than the heartbeat. */
    record Fresh(Round round) implements FeedState {}

    /** Older than the heartbeat allows. */
    record Stale(Round round, Duration age, Duration heartbeat) implements FeedState {}

    /** Zero or negative. */
    record NonPositive(Round round) implements FeedState {}

    /** There is no round, or it was not answered in its own right. */
    record Incomplete(String why) implements FeedState {}
}
