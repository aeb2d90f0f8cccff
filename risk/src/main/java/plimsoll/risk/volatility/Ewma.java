package plimsoll.risk.volatility;

import java.util.Optional;

/**
 * How volatile is the next period, if shocks fade by a fixed share? Exponentially weighted moving average of squares:
 *
 * <pre>
 * symmetric    h_{t+1} = λ·h_t + (1 − λ)·r_t²                                                          (1)
 * asymmetric   the same with λ₋ where r_t &lt; 0 and λ₊ elsewhere: λ₋ &lt; λ₊ gives losses the heavier weight      (2)
 * before       h₁ = mean(r²)                                                                          (3)
 * fit          maximise Σ l_t over λ (or λ₋ and λ₊) and ν: r_t = √h_t·z_t, z_t Student's t scaled to variance 1   (4)
 * </pre>
 *
 * It has no mean and no level to return to; where z is symmetric, h is what we expect h to be at any later time.
 *
 * <p>λ = {@link #DAILY_LAMBDA} is RiskMetrics' choice for days: half of a shock is gone after eleven.
 * Source: docs/models/ewma.md, equations 1 to 4.
 */
public final class Ewma {

    /** J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th edition (1996), section 5.3. */
    public static final double DAILY_LAMBDA = 0.94;

    /** Fewer returns cannot tell two decays and a tail apart. */
    public static final int FEWEST_OBSERVATIONS = 50;

    private Ewma() {}

    /** Variances of every observation and, last, of the period after them; returns in time order, in any unit. */
    public static double[] variances(double[] returns, double lambda) {
        if (returns.length == 0) {
            throw new IllegalArgumentException("no returns");
        }
        var step = step(lambda, lambda);
        var variances = new double[returns.length + 1];
        variances[0] = meanSquare(returns);
        for (var t = 0; t < returns.length; t++) {
            variances[t + 1] = step.after(variances[t], returns[t]);
        }
        return variances;
    }

    /** One decay for all news, and the tail of the innovations, by maximum likelihood. */
    public static EwmaFit fitSymmetric(double[] returns) {
        return EwmaSearch.run(checked(returns), true);
    }

    /** One decay for losses and one for gains, and the tail of the innovations, by maximum likelihood. */
    public static EwmaFit fitAsymmetric(double[] returns) {
        return EwmaSearch.run(checked(returns), false);
    }

    /** The recursion with given decays; equal ones make it symmetric. */
    public static Step step(double lambdaDown, double lambdaUp) {
        return new Step(lambdaDown, lambdaUp);
    }

    private static double[] checked(double[] returns) {
        if (returns.length < FEWEST_OBSERVATIONS) {
            throw new IllegalArgumentException(
                    "too few returns for EWMA: found=%d needed=%d".formatted(returns.length, FEWEST_OBSERVATIONS));
        }
        var square = meanSquare(returns);
        if (!(square > 0) || Double.isInfinite(square)) {
            throw new IllegalArgumentException("returns have no finite variation: meanSquare=" + square);
        }
        return returns;
    }

    static double meanSquare(double[] returns) {
        return Columns.dot(returns, 0, returns, 0, returns.length) / returns.length;
    }

    /**
     * Decays as a way on from one variance to the next.
     *
     * @param lambdaDown λ₋, after a loss
     * @param lambdaUp λ₊, after anything else
     */
    public record Step(double lambdaDown, double lambdaUp) implements VarianceStep {

        public Step {
            require(lambdaDown);
            require(lambdaUp);
        }

        private static void require(double lambda) {
            if (!(lambda > 0 && lambda < 1)) {
                throw new IllegalArgumentException("lambda is outside (0, 1): found=" + lambda);
            }
        }

        @Override
        public double next(double h, double z) {
            var lambda = z < 0 ? lambdaDown : lambdaUp;
            return (lambda + (1 - lambda) * z * z) * h;
        }

        /** The next variance after a return in the returns' own unit. */
        public double after(double h, double r) {
            var lambda = r < 0 ? lambdaDown : lambdaUp;
            return lambda * h + (1 - lambda) * r * r;
        }
    }

    /**
     * One number for each parameter: an estimate, or its standard error.
     *
     * @param lambdaUp that of {@code lambdaDown} where the fit is symmetric
     * @param nu degrees of freedom of the innovations
     */
    public record Parameters(double lambdaDown, double lambdaUp, double nu) {}

    /** Of Hessian and of the sandwich H⁻¹BH⁻¹; empty where the Hessian is not negative definite. */
    public record StandardErrors(Optional<Parameters> hessian, Optional<Parameters> quasiMaximumLikelihood) {}
}
