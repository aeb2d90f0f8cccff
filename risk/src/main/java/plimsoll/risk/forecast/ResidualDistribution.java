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
 */
final class ResidualDistribution {

    private final double[] ascending;
    private final int tailCount;
    private final Optional<TailFit> lower;
    private final Optional<TailFit> upper;

    ResidualDistribution(double[] residuals, double tailShare) {
        ascending = residuals.clone();
        Arrays.sort(ascending);
        tailCount = (int) (tailShare * ascending.length);
        lower = fit(negated(ascending), tailCount);
        upper = fit(ascending, tailCount);
    }

    /** One draw for one uniform number. */
    double draw(SeededRandom random) {
        var n = ascending.length;
        var u = random.nextDouble();
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

    /** Value at risk and expected shortfall of the losses −z. */
    LossForecast losses(double level) {
        if (lower.isPresent() && (1 - level) * ascending.length < lower.get().exceedances()) {
            return new LossForecast(lower.get().valueAtRisk(level), lower.get().expectedShortfall(level));
        }
        var sample = LossSample.of(negated(ascending));
        return new LossForecast(sample.valueAtRisk(level), sample.expectedShortfall(level));
    }

    Optional<TailFit> lowerTail() {
        return lower;
    }

    private static Optional<TailFit> fit(double[] values, int count) {
        if (count < GeneralizedPareto.FEWEST_EXCESSES) {
            return Optional.empty();
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        var threshold = sorted[sorted.length - count - 1];
        if (sorted[sorted.length - GeneralizedPareto.FEWEST_EXCESSES] <= threshold) {
            return Optional.empty();
        }
        var tail = GeneralizedPareto.fit(values, threshold);
        return tail.isConverged() && tail.xi() < 1 ? Optional.of(tail) : Optional.empty();
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }
}
