package plimsoll.risk.path;

import java.util.function.DoubleUnaryOperator;
import plimsoll.risk.forecast.Marginal;
import plimsoll.risk.volatility.VarianceStep;

/**
 * One asset's own behaviour from now on: r = μ + √h·z, h ← f(h, z).
 *
 * @param mu mean log return of a step
 * @param variance h of the first step
 * @param residual the z that a share u lies below
 */
public record PathAsset(double mu, double variance, VarianceStep step, DoubleUnaryOperator residual) {

    public PathAsset {
        if (!Double.isFinite(mu) || !(variance >= 0) || Double.isInfinite(variance)) {
            throw new IllegalArgumentException("asset does not move: mu=%s variance=%s".formatted(mu, variance));
        }
    }

    public static PathAsset of(Marginal marginal) {
        return new PathAsset(marginal.mu(), marginal.nextVariance(), marginal.step(), marginal.residuals()::quantile);
    }

    /** A price that does not move against the others, such as the base currency itself. */
    public static PathAsset constant() {
        return new PathAsset(0, 0, new VarianceStep.Quadratic(0, 0, 0, 1), u -> 0);
    }
}
