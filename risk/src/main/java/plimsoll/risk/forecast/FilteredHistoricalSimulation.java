package plimsoll.risk.forecast;

import java.util.Optional;
import java.util.function.Function;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.risk.tail.LossForecast;
import plimsoll.risk.tail.LossForecaster;
import plimsoll.risk.tail.LossSample;
import plimsoll.risk.tail.TailFit;
import plimsoll.risk.volatility.Garch;
import plimsoll.risk.volatility.GarchFit;
import plimsoll.risk.volatility.GarchSpecification;
import plimsoll.risk.volatility.VarianceStep;

/**
 * What can the next h periods cost, given today's volatility and the shocks that history has seen?
 *
 * <pre>
 * z_t = (r_t − μ)/√h_t of a fitted GARCH model; their outermost shares replaced by generalised Pareto tails     (1)
 * path: z* drawn, r* = μ + √h*·z*, h* ← f(h*, z*), h times from the variance forecast; loss = −Σ r*             (2)
 * </pre>
 *
 * Volatility comes from the model, shocks from history, tails from extreme value theory. For one period no paths are
 * needed: VaR = −μ + √h·q_α(−z), and ES likewise. Paths run in blocks of {@link #BLOCK}, each with its own stream of
 * the seed, so that a block gives the same bits wherever it runs.
 *
 * <p>Source: docs/models/filtered-historical-simulation.md, equations 1 and 2; Barone-Adesi, Giannopoulos and Vosper,
 * Journal of Futures Markets 19 (1999); McNeil and Frey, Journal of Empirical Finance 7 (2000).
 */
public final class FilteredHistoricalSimulation {

    public static final int BLOCK = LossPaths.BLOCK;

    private final GarchFit fit;
    private final Marginal marginal;

    private FilteredHistoricalSimulation(GarchFit fit, Marginal marginal) {
        this.fit = fit;
        this.marginal = marginal;
    }

    /** Fits log returns in time order. */
    public static FilteredHistoricalSimulation of(double[] logReturns, Settings settings) {
        var fit = Garch.fit(logReturns, settings.volatility());
        return new FilteredHistoricalSimulation(
                fit,
                Marginal.filtered(
                        fit.parameters().mu(),
                        fit.step(),
                        fit.nextVariance(),
                        fit.standardizedResiduals(),
                        settings.tailShare()));
    }

    /** Fits a history whose times a joint simulation needs. */
    public static FilteredHistoricalSimulation of(ReturnSeries returns, Settings settings) {
        var fitted = of(returns.logReturns(), settings);
        return new FilteredHistoricalSimulation(fitted.fit, fitted.marginal.at(returns.times()));
    }

    /** The fitted volatility model. */
    public GarchFit volatility() {
        return fit;
    }

    /** What a joint simulation needs of this price. */
    public Marginal marginal() {
        return marginal;
    }

    /** The tail of the standardised losses −z; empty where history was too short to fit one. */
    public Optional<TailFit> lossTail() {
        return marginal.residuals().lowerTail();
    }

    /** Log losses over a horizon from now. */
    public LossSample losses(Horizon horizon) {
        return LossSample.of(
                LossPaths.to(horizon.periods(), horizon.paths(), horizon.seed()).run(marginal)[0]);
    }

    /** Falls of the price over a horizon from now, as fractions: 1 − exp(−log loss), 0 where it rises. */
    public LossSample falls(Horizon horizon) {
        return LossSample.of(LossPaths.falls(
                LossPaths.to(horizon.periods(), horizon.paths(), horizon.seed()).run(marginal)[0]));
    }

    /** A forecaster for backtests: it refits when told and moves the variance on in between. */
    static LossForecaster forecaster(Settings settings, double level, Horizon horizon) {
        return forecaster(history -> of(history, settings).marginal, level, horizon);
    }

    /** The same for any filter that makes a marginal of log returns. */
    static LossForecaster forecaster(Function<double[], Marginal> filter, double level, Horizon horizon) {
        return history -> {
            var marginal = filter.apply(history);
            return new LossForecaster.Fitted() {

                private final double mu = marginal.mu();
                private final VarianceStep step = marginal.step();
                private final LossForecast standardized = marginal.residuals().losses(level);
                private double h = marginal.nextVariance();

                @Override
                public LossForecast forecast() {
                    if (horizon.periods() == 1) {
                        return new LossForecast(
                                -mu + Math.sqrt(h) * standardized.valueAtRisk(),
                                -mu + Math.sqrt(h) * standardized.expectedShortfall());
                    }
                    var losses = LossSample.of(LossPaths.to(horizon.periods(), horizon.paths(), horizon.seed())
                            .run(marginal, h)[0]);
                    return new LossForecast(losses.valueAtRisk(level), losses.expectedShortfall(level));
                }

                @Override
                public double variance() {
                    return h;
                }

                @Override
                public void observe(double logReturn) {
                    h = step.next(h, (logReturn - mu) / Math.sqrt(h));
                }
            };
        };
    }

    /**
     * How history is filtered.
     *
     * @param tailShare of the residuals on either side that a fitted tail replaces, in [0, 0.25]; 0 keeps history alone
     */
    public record Settings(GarchSpecification volatility, double tailShare) {

        /** A tenth of the residuals is the tail: the usual compromise between bias and variance (McNeil and Frey). */
        public static final Settings DEFAULT = new Settings(GarchSpecification.GARCH_T, 0.10);

        public Settings {
            if (!(tailShare >= 0 && tailShare <= 0.25)) {
                throw new IllegalArgumentException(
                        "tail share is out of range: found=" + tailShare + " allowed=[0, 0.25]");
            }
        }
    }

    /**
     * How far and how often to simulate.
     *
     * @param periods of the return series, at least 1
     * @param paths at least 100
     */
    public record Horizon(int periods, int paths, long seed) {

        public Horizon {
            if (periods < 1 || paths < 100) {
                throw new IllegalArgumentException(
                        "horizon is too small: periods=%d needed=1 paths=%d needed=100".formatted(periods, paths));
            }
        }
    }
}
