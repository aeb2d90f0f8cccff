package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import java.io.Serializable;

/** The variance of the next period from this one's: h' = f(h, z). What a simulation repeats, wherever it runs. */
@FunctionalInterface
public interface VarianceStep extends Serializable {

    /** The variance that stays what it is. */
    VarianceStep CONSTANT = new Quadratic(0, 0, 0, 1);

    double next(double h, double z);

    /** h' = ω + ((α + γ·1[z < 0])·z² + β)·h: GARCH, GJR and, with ω = 0, EWMA. */
    record Quadratic(double omega, double alpha, double gamma, double beta) implements VarianceStep {
        @Override
        public double next(double h, double z) {
            return omega + ((z < 0 ? alpha + gamma : alpha) * z * z + beta) * h;
        }
    }

    static VarianceStep of(GarchSpecification specification, double[] theta) {
        var omega = theta[OMEGA];
        var alpha = theta[ALPHA];
        var beta = theta[BETA];
        var gamma = specification.hasGamma() ? theta[GAMMA] : 0;
        return switch (specification.variance()) {
            case GARCH, GJR -> new Quadratic(omega, alpha, gamma, beta);
            case EGARCH -> {
                var meanSize = EgarchRecursion.meanSize(specification, theta);
                yield (h, z) ->
                        StrictMath.exp(omega + gamma * z + alpha * (Math.abs(z) - meanSize) + beta * StrictMath.log(h));
            }
        };
    }
}
