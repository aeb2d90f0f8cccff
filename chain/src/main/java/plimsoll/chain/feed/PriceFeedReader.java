package plimsoll.chain.feed;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.Address;

/** Reads any contract with Chainlink's AggregatorV3 interface, on the state of one block and in one exchange a page. */
public final class PriceFeedReader {

    private static final int PAGE = 100;

    private final Chain chain;

    public PriceFeedReader(Chain chain) {
        this.chain = chain;
    }

    public FeedInfo info(Address feed, BlockAt at) {
        List<CallResult> results = chain.callAll(
                List.of(
                        Call.of(feed, Aggregator.DECIMALS.encode()),
                        Call.of(feed, Aggregator.DESCRIPTION.encode()),
                        Call.of(feed, Aggregator.AGGREGATOR.encode())),
                at);
        int decimals = required(feed, results.get(0), Aggregator.DECIMALS::decode)
                .integer(0)
                .intValueExact();
        String description =
                required(feed, results.get(1), Aggregator.DESCRIPTION::decode).text(0);
        Optional<Address> aggregator = results.get(2) instanceof CallResult.Returned(String data) && data.length() > 2
                ? Optional.of(decoded(feed, data, Aggregator.AGGREGATOR::decode).address(0))
                : Optional.empty();
        return new FeedInfo(feed, decimals, description, aggregator);
    }

    /** The newest round; absent where the feed has none yet. */
    public Optional<Round> latest(Address feed, BlockAt at) {
        return switch (chain.callAll(List.of(Call.of(feed, Aggregator.LATEST_ROUND_DATA.encode())), at)
                .getFirst()) {
            case CallResult.Returned(String data) ->
                Optional.of(round(decoded(feed, data, Aggregator.LATEST_ROUND_DATA::decode)));
            case CallResult.Reverted _ -> Optional.empty();
        };
    }

    /** The newest round of each feed in one exchange, judged by the time of the block that is read. */
    public List<FeedState> states(List<Address> feeds, Duration heartbeat, BlockHeader block) {
        List<Call> calls = feeds.stream()
                .map(feed -> Call.of(feed, Aggregator.LATEST_ROUND_DATA.encode()))
                .toList();
        List<CallResult> results = chain.callAll(calls, block.at());
        List<FeedState> states = new ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            Address feed = feeds.get(i);
            states.add(
                    switch (results.get(i)) {
                        case CallResult.Returned(String data) ->
                            judge(
                                    round(decoded(feed, data, Aggregator.LATEST_ROUND_DATA::decode)),
                                    heartbeat,
                                    block.time());
                        case CallResult.Reverted _ -> new FeedState.Incomplete("the feed has no round");
                    });
        }
        return states;
    }

    public FeedState state(Address feed, Duration heartbeat, BlockHeader block) {
        return states(List.of(feed), heartbeat, block).getFirst();
    }

    static FeedState judge(Round round, Duration heartbeat, Instant now) {
        if (round.updatedAt().equals(Instant.EPOCH)) {
            return new FeedState.Incomplete("round has no answer yet: round=" + round.id());
        }
        if (round.answeredIn().compareTo(round.id()) < 0) {
            return new FeedState.Incomplete(
                    "answer was carried over: round=" + round.id() + " answeredIn=" + round.answeredIn());
        }
        if (round.answer().signum() <= 0) {
            return new FeedState.NonPositive(round);
        }
        if (round.updatedAt().isAfter(now)) {
            return new FeedState.Incomplete("round lies in the future: round=" + round.id() + " updatedAt="
                    + round.updatedAt() + " block=" + now);
        }
        Duration age = Duration.between(round.updatedAt(), now);
        return age.compareTo(heartbeat) > 0 ? new FeedState.Stale(round, age, heartbeat) : new FeedState.Fresh(round);
    }

    /**
     * The newest answered rounds, oldest first, at most {@code count} of them; goes back through the phases of a proxy.
     * Rounds without an answer are left out.
     */
    public List<Round> history(Address feed, int count, BlockAt at) {
        return latest(feed, at)
                .map(newest -> backwards(feed, newest.id(), new RoundId(BigInteger.ZERO), count, at))
                .orElse(List.of());
    }

    /** The answered rounds that came after {@code known}, oldest first. */
    public List<Round> after(Address feed, RoundId known, BlockAt at) {
        return latest(feed, at)
                .filter(newest -> newest.id().compareTo(known) > 0)
                .map(newest -> backwards(feed, newest.id(), known, Integer.MAX_VALUE, at))
                .orElse(List.of());
    }

    private List<Round> backwards(Address feed, RoundId newest, RoundId known, int count, BlockAt at) {
        List<Round> rounds = new ArrayList<>();
        Optional<RoundId> from = Optional.of(newest);
        while (from.isPresent() && rounds.size() < count) {
            RoundId last = from.get();
            long lowest = last.phase() == known.phase() ? known.aggregatorRound() + 1 : 1;
            for (long high = last.aggregatorRound(); high >= lowest && rounds.size() < count; high -= PAGE) {
                long low = Math.max(lowest, high - PAGE + 1);
                List<Round> page = rounds(feed, last.phase(), low, high, at);
                rounds.addAll(page.reversed());
            }
            from = last.phase() > known.phase() ? newestOfEarlierPhase(feed, last.phase(), at) : Optional.empty();
        }
        List<Round> wanted = new ArrayList<>(rounds.subList(0, Math.min(count, rounds.size())));
        Collections.reverse(wanted);
        return wanted;
    }

    /** The answered rounds {@code low} to {@code high} of one phase, both included, in one exchange. */
    public List<Round> rounds(Address feed, int phase, long low, long high, BlockAt at) {
        List<Call> calls = new ArrayList<>();
        for (long number = low; number <= high; number++) {
            calls.add(Call.of(
                    feed,
                    Aggregator.GET_ROUND_DATA.encode(RoundId.of(phase, number).raw())));
        }
        List<Round> rounds = new ArrayList<>();
        for (CallResult result : chain.callAll(calls, at)) {
            // Old aggregators revert on a round without an answer, newer ones return zeros.
            if (result instanceof CallResult.Returned(String data)) {
                Round round = round(decoded(feed, data, Aggregator.GET_ROUND_DATA::decode));
                if (!round.updatedAt().equals(Instant.EPOCH)) {
                    rounds.add(round);
                }
            }
        }
        return rounds;
    }

    private Optional<RoundId> newestOfEarlierPhase(Address feed, int phase, BlockAt at) {
        for (int earlier = phase - 1; earlier >= 1; earlier--) {
            CallResult found = chain.callAll(List.of(Call.of(feed, Aggregator.PHASE_AGGREGATORS.encode(earlier))), at)
                    .getFirst();
            Address aggregator =
                    required(feed, found, Aggregator.PHASE_AGGREGATORS::decode).address(0);
            if (aggregator.equals(Address.ZERO)) {
                continue;
            }
            CallResult newest = chain.callAll(List.of(Call.of(aggregator, Aggregator.LATEST_ROUND.encode())), at)
                    .getFirst();
            if (newest instanceof CallResult.Returned(String data)) {
                long round = decoded(aggregator, data, Aggregator.LATEST_ROUND::decode)
                        .integer(0)
                        .longValueExact();
                return Optional.of(RoundId.of(earlier, round));
            }
        }
        return Optional.empty();
    }

    private static Round round(AbiValues values) {
        return new Round(
                new RoundId(values.integer("roundId")),
                values.integer("answer"),
                time(values.integer("startedAt")),
                time(values.integer("updatedAt")),
                new RoundId(values.integer("answeredInRound")));
    }

    private static Instant time(BigInteger seconds) {
        if (seconds.bitLength() > 40) {
            throw RpcException.corrupt("Feed's time is no time: found=" + seconds);
        }
        return Instant.ofEpochSecond(seconds.longValueExact());
    }

    private static AbiValues required(Address feed, CallResult result, Function<String, AbiValues> decoder) {
        return switch (result) {
            case CallResult.Returned(String data) -> decoded(feed, data, decoder);
            case CallResult.Reverted(String message, Optional<String> _) ->
                throw new RpcException(
                        Kind.REJECTED, "Contract is no price feed: address=" + feed + " because=" + message);
        };
    }

    private static AbiValues decoded(Address feed, String data, Function<String, AbiValues> decoder) {
        try {
            return decoder.apply(data);
        } catch (IllegalArgumentException e) {
            throw new RpcException(
                    Kind.REJECTED,
                    "Contract does not answer like a price feed: address=" + feed + " " + e.getMessage());
        }
    }
}
