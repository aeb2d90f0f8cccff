package plimsoll.keeper.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Which aggregator is behind which feed. A source without one is not followed: what it makes of an answer is not known here. */
final class FeedAggregators {

    /** Aggregators are replaced a few times a year; whoever replaces one is noticed within so many blocks. */
    private static final long LOOK_AGAIN_AFTER = 300;

    private final Chain chain;
    private volatile Map<Address, List<PriceSource>> byAggregator = Map.of();
    private Map<Address, Address> followed = Map.of();
    private long lookedAt = Long.MIN_VALUE;

    FeedAggregators(Chain chain) {
        this.chain = chain;
    }

    /** Looks where something may have changed; {@code feeds} by token. */
    void follow(Map<Address, Address> feeds, BlockNumber number, BlockAt at) {
        if (feeds.equals(followed) && number.value() - lookedAt < LOOK_AGAIN_AFTER && number.value() >= lookedAt) {
            return;
        }
        Map<Address, List<PriceSource>> found = new HashMap<>();
        var batch = new Batch();
        feeds.forEach((token, feed) -> batch.may(
                feed,
                Aggregator.AGGREGATOR,
                answer -> answer.ifPresent(values -> found.computeIfAbsent(values.address(0), _ -> new ArrayList<>())
                        .add(new PriceSource(token, feed)))));
        batch.run(chain, at);
        byAggregator = Map.copyOf(found);
        followed = Map.copyOf(feeds);
        lookedAt = number.value();
    }

    /** The sources behind which this aggregator stands; may be asked on any thread. */
    List<PriceSource> sources(Address aggregator) {
        return byAggregator.getOrDefault(aggregator, List.of());
    }
}
