package plimsoll.devnet;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import plimsoll.abi.Aggregator;
import plimsoll.units.Address;
import plimsoll.units.Price;

/** The aggregators behind the market's prices, and the one oracle that reports to them. */
final class Feeds {

    /** Storage of {@code AccessControlledAggregator} v0.6: its rounds by id, and the ids of the newest. */
    private static final Slot ROUNDS = Slot.of(9);

    /** The round being reported in the low 32 bits, the latest answered one above it. */
    private static final Slot NEWEST_ROUNDS = Slot.of(7);

    private final Node node;
    private final Address oracle;
    private final Map<Asset, FeedDeployment> feeds;

    Feeds(Node node, Address oracle, Map<Asset, FeedDeployment> feeds) {
        this.node = node;
        this.oracle = oracle;
        this.feeds = new EnumMap<>(feeds);
    }

    Price latest(Asset asset) {
        String answer = node.read(feed(asset).proxy(), Aggregator.LATEST_ANSWER.encode());
        return new Price(Aggregator.LATEST_ANSWER.decode(answer).integer(0));
    }

    Map<Asset, Price> latest() {
        Map<Asset, Price> prices = new EnumMap<>(Asset.class);
        feeds.keySet().forEach(asset -> prices.put(asset, latest(asset)));
        return prices;
    }

    /** One round for each asset, in one block. */
    void submit(Map<Asset, Price> prices) {
        List<Node.Sending> sendings = new ArrayList<>();
        new EnumMap<>(prices).forEach((asset, price) -> sendings.add(submission(asset, nextRound(asset), price)));
        node.sendAll(sendings);
    }

    void play(PriceHistory history) {
        Instant now = node.now();
        if (!history.firstSubmission().isAfter(now)) {
            throw new IllegalArgumentException("Price history begins before the chain's clock: found="
                    + history.firstSubmission() + " now=" + now + ", start the devnet with settings.before(history)");
        }
        Map<Asset, BigInteger> nextRounds = new EnumMap<>(Asset.class);
        TreeMap<Instant, Map<Asset, Price>> submissions = new TreeMap<>();
        for (Asset asset : history.points().keySet().stream().sorted().toList()) {
            beginAfter(asset, history.stored(asset));
            nextRounds.put(asset, nextRound(asset));
            for (PricePoint point : history.submitted(asset)) {
                submissions
                        .computeIfAbsent(point.time(), time -> new EnumMap<>(Asset.class))
                        .put(asset, point.price());
            }
        }
        List<Node.TimedBlock> blocks = new ArrayList<>();
        submissions.forEach((time, prices) -> {
            List<Node.Sending> sendings = new ArrayList<>();
            prices.forEach((asset, price) -> {
                BigInteger round = Objects.requireNonNull(nextRounds.get(asset));
                nextRounds.put(asset, round.add(BigInteger.ONE));
                sendings.add(submission(asset, round, price));
            });
            blocks.add(new Node.TimedBlock(time, sendings));
        });
        node.sendAtTimes(blocks);
        // Last, because the node hashes all of a contract's storage into each block: 20,000 words cost 80 ms a block.
        history.points().keySet().stream().sorted().forEach(asset -> store(asset, history.stored(asset)));
    }

    /** Makes the aggregator believe that its newest round is the last of {@code points}; the next one builds on it. */
    private void beginAfter(Asset asset, List<PricePoint> points) {
        if (points.isEmpty()) {
            return;
        }
        List<StorageWord> words = new ArrayList<>(round(asset, points.size(), points.getLast()));
        BigInteger newest = BigInteger.valueOf(points.size());
        words.add(new StorageWord(feed(asset).aggregator(), NEWEST_ROUNDS, new Slot(newest.or(newest.shiftLeft(32)))));
        node.store(words);
    }

    /** Writes the rounds 1, 2, ... as if they had been submitted at their times. */
    private void store(Asset asset, List<PricePoint> points) {
        List<StorageWord> words = new ArrayList<>(2 * points.size());
        for (int i = 0; i < points.size(); i++) {
            words.addAll(round(asset, i + 1, points.get(i)));
        }
        if (!words.isEmpty()) {
            node.store(words);
        }
    }

    private List<StorageWord> round(Asset asset, int id, PricePoint point) {
        Slot entry = ROUNDS.entry(BigInteger.valueOf(id));
        BigInteger seconds = BigInteger.valueOf(point.time().getEpochSecond());
        BigInteger times =
                seconds.or(seconds.shiftLeft(64)).or(BigInteger.valueOf(id).shiftLeft(128));
        Address aggregator = feed(asset).aggregator();
        return List.of(
                new StorageWord(aggregator, entry, new Slot(point.price().raw())),
                new StorageWord(aggregator, entry.plus(1), new Slot(times)));
    }

    private Node.Sending submission(Asset asset, BigInteger round, Price price) {
        return Node.Sending.of(oracle, feed(asset).aggregator(), Aggregator.SUBMIT.encode(round, price.raw()));
    }

    private BigInteger nextRound(Asset asset) {
        String answer = node.read(feed(asset).proxy(), Aggregator.LATEST_ROUND.encode());
        BigInteger phased = Aggregator.LATEST_ROUND.decode(answer).integer(0);
        return phased.and(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }

    private FeedDeployment feed(Asset asset) {
        return Objects.requireNonNull(feeds.get(asset), () -> "no feed: " + asset);
    }
}
