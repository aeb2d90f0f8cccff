package plimsoll.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * How quickly the keeper, as it is deployed, answers a price that makes somebody liquidatable, among many who stay sound; and how many
 * of those that one block makes liquidatable it liquidates in the next blocks.
 */
final class ReactionBenchmark implements Benchmark {

    private static final int FIRST_FALL_BPS = 400;
    private static final int STEP_BPS = 20;
    private static final Duration SLOW_NODE = Duration.ofMillis(50);
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);

    private final BenchmarkSettings settings;

    ReactionBenchmark(BenchmarkSettings settings) {
        this.settings = settings;
    }

    /** One market's size, and what is tried in it. */
    private record Scene(String label, int positions, Duration roundTrip, int trials, List<Integer> atOnce) {}

    private List<Scene> scenes() {
        // Short slices are asked for by tests, which want to see it run and not its figures.
        return settings.slice().toMillis() < 10
                ? List.of(new Scene("200 positions", 200, Duration.ZERO, 2, List.of(3)))
                : List.of(
                        new Scene("10,000 positions", 10_000, Duration.ZERO, 120, List.of(10, 100)),
                        new Scene("100,000 positions", 100_000, Duration.ZERO, 40, List.of()),
                        new Scene("10,000 positions, node 50 ms away", 10_000, SLOW_NODE, 20, List.of()));
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

    /** One account crosses the line with each round of the feed; every transaction has its block at once. */
    private static List<BenchmarkResult> oneByOne(CrowdedMarket market, Scene scene) {
        List<Borrower> near = market.open(scene.trials + 1, FIRST_FALL_BPS, STEP_BPS);
        double price = priceOfWeth(market);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < scene.trials; i++) {
            BlockNumber before = market.devnet().blockNumber();
            market.fallTo(price * (1 - (FIRST_FALL_BPS + (i + 0.5) * STEP_BPS) / 10_000));
            long mined = System.nanoTime();
            Address account = near.get(i).address();
            CrowdedMarket.await(
                    () -> market.liquidations(before).containsKey(account), "the liquidation of " + account);
            millis.add((System.nanoTime() - mined) / 1e6);
            market.devnet().market().arbitrage();
        }
        Map<Address, Double> latencies = market.latencies();
        List<Double> sent = near.stream()
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
                        "price mined to liquidation mined, median: " + scene.label, quantile(millis, 0.5), "ms"),
                BenchmarkResult.alone(
                        "price mined to liquidation mined, max: " + scene.label, quantile(millis, 1), "ms"),
                BenchmarkResult.alone(
                        "keeper's resident memory: " + scene.label, residentMegabytes(market.keeperPid()), "MB"));
    }

    /** The smallest of all but the first that at least this share of these does not exceed. */
    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().skip(1).sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    /** One round makes all of them liquidatable, a block a second. */
    private static List<BenchmarkResult> atOnce(CrowdedMarket market, int count) {
        double price = priceOfWeth(market);
        List<Borrower> near = market.open(count, FIRST_FALL_BPS, 0);
        market.devnet().mineEvery(BLOCK_TIME);
        BlockNumber before = market.devnet().blockNumber();
        market.fallTo(price * (1 - 2 * FIRST_FALL_BPS / 10_000.0));
        long priced = market.devnet().blockNumber().value();
        List<Address> accounts = near.stream().map(Borrower::address).toList();
        CrowdedMarket.await(
                () -> market.liquidations(before).keySet().containsAll(accounts), count + " liquidations at once");
        Map<Address, BlockNumber> mined = market.liquidations(before);
        market.devnet().mineEachTransaction();
        market.devnet().market().arbitrage();
        return List.of(within(count, 1, mined, priced), within(count, 2, mined, priced));
    }

    /** @param priced the block of the round that made them liquidatable */
    private static BenchmarkResult within(int count, int blocks, Map<Address, BlockNumber> mined, long priced) {
        long done = mined.values().stream()
                .filter(block -> block.value() <= priced + blocks)
                .count();
        return BenchmarkResult.alone(
                "of " + count + " at once, liquidated within " + blocks + " block" + (blocks == 1 ? "" : "s"),
                (double) done,
                "accounts");
    }

    private static double priceOfWeth(CrowdedMarket market) {
        return market.devnet().market().priceOf(Asset.WETH).now().raw().doubleValue() / 1e8;
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
