package plimsoll.risk.volatility;

import java.util.Arrays;

/** A fitted GARCH model: its parameters, how sure we are of them, and the variance it gives every observation and the next. */
public final class GarchFit {

    private final GarchSpecification specification;
    private final double[] theta;
    private final double logLikelihood;
    private final int iterations;
    private final boolean converged;
    private final boolean persistenceHeld;
    private final StandardErrors standardErrors;
    private final double[] returns;
    private final double[] variances;

    GarchFit(
            GarchSpecification specification,
            double[] theta,
            double logLikelihood,
            int iterations,
            boolean converged,
            boolean persistenceHeld,
            StandardErrors standardErrors,
            double[] returns,
            double[] variances) {
        this.specification = specification;
        this.theta = theta;
        this.logLikelihood = logLikelihood;
        this.iterations = iterations;
        this.converged = converged;
        this.persistenceHeld = persistenceHeld;
        this.standardErrors = standardErrors;
        this.returns = returns.clone();
        this.variances = variances;
    }

    public GarchSpecification specification() {
        return specification;
    }

    public GarchParameters parameters() {
        return GarchParameters.of(specification, theta);
    }

    public double logLikelihood() {
        return logLikelihood;
    }

    /** Quasi-Newton and Newton steps taken together. */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether the estimate is within 1e-9 standard errors of a maximum, bounds apart; within 0.01 for EGARCH, whose likelihood
     * has kinks.
     */
    public boolean isConverged() {
        return converged;
    }

    /** Whether the likelihood would rise beyond {@link Garch#LARGEST_PERSISTENCE} and was held there. */
    public boolean isPersistenceHeld() {
        return persistenceHeld;
    }

    public StandardErrors standardErrors() {
        return standardErrors;
    }

    /** h_t of every observation. */
    public double[] variances() {
        return Arrays.copyOf(variances, returns.length);
    }

    /** z_t = (r_t − μ)/√h_t of every observation. */
    public double[] standardizedResiduals() {
        var residuals = new double[returns.length];
        for (var t = 0; t < residuals.length; t++) {
            residuals[t] = (returns[t] - theta[GarchSpecification.MU]) / Math.sqrt(variances[t]);
        }
        return residuals;
    }

    /** h of the period after the last observation. */
    public double nextVariance() {
        return variances[returns.length];
    }

    /** The fitted variance recursion, for moving on from the last observation. */
    public VarianceStep step() {
        return VarianceStep.of(specification, theta);
    }
}
