package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import java.util.OptionalDouble;

/**
 * One number for each parameter of a GARCH model: an estimate, or its standard error.
 * μ is in the unit of the returns and ω in its square (ln of it for EGARCH); the rest are pure numbers.
 * λ is the skewness of Hansen's t: below 0, bad news has the longer tail.
 */
public record GarchParameters(
        double mu,
        double omega,
        double alpha,
        double beta,
        OptionalDouble gamma,
        OptionalDouble nu,
        OptionalDouble lambda) {

    static GarchParameters of(GarchSpecification specification, double[] values) {
        return new GarchParameters(
                values[MU],
                values[OMEGA],
                values[ALPHA],
                values[BETA],
                specification.hasGamma() ? OptionalDouble.of(values[GAMMA]) : OptionalDouble.empty(),
                specification.hasNu() ? OptionalDouble.of(values[specification.nu()]) : OptionalDouble.empty(),
                specification.hasLambda() ? OptionalDouble.of(values[specification.lambda()]) : OptionalDouble.empty());
    }

    /** How much of a variance shock is left after a period on average: α + γ/2 + β, or β for EGARCH. */
    public double persistence(GarchSpecification specification) {
        return switch (specification.variance()) {
            case GARCH, GJR -> alpha + gamma.orElse(0) / 2 + beta;
            case EGARCH -> beta;
        };
    }
}
