package plimsoll.risk.volatility;

import java.util.Arrays;

/** A fitted moving average: its decays and tail, how sure we are of them, and the variance it gives every observation and the next. */
public final class EwmaFit {

    private final Ewma.Parameters parameters;
    private final Ewma.StandardErrors standardErrors;
    private final double logLikelihood;
    private final boolean converged;
    private final double[] returns;
    private final double[] variances;

    EwmaFit(
            Ewma.Parameters parameters,
            Ewma.StandardErrors standardErrors,
            double logLikelihood,
            boolean converged,
            double[] returns,
            double[] variances) {
        this.parameters = parameters;
        this.standardErrors = standardErrors;
        this.logLikelihood = logLikelihood;
        this.converged = converged;
        this.returns = returns.clone();
        this.variances = variances;
    }

    public Ewma.Parameters parameters() {
        return parameters;
    }

    /** A parameter on a bound has standard error 0: it was not estimated. */
    public Ewma.StandardErrors standardErrors() {
        return standardErrors;
    }

    public double logLikelihood() {
        return logLikelihood;
    }

    /** Whether the gradient vanished to within 1e-9 standard errors of a maximum, bounds apart. */
    public boolean isConverged() {
        return converged;
    }

    /** h_t of every observation. */
    public double[] variances() {
        return Arrays.copyOf(variances, returns.length);
    }

    /** z_t = r_t/√h_t of every observation. */
    public double[] standardizedResiduals() {
        var residuals = new double[returns.length];
        for (var t = 0; t < residuals.length; t++) {
            residuals[t] = returns[t] / Math.sqrt(variances[t]);
        }
        return residuals;
    }

    /** h of the period after the last observation. */
    public double nextVariance() {
        return variances[returns.length];
    }

    /** The fitted recursion, for moving on from the last observation. */
    public Ewma.Step step() {
        return Ewma.step(parameters.lambdaDown(), parameters.lambdaUp());
    }
}
