package plimsoll.risk.forecast;

import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.tail.LossSample;

/**
 * What can the next hours and days cost, at several levels, and how sure are we?
 *
 * <pre>
 * point      VaR_α, ES_α of simulated losses of the marginal, all horizons along the same paths                  (1)
 * bootstrap  b = 1…B: blocks of residuals in time order drawn with replacement, tails refitted, VaR^b, ES^b along
 *            paths with the same uniform numbers; s² = variance over b of ln(VaR^b)                              (2)
 * interval   VaR·exp(±1.96·√(s² + m²)), m the relative Monte-Carlo error of the point                             (3)
 * </pre>
 *
 * A one-period loss needs no paths: its quantile is that of the residuals. Blocks are those of the stationary bootstrap,
 * of mean length n^⅓. The interval is given today's variance and the fitted filter: it holds the error of the shocks'
 * distribution, tails included, and that of the simulation, not the filter's own.
 *
 * <p>Sources: Politis and Romano, JASA 89 (1994); Christoffersen and Gonçalves, Journal of Risk 7 (2005);
 * docs/models/risk-measures.md, equations 1 to 3.
 */
public final class RiskMeasures {

    private static final double INTERVAL_DEVIATIONS = 1.959963984540054;

    private RiskMeasures() {}

    /** One measure for each horizon and level, horizons first. */
    public static List<RiskMeasure> of(Marginal marginal, Settings settings) {
        var points = new Estimates(marginal, settings, settings.paths());
        var anchor = new Estimates(marginal, settings, settings.replicationPaths());
        var bootstrap = new ResidualBootstrap(marginal.standardizedResiduals());
        var replications = new ArrayList<Estimates>();
        for (var b = 0; b < settings.replications(); b++) {
            // Streams from the far end: the blocks of paths take theirs from 0 on.
            var counts = bootstrap.draw(new SeededRandom(settings.seed(), -1L - b));
            var replication = marginal.with(marginal.residuals().resampled(counts));
            replications.add(new Estimates(replication, settings, settings.replicationPaths()));
        }
        return measures(settings, (horizon, level, kind) -> {
            var ratios = new double[replications.size()];
            for (var b = 0; b < ratios.length; b++) {
                ratios[b] = replications.get(b).value(horizon, level, kind) / anchor.value(horizon, level, kind);
            }
            return interval(points.value(horizon, level, kind), points.error(horizon, level, kind), ratios);
        });
    }

    /** The points alone, each its own interval: for a comparison that needs no error of its own. */
    public static List<RiskMeasure> points(Marginal marginal, Settings settings) {
        var points = new Estimates(marginal, settings, settings.paths());
        return measures(settings, (horizon, level, kind) -> {
            var value = points.value(horizon, level, kind);
            return new Estimate(value, value, value);
        });
    }

    /** An estimate by the numbers of its horizon, level and kind. */
    @FunctionalInterface
    private interface Estimator {
        Estimate estimate(int horizon, int level, int kind);
    }

    private static List<RiskMeasure> measures(Settings settings, Estimator found) {
        var measures = new ArrayList<RiskMeasure>();
        for (var i = 0; i < settings.horizons().size(); i++) {
            for (var j = 0; j < settings.levels().size(); j++) {
                measures.add(new RiskMeasure(
                        settings.horizons().get(i),
                        settings.levels().get(j),
                        found.estimate(i, j, Estimates.VALUE_AT_RISK),
                        found.estimate(i, j, Estimates.SHORTFALL),
                        found.estimate(i, j, Estimates.FALL_AT_RISK),
                        found.estimate(i, j, Estimates.FALL_SHORTFALL)));
            }
        }
        return List.copyOf(measures);
    }

    /** Around a point, from its Monte-Carlo error and from what replications made of it relative to their own anchor. */
    private static Estimate interval(double point, double error, double[] ratios) {
        var sum = 0.0;
        var squares = 0.0;
        for (var ratio : ratios) {
            // A loss that turned into a gain is as far off as a loss can be: a hundredth of it.
            var log = StrictMath.log(Math.max(0.01, ratio));
            sum += log;
            squares += log * log;
        }
        var n = ratios.length;
        var spread = Math.max(0, (squares - sum * sum / n) / (n - 1));
        var relative = error / point;
        if (!(point > 0)) {
            return new Estimate(point, point - INTERVAL_DEVIATIONS * error, point + INTERVAL_DEVIATIONS * error);
        }
        var width = StrictMath.exp(INTERVAL_DEVIATIONS * Math.sqrt(spread + relative * relative));
        return new Estimate(point, point / width, point * width);
    }

    /**
     * What to measure, and how hard to try.
     *
     * @param horizons in periods of the return series, strictly increasing
     * @param levels in (0.5, 1)
     * @param paths of the points, at least 1,000
     * @param replications of the bootstrap, at least 20
     * @param replicationPaths of each replication, at least 1,000
     */
    public record Settings(
            List<Integer> horizons, List<Double> levels, int paths, int replications, int replicationPaths, long seed) {

        public static final List<Double> LEVELS = List.of(0.99, 0.995, 0.999);

        public Settings {
            horizons = List.copyOf(horizons);
            levels = List.copyOf(levels);
            for (var i = 0; i < horizons.size(); i++) {
                if (horizons.get(i) <= (i == 0 ? 0 : horizons.get(i - 1))) {
                    throw new IllegalArgumentException("horizons are not strictly increasing: found=" + horizons);
                }
            }
            if (horizons.isEmpty()
                    || levels.isEmpty()
                    || !levels.stream().allMatch(level -> level > 0.5 && level < 1)) {
                throw new IllegalArgumentException(
                        "no horizons, or levels outside (0.5, 1): horizons=%s levels=%s".formatted(horizons, levels));
            }
            if (paths < 1000 || replications < 20 || replicationPaths < 1000) {
                throw new IllegalArgumentException(
                        "too few paths or replications: paths=%d needed=1000 replications=%d needed=20 replicationPaths=%d needed=1000"
                                .formatted(paths, replications, replicationPaths));
            }
        }

        /** 99, 99.5 and 99.9 %, 20,000 paths, 100 replications of 4,096. */
        public static Settings of(List<Integer> horizons, long seed) {
            return new Settings(horizons, LEVELS, 20_000, 100, 4 * LossPaths.BLOCK, seed);
        }
    }

    /** A number and its 95 % interval. */
    public record Estimate(double value, double low, double high) {}

    /**
     * The loss of holding one price over a horizon.
     *
     * @param horizon in periods
     * @param valueAtRisk log loss, exceeded with probability 1 − level
     * @param expectedShortfall mean log loss beyond it
     * @param fallAtRisk the same loss as a fraction of the price, 1 − exp(−log loss)
     * @param fallShortfall mean fall beyond it, a fraction of the price
     */
    public record RiskMeasure(
            int horizon,
            double level,
            Estimate valueAtRisk,
            Estimate expectedShortfall,
            Estimate fallAtRisk,
            Estimate fallShortfall) {}

    /** Every measure of one marginal, by horizon, level and kind, with Monte-Carlo errors. */
    private static final class Estimates {

        static final int VALUE_AT_RISK = 0;
        static final int SHORTFALL = 1;
        static final int FALL_AT_RISK = 2;
        static final int FALL_SHORTFALL = 3;
        static final int KINDS = 4;

        private static final double INTERVAL_WIDTH = 2 * INTERVAL_DEVIATIONS;
        /** Midpoints of a one-period tail; their error is below 1e-4 of the shortfall. */
        private static final int MIDPOINTS = 1000;

        private final double[][][] values;
        private final double[][][] errors;

        Estimates(Marginal marginal, Settings settings, int paths) {
            var horizons =
                    settings.horizons().stream().mapToInt(Integer::intValue).toArray();
            var levels = settings.levels();
            values = new double[horizons.length][levels.size()][KINDS];
            errors = new double[horizons.length][levels.size()][KINDS];
            var losses = horizons.length == 1 && horizons[0] == 1
                    ? new double[1][0]
                    : new LossPaths(horizons, paths, settings.seed()).run(marginal);
            for (var i = 0; i < horizons.length; i++) {
                if (horizons[i] == 1) {
                    onePeriod(marginal, levels, values[i]);
                    continue;
                }
                var logs = LossSample.of(losses[i]);
                var falls = LossSample.of(LossPaths.falls(losses[i]));
                for (var j = 0; j < levels.size(); j++) {
                    fill(logs, levels.get(j), VALUE_AT_RISK, values[i][j], errors[i][j]);
                    fill(falls, levels.get(j), FALL_AT_RISK, values[i][j], errors[i][j]);
                }
            }
        }

        /** The value at risk at this place and the shortfall at the next. */
        private static void fill(LossSample sample, double level, int kind, double[] value, double[] error) {
            value[kind] = sample.valueAtRisk(level);
            value[kind + 1] = sample.expectedShortfall(level);
            var atRisk = sample.valueAtRiskInterval(level);
            var shortfall = sample.expectedShortfallInterval(level);
            error[kind] = (atRisk.high() - atRisk.low()) / INTERVAL_WIDTH;
            error[kind + 1] = (shortfall.high() - shortfall.low()) / INTERVAL_WIDTH;
        }

        private static void onePeriod(Marginal marginal, List<Double> levels, double[][] value) {
            var deviation = Math.sqrt(marginal.nextVariance());
            for (var j = 0; j < levels.size(); j++) {
                var level = levels.get(j);
                var standardized = marginal.residuals().losses(level);
                value[j][VALUE_AT_RISK] = -marginal.mu() + deviation * standardized.valueAtRisk();
                value[j][SHORTFALL] = -marginal.mu() + deviation * standardized.expectedShortfall();
                value[j][FALL_AT_RISK] = LossPaths.fall(value[j][VALUE_AT_RISK]);
                var sum = 0.0;
                for (var point = 0; point < MIDPOINTS; point++) {
                    var z = marginal.residuals().quantile((1 - level) * (point + 0.5) / MIDPOINTS);
                    sum += LossPaths.fall(-marginal.mu() - deviation * z);
                }
                value[j][FALL_SHORTFALL] = Math.max(value[j][FALL_AT_RISK], sum / MIDPOINTS);
            }
        }

        double value(int horizon, int level, int kind) {
            return values[horizon][level][kind];
        }

        double error(int horizon, int level, int kind) {
            return errors[horizon][level][kind];
        }
    }
}
