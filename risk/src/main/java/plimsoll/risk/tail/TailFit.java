package plimsoll.risk.tail;

import java.util.Optional;

/**
 * A generalised Pareto tail above a threshold; losses, threshold and β share a unit.
 *
 * @param observations n, all losses
 * @param exceedances k, losses above the threshold
 * @param logLikelihood of the excesses
 * @param standardErrors from the observed information; empty where it is not positive definite
 */
public record TailFit(
        int observations,
        double threshold,
        int exceedances,
        double xi,
        double beta,
        Optional<StandardErrors> standardErrors,
        double logLikelihood,
        boolean isConverged) {

    /** The loss that is exceeded with probability 1 − level; the level must lie in the tail, above 1 − k/n. */
    public double valueAtRisk(double level) {
        return threshold + quantile(share(level));
    }

    /** s = (1 − level)·n/k: which share of the exceedances lies beyond the value at risk. */
    double share(double level) {
        var share = (1 - level) * observations / exceedances;
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("level is not in the tail: found=%s allowed=[%s, 1)"
                    .formatted(level, 1 - (double) exceedances / observations));
        }
        return share;
    }

    /** The mean loss beyond the value at risk; infinite where ξ is 1 or more. */
    public double expectedShortfall(double level) {
        var valueAtRisk = valueAtRisk(level);
        return xi >= 1 ? Double.POSITIVE_INFINITY : (valueAtRisk + beta - xi * threshold) / (1 - xi);
    }

    /** The excess over the threshold that a share of the excesses lies beyond: β/ξ·(share^(−ξ) − 1). */
    public double quantile(double share) {
        var log = StrictMath.log(share);
        return xi == 0 ? -beta * log : beta * StrictMath.expm1(-xi * log) / xi;
    }

    /**
     * Of ξ and β.
     *
     * @param covariance of the two estimates
     */
    public record StandardErrors(double xi, double beta, double covariance) {}
}
