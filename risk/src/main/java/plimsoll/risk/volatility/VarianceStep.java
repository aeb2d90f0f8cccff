package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

/** The variance of the next period from this one's: h' = f(h, z). What a simulation repeats. */
@FunctionalInterface
public interface VarianceStep {

    double next(double h, double z);

    static VarianceStep of(GarchSpecification specification, double[] theta) {
        var omega = theta[OMEGA];
        var alpha = theta[ALPHA];
        var beta = theta[BETA];
        var gamma = specification.hasGamma() ? theta[GAMMA] : 0;
        return switch (specification.variance()) {
            case GARCH, GJR -> (h, z) -> omega + ((z < 0 ? alpha + gamma : alpha) * z * z + beta) * h;
            case EGARCH -> {
                var meanSize = EgarchRecursion.meanSize(specification, theta);
                yield (h, z) ->
                        StrictMath.exp(omega + gamma * z + alpha * (Math.abs(z) - meanSize) + beta * StrictMath.log(h));
            }
        };
    }
}
