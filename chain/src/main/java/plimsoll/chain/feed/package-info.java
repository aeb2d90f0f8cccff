/**
 * Reading price feeds that have Chainlink's AggregatorV3 interface.
 *
 * <p>Not for judging prices beyond what the feed itself promises: positive, complete, no older than its heartbeat.
 */
@NullMarked
package plimsoll.chain.feed;

import org.jspecify.annotations.NullMarked;
