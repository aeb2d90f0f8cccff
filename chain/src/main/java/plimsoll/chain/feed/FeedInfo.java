package plimsoll.chain.feed;

import java.util.Optional;
import plimsoll.units.Address;

/**
 * What a feed says about itself.
 *
 * @param aggregator the contract behind a proxy in its present phase; absent where the feed is no proxy
 */
public record FeedInfo(Address feed, int decimals, String description, Optional<Address> aggregator) {}
