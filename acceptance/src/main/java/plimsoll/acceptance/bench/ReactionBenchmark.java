package plimsoll.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.LogQuery;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.Ladder;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;

/**
 * How quickly the keeper, as it is deployed, answers a price that makes somebody liquidatable, among many who stay sound; and how many
 * of those that one block makes liquidatable it liquidates in the next blocks.
 */
final class ReactionBenchmark implements Benchmark {

    private static final Bps FIRST_FALL = new Bps(400);
    private static final Bps STEP = new Bps(20);
    private static final Duration SLOW_NODE = Duration.ofMillis(50);
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    /** The first is what a keeper does within seconds of its start, the others what one does that runs. */
    private static final Duration CALM = Duration.ofSeconds(30);

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final BenchmarkSettings settings;

    ReactionBenchmark(BenchmarkSettings settings) {
        this.settings = settings;
    }

    /**
     * One market's size, and what is tried in it.
     *
     * @param calm how long the keeper runs between the first trial and the others
     */
    private record Scene(
            String label, int positions, Duration roundTrip, Duration calm, int trials, List<Integer> atOnce) {}

    private List<Scene> scenes() {
        // Short slices are asked for by tests, which want to see it run and not its figures.
        return settings.slice().toMillis() < 10
                ? List.of(new Scene("200 positions", 200, Duration.ZERO, BETWEEN, 2, List.of(3)))
                : List.of(
                        new Scene("10,000 positions", 10_000, Duration.ZERO, CALM, 120, List.of(10, 100)),
                        new Scene("10,000 positions, node 50 ms away", 10_000, SLOW_NODE, CALM, 40, List.of()),
                        new Scene("100,000 positions", 100_000, Duration.ZERO, CALM, 100, List.of()));
    }

    @Override
    public String name() {
        return "keeper";
    }

    @Override
    public int steps() {
        return scenes().size();
    }

    @Override
    public List<BenchmarkResult> run(Progress progress) {
        List<BenchmarkResult> results = new ArrayList<>();
        for (Scene scene : scenes()) {
            Path folder = settings.folder().resolve("keeper-" + scene.positions + "-" + scene.roundTrip.toMillis());
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("The benchmark's folder cannot be made", e);
            }
            try (CrowdedMarket market = CrowdedMarket.of(folder, scene.positions, scene.roundTrip, progress::note)) {
                progress.note(scene.label + ": one after the other");
                tell(oneByOne(market, scene), results, progress);
                for (int count : scene.atOnce) {
                    progress.note(scene.label + ": " + count + " at once");
                    tell(atOnce(market, count), results, progress);
                }
            }
            progress.advance();
        }
        return results;
    }

    /** What is known is told at once: the whole takes long. */
    private static void tell(List<BenchmarkResult> found, List<BenchmarkResult> results, Progress progress) {
        found.forEach(result -> progress.note(result.name() + " " + result.value() + " " + result.unit()));
        results.addAll(found);
    }

    /** One account crosses the line with each round of the feed; each round has a block at once, and another comes every second. */
    private static List<BenchmarkResult> oneByOne(CrowdedMarket market, Scene scene) {
        Devnet devnet = market.devnet();
        Ladder ladder = market.openLadder(new Ladder.Rungs(scene.trials + 1, FIRST_FALL, STEP));
        devnet.mineEvery(BLOCK_TIME);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < scene.trials; i++) {
            BlockNumber before = devnet.blockNumber();
            ladder.fallBelow(i);
            Address account = ladder.borrowers().get(i).address();
            CrowdedMarket.await(
                    () -> devnet.market().liquidations(before).containsKey(account), "the liquidation of " + account);
            long priced = market.onlooker().blockAt(priced(devnet, before));
            millis.add((market.onlooker().nextTransaction(priced).orElseThrow() - priced) / 1e6);
            devnet.market().arbitrage();
            market.calmDown(i == 0 ? scene.calm : BETWEEN);
        }
        devnet.mineEachTransaction();
        Map<Address, Double> latencies = market.latencies();
        List<Double> sent = ladder.borrowers().stream()
                .map(Borrower::address)
                .flatMap(account -> Optional.ofNullable(latencies.get(account)).stream())
                .toList();
        return List.of(
                BenchmarkResult.alone(
                        "block seen to transaction sent, the first after the start: " + scene.label,
                        sent.getFirst(),
                        "ms"),
                BenchmarkResult.alone(
                        "block seen to transaction sent, the others, p50: " + scene.label, quantile(sent, 0.5), "ms"),
                BenchmarkResult.alone(
                        "block seen to transaction sent, the others, p99: " + scene.label, quantile(sent, 0.99), "ms"),
                BenchmarkResult.alone(
                        "price on the node to transaction on the node, median: " + scene.label,
                        quantile(millis, 0.5),
                        "ms"),
                BenchmarkResult.alone(
                        "price on the node to transaction on the node, max: " + scene.label, quantile(millis, 1), "ms"),
                BenchmarkResult.alone(
                        "keeper's resident memory: " + scene.label, residentMegabytes(market.keeperPid()), "MB"));
    }

    /** The block of the newest round of WETH. */
    private static BlockNumber priced(Devnet devnet, BlockNumber after) {
        LogQuery rounds = LogQuery.of(
                List.of(devnet.addresses().of(Asset.WETH).aggregator()),
                List.of(Aggregator.ANSWER_UPDATED_EVENT.topic()));
        return devnet.chain()
                .logs(rounds, after, devnet.blockNumber())
                .getLast()
                .blockNumber();
    }

    /** The smallest of all but the first that at least this share of these does not exceed. */
    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().skip(1).sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    /** One round makes all of them liquidatable, a block a second. */
    private static List<BenchmarkResult> atOnce(CrowdedMarket market, int count) {
        List<Address> accounts = market.openLadder(new Ladder.Rungs(count, FIRST_FALL, Bps.ZERO)).borrowers().stream()
                .map(Borrower::address)
                .toList();
        Devnet devnet = market.devnet();
        devnet.mineEvery(BLOCK_TIME);
        BlockNumber before = devnet.blockNumber();
        devnet.market().priceOf(Asset.WETH).fallsBy(FIRST_FALL.plus(FIRST_FALL));
        long priced = devnet.blockNumber().value();
        CrowdedMarket.await(
                () -> devnet.market().liquidations(before).keySet().containsAll(accounts),
                count + " liquidations at once");
        // Others of the ladder cross the line with them.
        Map<Address, List<BlockNumber>> mined = new HashMap<>(devnet.market().liquidations(before));
        mined.keySet().retainAll(accounts);
        devnet.mineEachTransaction();
        devnet.market().arbitrage();
        return List.of(within(count, 1, mined, priced), within(count, 2, mined, priced));
    }

    /** @param priced the block of the round that made them liquidatable */
    private static BenchmarkResult within(int count, int blocks, Map<Address, List<BlockNumber>> mined, long priced) {
        long done = mined.values().stream()
                .filter(its -> its.getFirst().value() <= priced + blocks)
                .count();
        return BenchmarkResult.alone(
                "of " + count + " at once, liquidated within " + blocks + " block" + (blocks == 1 ? "" : "s"),
                (double) done,
                "accounts");
    }

    /** What the system says that the process occupies; 0 where it does not say. */
    private static double residentMegabytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
