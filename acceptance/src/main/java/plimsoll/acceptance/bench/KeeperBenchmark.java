package plimsoll.acceptance.bench;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.protocol.aave.AaveState;
import plimsoll.protocol.morpho.MorphoPosition;
import plimsoll.protocol.morpho.MorphoTotals;
import plimsoll.protocol.morpho.MorphoValuation;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.protocol.morpho.Shares;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * The keeper's book: a million positions screened beside what memory allows, a price step of a hundred thousand, exact arithmetic,
 * heap and load. All on one thread and by the processor's time, so that what else the machine does counts little; the price step is
 * told by the clock too.
 */
final class KeeperBenchmark implements Benchmark {

    private static final int MANY = 1_000_000;
    private static final int USUAL = 100_000;
    private static final int EXACT = 20_000;

    /** What the screen reads for an account of three terms: a double and an int each. */
    private static final int BYTES = SampleBook.HOLDINGS * (Double.BYTES + Integer.BYTES);

    /** More than caches hold. */
    private static final long STREAM_BYTES = 240_000_000;

    private final BenchmarkSettings settings;

    KeeperBenchmark(BenchmarkSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "keeper";
    }

    @Override
    public int steps() {
        return 5;
    }

    @Override
    public List<BenchmarkResult> run(Progress progress) {
        List<BenchmarkResult> results = new ArrayList<>();
        progress.note("screening");
        results.addAll(screening());
        progress.advance();
        progress.note("price steps");
        results.addAll(priceSteps());
        progress.advance();
        progress.note("exact arithmetic");
        results.add(aave());
        progress.advance();
        results.add(morpho());
        progress.advance();
        progress.note("heap");
        results.add(BenchmarkResult.alone(
                "book alive in a JVM of 512 MB, 100,000 positions", HeapProbe.megabytes(USUAL), "MB"));
        progress.advance();
        return results;
    }

    private List<BenchmarkResult> screening() {
        SampleBook sample = new SampleBook();
        PlainRows plain = new PlainRows(sample.positions(MANY));
        PositionBook book = new SampleBook().bookOf(MANY);
        AaveState market = new SampleBook().market();
        Triad large = new Triad(STREAM_BYTES);
        Triad same = new Triad((long) MANY * BYTES);
        double ours = Double.POSITIVE_INFINITY;
        double loop = Double.POSITIVE_INFINITY;
        double stream = 0;
        for (int round = -10; round < 2 * settings.rounds(); round++) {
            double seconds =
                    seconds(() -> book.suspects(HealthFactor.ONE, market).size());
            double looped = seconds(() -> plain.below(market));
            double streamed = Math.max(large.bytes() / seconds(run(large)), same.bytes() / seconds(run(same)));
            if (round >= 0) {
                ours = Math.min(ours, seconds);
                loop = Math.min(loop, looped);
                stream = Math.max(stream, streamed);
            }
        }
        String name = "screen of 1,000,000 positions x 3 reserves";
        return List.of(
                BenchmarkResult.speed(
                        name + ", bytes read", (double) MANY * BYTES / ours / 1e9, "GB/s", "triad", stream / 1e9),
                BenchmarkResult.cost(name, 1e3 * ours, "ms", "plain loop over rows", 1e3 * loop));
    }

    /** A block with one new price and interest for all: weights, screen, and exact arithmetic for whom it flags. */
    private List<BenchmarkResult> priceSteps() {
        SampleBook sample = new SampleBook();
        List<AccountPosition> positions = sample.positions(USUAL);
        double load = Double.POSITIVE_INFINITY;
        PositionBook book = new PositionBook();
        for (int round = 0; round < Math.min(5, settings.rounds()); round++) {
            PositionBook next = new PositionBook();
            load = Math.min(load, seconds(() -> {
                next.load(positions);
                return next.size();
            }));
            book = next;
        }
        PositionBook screened = book;
        double[] worked = new double[100 * settings.rounds()];
        double[] waited = new double[worked.length];
        for (int step = -500; step < worked.length; step++) {
            AaveState market = sample.next();
            long began = System.nanoTime();
            double took = seconds(() -> liquidatable(screened.suspects(HealthFactor.ONE, market), market));
            if (step >= 0) {
                worked[step] = took;
                waited[step] = (System.nanoTime() - began) / 1e9;
            }
        }
        Arrays.sort(worked);
        Arrays.sort(waited);
        AaveState market = sample.next();
        double brute = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 5; round++) {
            brute = Math.min(brute, seconds(() -> liquidatable(positions, market)));
        }
        String name = "price step at 100,000 positions, ";
        String peer = "exact for each";
        int p99 = worked.length * 99 / 100;
        return List.of(
                BenchmarkResult.cost(name + "median", 1e3 * worked[worked.length / 2], "ms", peer, 1e3 * brute),
                BenchmarkResult.cost(name + "p99", 1e3 * worked[p99], "ms", peer, 1e3 * brute),
                BenchmarkResult.alone(name + "p99 by the clock", 1e3 * waited[p99], "ms"),
                BenchmarkResult.alone("100,000 positions loaded into the book", 1e3 * load, "ms"));
    }

    private static int liquidatable(List<AccountPosition> positions, AaveState market) {
        int below = 0;
        for (AccountPosition position : positions) {
            below += market.standing(position).orElseThrow().isLiquidatable() ? 1 : 0;
        }
        return below;
    }

    private BenchmarkResult aave() {
        SampleBook sample = new SampleBook();
        List<AccountPosition> positions = sample.positions(EXACT);
        AaveState market = sample.next();
        double ours = perSecond(() -> liquidatable(positions, market));
        PlainHealth plain = new PlainHealth(market);
        double theirs = perSecond(() -> plain.below(positions));
        return BenchmarkResult.speed(
                "exact Aave accounts, 3 reserves, per core", ours, "accounts/s", "plain BigInteger", theirs);
    }

    private BenchmarkResult morpho() {
        SplittableRandom random = new SplittableRandom(1);
        var totals = new MorphoTotals(
                TokenAmount.parse("100000000", 6),
                Shares.ofRaw(new BigInteger("93000000000000000000")),
                TokenAmount.parse("80000000", 6),
                Shares.ofRaw(new BigInteger("74000000000000000000")),
                Instant.parse("2026-03-01T00:00:00Z"),
                Wad.ZERO);
        // 3,000 USDC for a WETH: 3000 · 10⁶ · 10³⁶ ÷ 10¹⁸
        var market = MorphoValuation.of(
                Wad.parse("0.86"),
                totals,
                OraclePrice.ofRaw(BigInteger.TEN.pow(24).multiply(BigInteger.valueOf(3_000))));
        List<MorphoPosition> positions = new ArrayList<>();
        for (int i = 0; i < EXACT; i++) {
            positions.add(new MorphoPosition(
                    TokenAmount.ofRaw(
                            BigInteger.valueOf(random.nextLong(1L << 62)).multiply(BigInteger.TEN), 18),
                    Shares.ofRaw(BigInteger.valueOf(random.nextLong(1L << 60)))));
        }
        return BenchmarkResult.alone(
                "exact Morpho positions, per core",
                perSecond(() -> {
                    int below = 0;
                    for (MorphoPosition position : positions) {
                        below += market.standing(position).isLiquidatable() ? 1 : 0;
                    }
                    return below;
                }),
                "positions/s");
    }

    /** Of {@link #EXACT} a run, the best of the rounds. */
    private double perSecond(IntSupplier work) {
        double best = 0;
        for (int round = -10; round < 2 * settings.rounds(); round++) {
            double seconds = seconds(work);
            best = round >= 0 ? Math.max(best, EXACT / seconds) : best;
        }
        return best;
    }

    private static IntSupplier run(Triad triad) {
        return () -> {
            triad.run();
            return 1;
        };
    }

    private static double seconds(IntSupplier work) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        require(work.getAsInt());
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
    }

    /** Some accounts are below the line in each sample: nothing found would mean that nothing was looked at. */
    private static void require(int found) {
        if (found < 1) {
            throw new IllegalStateException("Nothing was found: found=" + found);
        }
    }
}
