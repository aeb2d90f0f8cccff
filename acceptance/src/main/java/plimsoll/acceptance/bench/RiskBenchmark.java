package plimsoll.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.Dcc;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.path.BlockTask;
import plimsoll.risk.path.JointPaths;
import plimsoll.risk.path.LocalBlocks;
import plimsoll.risk.path.PathAsset;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSettings;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.tail.GeneralizedPareto;
import plimsoll.risk.volatility.Garch;
import plimsoll.risk.volatility.GarchSpecification;
import plimsoll.risk.volatility.VarianceStep;
import plimsoll.runtime.cli.Progress;

/**
 * Seconds of our mathematics beside programs that Debian ships, each timed warm, inside its own process, on one thread.
 * A figure is the best of its rounds: what else the machine does can only add. Ours and those of numpy and R count the
 * processor's time; gretl has only a clock.
 */
final class RiskBenchmark implements Benchmark {

    private static final int OBSERVATIONS = 1_974;
    private static final int COLUMN = 4_096;
    private static final int ROWS = 7;

    private final BenchmarkSettings settings;

    RiskBenchmark(BenchmarkSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public int steps() {
        return ROWS + CalibrationBenchmark.STEPS;
    }

    @Override
    public List<BenchmarkResult> run(Progress progress) {
        double[] returns = returns(OBSERVATIONS, 1);
        List<BenchmarkResult> results = new ArrayList<>();
        results.addAll(garch(returns, progress));
        results.addAll(barrier(progress));
        results.addAll(columns(progress));
        results.add(tail(returns, progress));
        progress.note("dynamic correlations");
        double[][] three = {returns(1_141, 2), returns(1_141, 3), returns(1_141, 4)};
        results.add(BenchmarkResult.alone(
                "DCC fit with its GARCH fits, 3 x 1,141", milliseconds(10, () -> Dcc.fit(three)), "ms"));
        progress.advance();
        results.addAll(joint(progress));
        results.addAll(CalibrationBenchmark.run(settings, progress));
        return results;
    }

    private List<BenchmarkResult> garch(double[] returns, Progress progress) {
        progress.note("GARCH");
        Path data = write(returns);
        double ours = milliseconds(40, () -> Garch.fit(returns, GarchSpecification.GARCH_NORMAL));
        List<BenchmarkResult> results = new ArrayList<>();
        String name = "GARCH(1,1) fit with standard errors, n = 1,974";
        for (Peer peer : List.of(Peer.gretl("garch.inp"), Peer.r("fGarch", "garch.R"))) {
            Optional<Map<String, List<Double>>> theirs =
                    peer.run(settings.folder(), Map.of("data", data.toString(), "rounds", rounds(20)));
            results.add(cost(name, ours, "ms", peer, theirs.map(found -> 1e3 * best(found, "seconds"))));
        }
        progress.advance();
        return results;
    }

    private List<BenchmarkResult> barrier(Progress progress) {
        progress.note("barrier paths");
        BarrierPaths paths = new BarrierPaths(Lanes.best());
        BarrierPaths scalar = new BarrierPaths(Lanes.scalar());
        double ours = milliseconds(5, () -> paths.price(1));
        double slow = milliseconds(3, () -> scalar.price(1));
        BarrierPaths.Estimate estimate = paths.price(1);
        List<BenchmarkResult> results = new ArrayList<>();
        String name = "barrier option, 100,000 paths x 250 steps";
        Peer numpy = Peer.python("numpy", "numpy", "barrier.py");
        Optional<Map<String, List<Double>>> theirs = numpy.run(settings.folder(), Map.of("rounds", rounds(5)));
        theirs.ifPresent(found -> requireSame(estimate, best(found, "price"), numpy));
        results.add(cost(name, ours, "ms", numpy, theirs.map(found -> 1e3 * best(found, "seconds"))));
        results.add(cost(name + ", scalar twin", slow, "ms", numpy, theirs.map(found -> 1e3 * best(found, "seconds"))));
        progress.advance();
        Peer quantLib = Peer.python("QuantLib", "QuantLib", "quantlib.py");
        Optional<Map<String, List<Double>>> slower = quantLib.run(settings.folder(), Map.of());
        results.add(cost(name, ours, "ms", quantLib, slower.map(found -> 1e3 * best(found, "seconds"))));
        progress.advance();
        return results;
    }

    /** Two seeds of the same model differ by chance alone. */
    private static void requireSame(BarrierPaths.Estimate ours, double theirs, Peer peer) {
        double allowed = 5 * Math.sqrt(2) * ours.standardError();
        if (Math.abs(ours.price() - theirs) > allowed) {
            throw new IllegalStateException("Prices differ by more than chance: ours=" + ours.price() + " "
                    + peer.name() + "=" + theirs + " allowed=" + allowed);
        }
    }

    private List<BenchmarkResult> columns(Progress progress) {
        progress.note("exponential and logarithm");
        Lanes lanes = Lanes.best();
        double[] x = new double[COLUMN];
        double[] out = new double[COLUMN];
        SeededRandom random = new SeededRandom(1);
        Arrays.setAll(x, i -> 10 * random.nextDouble() - 5);
        double[] y = new double[COLUMN];
        lanes.exp(x, y, COLUMN);
        double exp = 1e6 * milliseconds(2_000, () -> lanes.exp(x, out, COLUMN)) / COLUMN;
        double log = 1e6 * milliseconds(2_000, () -> lanes.log(y, out, COLUMN)) / COLUMN;
        Peer numpy = Peer.python("numpy", "numpy", "barrier.py");
        Optional<Map<String, List<Double>>> theirs = numpy.run(settings.folder(), Map.of("rounds", rounds(5)));
        progress.advance();
        return List.of(
                cost("e^x of 4,096 numbers", exp, "ns each", numpy, theirs.map(t -> 1e9 * best(t, "exp") / COLUMN)),
                cost("ln x of 4,096 numbers", log, "ns each", numpy, theirs.map(t -> 1e9 * best(t, "log") / COLUMN)));
    }

    private BenchmarkResult tail(double[] returns, Progress progress) {
        progress.note("generalised Pareto");
        double[] losses = returns.clone();
        Arrays.sort(losses);
        double threshold = losses[losses.length - 110];
        double ours = milliseconds(200, () -> GeneralizedPareto.fit(returns, threshold));
        Peer evd = Peer.r("evd", "tail.R");
        Optional<Map<String, List<Double>>> theirs = evd.run(
                settings.folder(),
                Map.of("data", write(returns).toString(), "rounds", rounds(10), "threshold", "" + threshold));
        progress.advance();
        return cost("generalised Pareto fit, 109 excesses", ours, "ms", evd, theirs.map(t -> 1e3 * best(t, "seconds")));
    }

    private List<BenchmarkResult> joint(Progress progress) {
        progress.note("joint paths");
        PathAsset asset = new PathAsset(0, 1e-4, new VarianceStep.Quadratic(2e-6, 0.06, 0.06, 0.88), Lanes::normal);
        JointPaths paths = JointPaths.of(
                Collections.nCopies(30, asset),
                new TCopula(CorrelationMatrix.uniform(30, 0.5), 5),
                new PathSettings(24, 100_000, 1, true));
        BlockTask task = new Drawing(paths);
        List<BenchmarkResult> results = new ArrayList<>();
        for (int threads : List.of(1, 2)) {
            double best = Double.POSITIVE_INFINITY;
            for (int round = 0; round < Math.min(settings.rounds(), 4); round++) {
                long began = System.nanoTime();
                new LocalBlocks(threads).run(task);
                best = Math.min(best, (System.nanoTime() - began) / 1e9);
            }
            results.add(BenchmarkResult.alone(
                    "joint paths, 30 assets x 24 steps x 100,000, " + threads + (threads == 1 ? " thread" : " threads"),
                    best,
                    "s"));
        }
        progress.advance();
        return results;
    }

    /** Draws every block and keeps nothing. */
    private record Drawing(PathSource paths) implements BlockTask {

        @Override
        public int blocks() {
            return paths.blocks();
        }

        @Override
        public IntFunction<double[]> open() {
            PathBlock block = PathBlock.of(paths);
            return number -> {
                paths.fill(number, block);
                return new double[0];
            };
        }
    }

    /** GARCH(1,1) with normal shocks, so that every program finds a maximum. */
    private static double[] returns(int size, long seed) {
        SeededRandom random = new SeededRandom(seed);
        double[] returns = new double[size];
        double h = 0.2;
        for (int t = 0; t < size; t++) {
            returns[t] = Math.sqrt(h) * Lanes.normal(random.nextDouble());
            h = 0.01 + 0.12 * returns[t] * returns[t] + 0.82 * h;
        }
        return returns;
    }

    private Path write(double[] returns) {
        StringBuilder text = new StringBuilder("r\n");
        for (double r : returns) {
            text.append(r).append('\n');
        }
        try {
            return Files.writeString(settings.folder().resolve("returns.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark's data cannot be written", e);
        }
    }

    /** Processor time of one run, the best of the rounds after two to warm up. */
    private double milliseconds(int times, Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = -2; round < settings.rounds(); round++) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < times; i++) {
                work.run();
            }
            double took = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e6 / times;
            best = round >= 0 ? Math.min(best, took) : best;
        }
        return best;
    }

    /** Tests ask for one round and want to see it run. */
    private String rounds(int usual) {
        return "" + Math.min(usual, settings.rounds());
    }

    private static double best(Map<String, List<Double>> found, String name) {
        return Collections.min(found.getOrDefault(name, List.of(Double.NaN)));
    }

    private static BenchmarkResult cost(String name, double ours, String unit, Peer peer, Optional<Double> theirs) {
        return theirs.map(found -> BenchmarkResult.cost(name, ours, unit, peer.name(), found))
                .orElseGet(() ->
                        BenchmarkResult.alone(name + " (" + peer.name() + " is not installed: skipped)", ours, unit));
    }
}
