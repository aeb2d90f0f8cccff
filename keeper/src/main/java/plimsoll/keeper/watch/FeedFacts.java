package plimsoll.keeper.watch;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.OffchainAggregator;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.units.Address;

/** What hardly ever changes about feeds: their decimals, and the least and the most that the aggregator behind each can report. */
final class FeedFacts {

    private final Map<Address, Integer> decimals = new HashMap<>();
    private final Map<Address, Limits> limits = new HashMap<>();
    private Set<Address> known = Set.of();

    /** In the feed's own unit. */
    record Limits(BigInteger least, BigInteger most) {}

    boolean isKnown(Collection<Address> feeds) {
        return known.containsAll(feeds);
    }

    Optional<Limits> limits(Address feed) {
        return Optional.ofNullable(limits.get(feed));
    }

    Optional<Integer> decimals(Address feed) {
        return Optional.ofNullable(decimals.get(feed));
    }

    /** Asks for all of it in two exchanges: a proxy first tells its aggregator. */
    void learn(Chain chain, Collection<Address> feeds) {
        Map<Address, Address> aggregators = new HashMap<>();
        Batch first = new Batch();
        for (Address feed : new LinkedHashSet<>(feeds)) {
            first.may(
                    feed,
                    Aggregator.AGGREGATOR,
                    v -> aggregators.put(feed, v.map(it -> it.address(0)).orElse(feed)));
            first.may(
                    feed,
                    Aggregator.DECIMALS,
                    v -> v.ifPresent(it -> decimals.put(feed, it.integer(0).intValueExact())));
        }
        first.run(chain, BlockTag.LATEST);
        Batch second = new Batch();
        aggregators.forEach((feed, aggregator) -> {
            limits.remove(feed);
            limits(second, feed, aggregator, Aggregator.MIN_SUBMISSION_VALUE, Aggregator.MAX_SUBMISSION_VALUE);
            limits(second, feed, aggregator, OffchainAggregator.MIN_ANSWER, OffchainAggregator.MAX_ANSWER);
        });
        second.run(chain, BlockTag.LATEST);
        known = Set.copyOf(feeds);
    }

    private void limits(Batch batch, Address feed, Address aggregator, ContractFunction least, ContractFunction most) {
        Map<String, AbiValues> answers = new HashMap<>();
        batch.may(aggregator, least, v -> v.ifPresent(it -> answers.put("least", it)));
        batch.may(aggregator, most, v -> {
            Optional<AbiValues> floor = Optional.ofNullable(answers.get("least"));
            if (floor.isPresent() && v.isPresent()) {
                limits.put(feed, new Limits(floor.get().integer(0), v.get().integer(0)));
            }
        });
    }
}
