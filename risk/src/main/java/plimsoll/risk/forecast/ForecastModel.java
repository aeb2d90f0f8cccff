package plimsoll.risk.forecast;

import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Settings;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;
import plimsoll.risk.tail.LossForecast;
import plimsoll.risk.tail.LossForecaster;
import plimsoll.risk.tail.LossSample;
import plimsoll.risk.volatility.Ewma;
import plimsoll.risk.volatility.Garch;
import plimsoll.risk.volatility.GarchSpecification;
import plimsoll.risk.volatility.GarchSpecification.Innovations;
import plimsoll.risk.volatility.GarchSpecification.Variance;

/**
 * The ways to forecast value at risk and expected shortfall that a backtest compares.
 * {@link #CHAMPION} is the one that parameters are calibrated with.
 * Source: docs/models/filtered-historical-simulation.md.
 */
public enum ForecastModel {
    /** Past losses, equally likely. */
    HISTORICAL,
    /** Normal losses with EWMA variance, λ = 0.94. */
    EWMA,
    /** GARCH(1,1) with normal innovations. */
    GARCH,
    /** GARCH(1,1) with Student-t innovations. */
    GARCH_T,
    /** GJR(1,1) with normal innovations. */
    GJR,
    /** GJR(1,1) with Student-t innovations. */
    GJR_T,
    /** EGARCH(1,1) with normal innovations. */
    EGARCH,
    /** EGARCH(1,1) with Student-t innovations. */
    EGARCH_T,
    /** Filtered historical simulation: GARCH-t filter, generalised Pareto tails. */
    FHS,
    /** Filtered historical simulation with a GJR-t filter. */
    FHS_GJR,
    /** Filtered historical simulation with a GJR filter whose likelihood knows that losses have the longer tail. */
    FHS_GJR_SKEWED_T,
    /** Filtered historical simulation with an asymmetric EWMA-t filter: no mean, no level to return to. */
    FHS_EWMA;

    public static final ForecastModel CHAMPION = FHS;

    /** Whether horizons of several periods can be forecast; the parametric ones know one period only. */
    public boolean knowsLongHorizons() {
        return this == HISTORICAL || this == EWMA || name().startsWith("FHS");
    }

    /** Paths and seed matter to the simulating models with horizons of several periods only. */
    public LossForecaster forecaster(double level, Horizon horizon) {
        if (horizon.periods() > 1 && !knowsLongHorizons()) {
            throw new IllegalArgumentException(
                    "model forecasts one period only: model=%s periods=%d".formatted(this, horizon.periods()));
        }
        return switch (this) {
            case HISTORICAL -> historical(level, horizon.periods());
            case EWMA -> ewma(level, horizon.periods());
            case GARCH -> parametric(level, Variance.GARCH, Innovations.NORMAL);
            case GARCH_T -> parametric(level, Variance.GARCH, Innovations.STUDENT_T);
            case GJR -> parametric(level, Variance.GJR, Innovations.NORMAL);
            case GJR_T -> parametric(level, Variance.GJR, Innovations.STUDENT_T);
            case EGARCH -> parametric(level, Variance.EGARCH, Innovations.NORMAL);
            case EGARCH_T -> parametric(level, Variance.EGARCH, Innovations.STUDENT_T);
            case FHS, FHS_GJR, FHS_GJR_SKEWED_T -> FilteredHistoricalSimulation.forecaster(filter(), level, horizon);
            case FHS_EWMA -> FilteredHistoricalSimulation.forecaster(ForecastModel::movingAverage, level, horizon);
        };
    }

    /** How this model filters history; only of the filtered historical simulations with a GARCH filter. */
    public Settings filter() {
        return switch (this) {
            case FHS -> Settings.DEFAULT;
            case FHS_GJR -> gjr(Innovations.STUDENT_T);
            case FHS_GJR_SKEWED_T -> gjr(Innovations.SKEWED_T);
            default -> throw new IllegalArgumentException("model does not filter history: model=" + this);
        };
    }

    /** Two decays and a tail, as accurate as GARCH on crypto: Alexander and Dakos, Quantitative Finance 23 (2023). */
    private static Marginal movingAverage(double[] history) {
        var fit = Ewma.fitAsymmetric(history);
        return Marginal.filtered(
                0, fit.step(), fit.nextVariance(), fit.standardizedResiduals(), Settings.DEFAULT.tailShare());
    }

    private static Settings gjr(Innovations innovations) {
        return new Settings(new GarchSpecification(Variance.GJR, innovations), Settings.DEFAULT.tailShare());
    }

    private static LossForecaster historical(double level, int periods) {
        return history -> new LossForecaster.Fitted() {

            private final double[] window = history.clone();

            @Override
            public LossForecast forecast() {
                var losses = new double[window.length - periods + 1];
                for (var i = 0; i < losses.length; i++) {
                    for (var period = 0; period < periods; period++) {
                        losses[i] -= window[i + period];
                    }
                }
                var sample = LossSample.of(losses);
                return new LossForecast(sample.valueAtRisk(level), sample.expectedShortfall(level));
            }

            @Override
            public double variance() {
                var squares = 0.0;
                for (var logReturn : window) {
                    squares += logReturn * logReturn;
                }
                return squares / window.length;
            }

            @Override
            public void observe(double logReturn) {
                System.arraycopy(window, 1, window, 0, window.length - 1);
                window[window.length - 1] = logReturn;
            }
        };
    }

    private static LossForecaster ewma(double level, int periods) {
        var normal = normalLosses(level);
        return history -> new LossForecaster.Fitted() {

            private double h = Ewma.variances(history, Ewma.DAILY_LAMBDA)[history.length];

            @Override
            public LossForecast forecast() {
                var deviation = Math.sqrt(h * periods);
                return new LossForecast(deviation * normal.valueAtRisk(), deviation * normal.expectedShortfall());
            }

            @Override
            public double variance() {
                return h;
            }

            @Override
            public void observe(double logReturn) {
                h = Ewma.DAILY_LAMBDA * h + (1 - Ewma.DAILY_LAMBDA) * logReturn * logReturn;
            }
        };
    }

    private static LossForecaster parametric(double level, Variance variance, Innovations innovations) {
        var specification = new GarchSpecification(variance, innovations);
        return history -> {
            var fit = Garch.fit(history, specification);
            var nu = fit.parameters().nu();
            var standardized = nu.isPresent() ? studentLosses(level, nu.getAsDouble()) : normalLosses(level);
            return new LossForecaster.Fitted() {

                private final double mu = fit.parameters().mu();
                private double h = fit.nextVariance();

                @Override
                public LossForecast forecast() {
                    return new LossForecast(
                            -mu + Math.sqrt(h) * standardized.valueAtRisk(),
                            -mu + Math.sqrt(h) * standardized.expectedShortfall());
                }

                @Override
                public double variance() {
                    return h;
                }

                @Override
                public void observe(double logReturn) {
                    h = fit.step().next(h, (logReturn - mu) / Math.sqrt(h));
                }
            };
        };
    }

    /** Of the standard normal: z_α and φ(z_α)/(1 − α). */
    private static LossForecast normalLosses(double level) {
        var z = SpecialFunctions.normalQuantile(level);
        return new LossForecast(z, SpecialFunctions.normalDensity(z) / (1 - level));
    }

    /** Of the t scaled to variance 1: s·q and s·f(q)(ν + q²)/((ν − 1)(1 − α)), s = √((ν − 2)/ν). */
    private static LossForecast studentLosses(double level, double nu) {
        var q = StudentT.quantile(level, nu);
        var scale = Math.sqrt((nu - 2) / nu);
        return new LossForecast(scale * q, scale * StudentT.density(q, nu) * (nu + q * q) / ((nu - 1) * (1 - level)));
    }
}
