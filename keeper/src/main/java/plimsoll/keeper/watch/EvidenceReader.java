package plimsoll.keeper.watch;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.Multicall3;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.keeper.liquidation.guard.Bounds;
import plimsoll.keeper.liquidation.guard.Evidence;
import plimsoll.keeper.liquidation.guard.Repetition;
import plimsoll.keeper.liquidation.guard.SecondOpinion;
import plimsoll.keeper.liquidation.guard.SendHealth;
import plimsoll.keeper.liquidation.guard.Sequencer;
import plimsoll.keeper.position.PriceView;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.Wei;

/**
 * Reads what the guards look at, in calls that travel with the reads of a block. What hardly changes is asked for at the start and, off
 * the way from a block to a transaction, again now and then. One thread uses it.
 */
public final class EvidenceReader {

    /** Prices are written with 8 decimals. */
    private static final int DECIMALS = 8;

    /** Aggregators behind proxies change a few times a year; a block in a thousand is often enough. */
    private static final int LEARN_EVERY = 1_000;

    private final Chain chain;
    private final EvidenceSources sources;
    private final Heartbeats heartbeats;
    private final FeedFacts facts = new FeedFacts();
    private final Repetitions repetitions = new Repetitions();
    private int sinceLearned = LEARN_EVERY;

    public EvidenceReader(Chain chain, EvidenceSources sources, Heartbeats heartbeats) {
        this.chain = chain;
        this.sources = sources;
        this.heartbeats = heartbeats;
    }

    /** What was asked of one block, and where the answers belong. */
    public final class Asked {
        private final Batch batch = new Batch();
        private final Map<Address, AbiValues> rounds = new HashMap<>();
        private final Map<Address, FeedFacts.Limits> limits = new HashMap<>();
        private final Map<Address, Optional<AbiValues>> second = new HashMap<>();
        private Optional<Sequencer> sequencer = Optional.empty();
        private Optional<Wei> coin = Optional.empty();

        private Asked() {}

        public List<Call> calls() {
            return batch.calls();
        }

        /** What the answers, in the order of the calls, say. */
        public Evidence answered(List<CallResult> answers, Instant now, Instant blockTime) {
            batch.answered(answers);
            Map<Address, SecondOpinion> opinions = new HashMap<>();
            second.forEach((token, round) -> opinions.put(token, opinion(token, round, blockTime)));
            return new Evidence(
                    now,
                    blockTime,
                    Optional.empty(),
                    bounds(),
                    opinions,
                    repeated(opinions, blockTime),
                    sequencer,
                    coin,
                    Map.of(),
                    SendHealth.UNKNOWN);
        }

        private Map<Address, Bounds> bounds() {
            Map<Address, Bounds> bounds = new HashMap<>();
            rounds.forEach((token, round) -> Optional.ofNullable(limits.get(token))
                    .ifPresent(it -> bounds.put(
                            token, new Bounds(price(round.integer("answer")), price(it.least()), price(it.most())))));
            return bounds;
        }

        private Map<Address, Repetition> repeated(Map<Address, SecondOpinion> opinions, Instant blockTime) {
            Map<Address, Repetition> repeated = new HashMap<>();
            rounds.forEach((token, round) -> Optional.ofNullable(opinions.get(token))
                    .flatMap(opinion -> opinion.price().counted())
                    .ifPresent(second -> repeated.put(
                            token,
                            repetitions.seen(
                                    token,
                                    round.integer("roundId"),
                                    price(round.integer("answer")),
                                    second,
                                    blockTime))));
            return repeated;
        }
    }

    /**
     * Learns, where that is due, what hardly changes.
     *
     * @param feeds the protocol's own, by token
     */
    public void keepUp(Map<Address, Address> feeds) {
        List<Address> all = new ArrayList<>(feeds.values());
        all.addAll(sources.second().values());
        if (++sinceLearned > LEARN_EVERY || !facts.isKnown(all)) {
            facts.learn(chain, all);
            sinceLearned = 0;
        }
    }

    /**
     * What to ask of the next block.
     *
     * @param feeds the protocol's own, by token
     * @param self the account whose coin pays for gas
     */
    public Asked ask(Map<Address, Address> feeds, Optional<Address> self) {
        Asked asked = new Asked();
        feeds.forEach((token, feed) -> {
            facts.limits(feed).ifPresent(limits -> asked.limits.put(token, limits));
            if (asked.limits.containsKey(token) || sources.second().containsKey(token)) {
                asked.batch.may(
                        feed,
                        Aggregator.LATEST_ROUND_DATA,
                        round -> round.ifPresent(it -> asked.rounds.put(token, it)));
            }
        });
        sources.second()
                .forEach((token, feed) ->
                        asked.batch.may(feed, Aggregator.LATEST_ROUND_DATA, round -> asked.second.put(token, round)));
        sources.sequencer()
                .ifPresent(feed -> asked.batch.may(
                        feed, Aggregator.LATEST_ROUND_DATA, round -> asked.sequencer = Optional.of(sequencer(round))));
        if (sources.multicall().isPresent() && self.isPresent()) {
            asked.batch.may(
                    sources.multicall().get(),
                    Multicall3.GET_ETH_BALANCE,
                    v -> asked.coin = v.map(it -> Wei.ofRaw(it.integer(0))),
                    self.get());
        }
        return asked;
    }

    private static Price price(BigInteger raw) {
        return Price.ofRaw(raw.max(BigInteger.ZERO));
    }

    private SecondOpinion opinion(Address token, Optional<AbiValues> round, Instant blockTime) {
        Address source = Optional.ofNullable(sources.second().get(token)).orElseThrow();
        Optional<Integer> decimals = facts.decimals(source);
        if (decimals.isEmpty()) {
            return new SecondOpinion(source, new PriceView.Missing("source does not tell its decimals"));
        }
        Optional<Price> counted = round.map(v -> v.integer("answer"))
                .filter(answer -> answer.signum() > 0)
                .map(answer -> Price.ofRaw(scaled(answer, decimals.get())));
        return new SecondOpinion(source, heartbeats.view(token, counted, round, blockTime));
    }

    private static BigInteger scaled(BigInteger answer, int decimals) {
        return decimals <= DECIMALS
                ? answer.multiply(BigInteger.TEN.pow(DECIMALS - decimals))
                : answer.divide(BigInteger.TEN.pow(decimals - DECIMALS));
    }

    /** Chainlink's uptime feeds answer 0 for up and 1 for down, since {@code startedAt}. */
    private static Sequencer sequencer(Optional<AbiValues> round) {
        if (round.isEmpty()) {
            return new Sequencer.Unknown("uptime feed does not answer");
        }
        long startedAt = round.get().integer("startedAt").longValueExact();
        if (startedAt == 0) {
            return new Sequencer.Unknown("uptime feed has no round yet");
        }
        Instant since = Instant.ofEpochSecond(startedAt);
        return round.get().integer("answer").signum() == 0 ? new Sequencer.Up(since) : new Sequencer.Down(since);
    }
}
