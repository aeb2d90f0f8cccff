package plimsoll.risk.simulation;

import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.SimulationResult.Estimate;
import plimsoll.risk.simulation.SimulationResult.Figures;
import plimsoll.risk.tail.LossSample;
import plimsoll.risk.tail.LossSample.Interval;

/**
 * How sure is a figure that came from simulated paths?
 *
 * <pre>
 * se(mean) = s_B/√B,  s_B the deviation of the means of B whole blocks, where there are at least 20          (1)
 * se(mean) = s/√n,    s the deviation of the paths, with fewer                                                (2)
 * </pre>
 *
 * Paths of a block may be drawn in pairs that balance each other; blocks never are. Intervals of quantiles and expected
 * shortfalls are those of {@link LossSample}, which takes paths for independent.
 *
 * <p>Source: docs/models/market-simulation.md, equations 9 and 10.
 */
final class MonteCarlo {

    private static final double DEVIATIONS = 1.959963984540054;
    private static final int ENOUGH_BLOCKS = 20;

    private MonteCarlo() {}

    static Figures figures(double[] sample) {
        var losses = LossSample.of(sample);
        return new Figures(
                mean(sample),
                valueAtRisk(losses, 0.95),
                valueAtRisk(losses, 0.99),
                shortfall(losses, 0.95),
                shortfall(losses, 0.99));
    }

    /** Sums by block and then over the blocks: the order of addition is the same wherever the blocks ran. */
    static Estimate mean(double[] sample) {
        var n = sample.length;
        var blocks = (n + PathSource.BLOCK - 1) / PathSource.BLOCK;
        var sums = new double[blocks];
        for (var i = 0; i < n; i++) {
            sums[i / PathSource.BLOCK] += sample[i];
        }
        var total = 0.0;
        for (var sum : sums) {
            total += sum;
        }
        var mean = total / n;
        var whole = n / PathSource.BLOCK;
        return around(mean, whole >= ENOUGH_BLOCKS ? ofBlocks(sums, whole) : ofPaths(sample, mean));
    }

    private static double ofBlocks(double[] sums, int whole) {
        var mean = 0.0;
        for (var b = 0; b < whole; b++) {
            mean += sums[b] / PathSource.BLOCK / whole;
        }
        var squares = 0.0;
        for (var b = 0; b < whole; b++) {
            var deviation = sums[b] / PathSource.BLOCK - mean;
            squares += deviation * deviation;
        }
        return Math.sqrt(squares / (whole - 1) / whole);
    }

    private static double ofPaths(double[] sample, double mean) {
        var n = sample.length;
        if (n < 2) {
            return 0;
        }
        var squares = 0.0;
        for (var x : sample) {
            squares += (x - mean) * (x - mean);
        }
        return Math.sqrt(squares / (n - 1) / n);
    }

    private static Estimate valueAtRisk(LossSample losses, double level) {
        return within(losses.valueAtRisk(level), losses.valueAtRiskInterval(level), losses.size());
    }

    private static Estimate shortfall(LossSample losses, double level) {
        return within(losses.expectedShortfall(level), losses.expectedShortfallInterval(level), losses.size());
    }

    private static Estimate within(double value, Interval interval, int size) {
        if (size == 1) {
            return around(value, 0);
        }
        return new Estimate(value, (interval.high() - interval.low()) / (2 * DEVIATIONS), interval);
    }

    private static Estimate around(double value, double error) {
        return new Estimate(value, error, new Interval(value - DEVIATIONS * error, value + DEVIATIONS * error));
    }
}
