package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import plimsoll.risk.volatility.GarchSpecification.Variance;

/**
 * How volatile is the next period, given how volatile the last ones were? Maximum likelihood of GARCH(1,1), GJR(1,1)
 * and EGARCH(1,1) with normal or Student-t innovations, for returns r:
 *
 * <pre>
 * r_t = μ + e_t,  e_t = √h_t · z_t,  z_t ~ N(0, 1) or t_ν scaled to variance 1
 * GARCH   h_t = ω + α·e²_{t−1} + β·h_{t−1}
 * </pre>
 *
 * and GJR and EGARCH as in {@link GarchSpecification.Variance}. The pre-sample h₀ and e₀² are mean(e²) at the current μ,
 * which is the convention of the published estimates of Fiorentini, Calzolari and Panattoni (1996).
 *
 * <p>Constraint: persistence α + γ/2 + β (β for EGARCH) is at most {@link #LARGEST_PERSISTENCE}. Where the likelihood
 * would rise beyond, it is held there and the fit says so: a variance that explodes has no risk over a horizon.
 *
 * <p>Search: quasi-Newton (BFGS) in unbounded coordinates, then Newton steps with the analytic Hessian.
 * Source: docs/models/garch.md, equations 1 to 7.
 */
public final class Garch {

    /** Half-life of a shock: 6,931 periods, nineteen years of days. */
    public static final double LARGEST_PERSISTENCE = 0.9999;

    /** Fewer observations cannot tell four parameters apart. */
    public static final int FEWEST_OBSERVATIONS = 50;

    private static final double[][] STARTS = {{0.08, 0.88}, {0.20, 0.60}, {0.03, 0.955}};

    private Garch() {}

    /** Fits returns in time order, in any unit; estimates come in the same unit. */
    public static GarchFit fit(double[] returns, GarchSpecification specification) {
        var scale = scale(returns);
        var likelihood = new GarchLikelihood(specification, returns);
        var start = start(returns, scale, specification, 0);
        var free = best(start, likelihood, returns, scale, specification, false);
        if (free.persistence() <= LARGEST_PERSISTENCE) {
            return free.finish();
        }
        return best(free.heldStart(scale), likelihood, returns, scale, specification, true)
                .finish();
    }

    /**
     * The maximum wherever its persistence is: for residuals of the sample itself, as DCC's first step wants them, and
     * never for a variance ahead.
     */
    public static GarchFit fitWithinSample(double[] returns, GarchSpecification specification) {
        var scale = scale(returns);
        var likelihood = new GarchLikelihood(specification, returns);
        return best(start(returns, scale, specification, 0), likelihood, returns, scale, specification, false)
                .finish();
    }

    private static double scale(double[] returns) {
        if (returns.length < FEWEST_OBSERVATIONS) {
            throw new IllegalArgumentException(
                    "too few returns for GARCH: found=%d needed=%d".formatted(returns.length, FEWEST_OBSERVATIONS));
        }
        var scale = standardDeviation(returns);
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("returns have no finite variation: standardDeviation=" + scale);
        }
        return scale;
    }

    private static GarchSearch best(
            double[] first,
            GarchLikelihood likelihood,
            double[] returns,
            double scale,
            GarchSpecification specification,
            boolean persistenceHeld) {
        var best = GarchSearch.from(first, likelihood, returns, scale, specification, persistenceHeld);
        for (var i = 1; i < STARTS.length && !best.isInterior(); i++) {
            var start = start(returns, scale, specification, i);
            var other = GarchSearch.from(start, likelihood, returns, scale, specification, persistenceHeld);
            best = other.logLikelihood() > best.logLikelihood() ? other : best;
        }
        return best;
    }

    /** A start in units of the returns' standard deviation. */
    private static double[] start(double[] returns, double scale, GarchSpecification specification, int number) {
        var theta = new double[specification.parameters()];
        theta[MU] = mean(returns) / scale;
        theta[ALPHA] = STARTS[number][0];
        theta[BETA] = STARTS[number][1];
        theta[OMEGA] = 1 - theta[ALPHA] - theta[BETA];
        if (specification.hasGamma()) {
            // Bad news weighs more than good news in most markets: two thirds and one third to begin with.
            theta[GAMMA] = theta[ALPHA] * 2 / 3;
            theta[ALPHA] -= theta[GAMMA] / 2;
        }
        if (specification.variance() == Variance.EGARCH) {
            theta[OMEGA] = 0;
            theta[ALPHA] = 2 * STARTS[number][0];
            theta[GAMMA] = -0.02;
            theta[BETA] = STARTS[number][0] + STARTS[number][1];
        }
        if (specification.hasNu()) {
            theta[specification.nu()] = 6;
        }
        if (specification.hasLambda()) {
            theta[specification.lambda()] = -0.03;
        }
        return theta;
    }

    private static double mean(double[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardDeviation(double[] values) {
        var mean = mean(values);
        var squares = 0.0;
        for (var value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
