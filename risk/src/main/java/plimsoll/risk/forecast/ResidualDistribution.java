package plimsoll.risk.forecast;

import java.util.Arrays;
import java.util.Optional;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.tail.GeneralizedPareto;
import plimsoll.risk.tail.LossForecast;
import plimsoll.risk.tail.LossSample;
import plimsoll.risk.tail.TailFit;

/**
 * Standardised residuals as they were, with generalised Pareto tails in place of the outermost share on either side, where
 * history is too thin to be resampled. A tail that cannot be fitted, or whose mean would be infinite, stays as it was.
 * Source: docs/models/filtered-historical-simulation.md, equation 1.
 */
public final class ResidualDistribution {

    private final double[] ascending;
    private final double tailShare;
    private final int tailCount;
    private final Optional<TailFit> lower;
    private final Optional<TailFit> upper;

    ResidualDistribution(double[] residuals, double tailShare) {
        this(tailShare, sorted(residuals));
    }

    private ResidualDistribution(double tailShare, double[] ascending) {
        this.ascending = ascending;
        this.tailShare = tailShare;
        tailCount = (int) (tailShare * ascending.length);
        lower = fit(negatedAscending(), tailCount);
        upper = fit(ascending, tailCount);
    }

    /** What these residuals would be if each had been seen as often as counted here, from the least on; tails refitted. */
    ResidualDistribution resampled(int[] counts) {
        var resampled = new double[Arrays.stream(counts).sum()];
        var next = 0;
        for (var rank = 0; rank < counts.length; rank++) {
            Arrays.fill(resampled, next, next + counts[rank], ascending[rank]);
            next += counts[rank];
        }
        return new ResidualDistribution(tailShare, resampled);
    }

    /** How many residuals it was made from. */
    public int size() {
        return ascending.length;
    }

    /** The residual that a share u of all lies below, u in (0, 1): one draw for one uniform number. */
    public double quantile(double u) {
        var n = ascending.length;
        var share = (double) tailCount / n;
        if (u < share && lower.isPresent()) {
            var tail = lower.get();
            return -(tail.threshold() + tail.quantile(u / share));
        }
        if (u > 1 - share && upper.isPresent()) {
            var tail = upper.get();
            return tail.threshold() + tail.quantile((1 - u) / share);
        }
        return ascending[(int) (u * n)];
    }

    double draw(SeededRandom random) {
        return quantile(random.nextDouble());
    }

    /** Value at risk and expected shortfall of the losses −z. */
    public LossForecast losses(double level) {
        if (lower.isPresent() && (1 - level) * ascending.length < lower.get().exceedances()) {
            return new LossForecast(lower.get().valueAtRisk(level), lower.get().expectedShortfall(level));
        }
        var sample = LossSample.of(negatedAscending());
        return new LossForecast(sample.valueAtRisk(level), sample.expectedShortfall(level));
    }

    /** The tail of the losses −z; empty where history was too short to fit one. */
    public Optional<TailFit> lowerTail() {
        return lower;
    }

    /** The tail of the gains z. */
    public Optional<TailFit> upperTail() {
        return upper;
    }

    private static Optional<TailFit> fit(double[] ascending, int count) {
        if (count < GeneralizedPareto.FEWEST_EXCESSES) {
            return Optional.empty();
        }
        var threshold = ascending[ascending.length - count - 1];
        if (ascending[ascending.length - GeneralizedPareto.FEWEST_EXCESSES] <= threshold) {
            return Optional.empty();
        }
        var tail = GeneralizedPareto.fit(ascending, threshold);
        return tail.isConverged() && tail.xi() < 1 ? Optional.of(tail) : Optional.empty();
    }

    private static double[] sorted(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private double[] negatedAscending() {
        var negated = new double[ascending.length];
        for (var i = 0; i < negated.length; i++) {
            negated[i] = -ascending[negated.length - 1 - i];
        }
        return negated;
    }
}
