package plimsoll.risk.forecast;

import java.time.Instant;
import java.util.List;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.risk.volatility.VarianceStep;

/**
 * One price's own behaviour, all that a joint simulation needs of it: r = μ + √h·z, h ← f(h, z), with z drawn from
 * {@link #residuals()} by its quantile. What ties several prices together is no part of it.
 * Source: docs/models/filtered-historical-simulation.md, equations 1 and 2.
 */
public final class Marginal {

    private final double mu;
    private final VarianceStep step;
    private final double nextVariance;
    private final double[] standardized;
    private final ResidualDistribution residuals;
    private final List<Instant> times;

    private Marginal(
            double mu,
            VarianceStep step,
            double nextVariance,
            double[] standardized,
            ResidualDistribution residuals,
            List<Instant> times) {
        this.mu = mu;
        this.step = step;
        this.nextVariance = nextVariance;
        this.standardized = standardized;
        this.residuals = residuals;
        this.times = times;
    }

    static Marginal filtered(
            double mu, VarianceStep step, double nextVariance, double[] standardized, double tailShare) {
        return new Marginal(
                mu,
                step,
                nextVariance,
                standardized.clone(),
                new ResidualDistribution(standardized, tailShare),
                List.of());
    }

    /** Fits a history with the filter of these settings. */
    public static Marginal of(ReturnSeries returns, FilteredHistoricalSimulation.Settings settings) {
        return FilteredHistoricalSimulation.of(returns.logReturns(), settings)
                .marginal()
                .at(returns.times());
    }

    Marginal at(List<Instant> observed) {
        return new Marginal(mu, step, nextVariance, standardized, residuals, List.copyOf(observed));
    }

    /** The same behaviour with other residuals: what a bootstrap replication simulates. */
    Marginal with(ResidualDistribution other) {
        return new Marginal(mu, step, nextVariance, standardized, other, times);
    }

    /** The same behaviour beginning at another variance: of a calmer or a stormier day. */
    public Marginal from(double variance) {
        return new Marginal(mu, step, variance, standardized, residuals, times);
    }

    /**
     * The same behaviour told in shorter periods: mean and variance divided evenly, the variance held over what was one
     * period. For a price known by the day among others known by the hour: the day's shocks come at any hour.
     */
    public Marginal inParts(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("a period has one part or more: found=" + parts);
        }
        return parts == 1
                ? this
                : new Marginal(mu / parts, VarianceStep.CONSTANT, nextVariance / parts, standardized, residuals, times);
    }

    /** Mean log return of a period. */
    public double mu() {
        return mu;
    }

    /** How the variance of log returns moves on. */
    public VarianceStep step() {
        return step;
    }

    /** Variance of the log return of the period after the last observation. */
    public double nextVariance() {
        return nextVariance;
    }

    /** The distribution of z, its tails fitted. */
    public ResidualDistribution residuals() {
        return residuals;
    }

    /** z of every observation, in time order. */
    public double[] standardizedResiduals() {
        return standardized.clone();
    }

    /** The stamp of each observation in its return series; empty where the history came without times. */
    public List<Instant> times() {
        return times;
    }
}
