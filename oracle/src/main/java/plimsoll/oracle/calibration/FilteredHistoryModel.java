package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.FallCurve;
import plimsoll.risk.calibration.ReserveInputs.Falls;
import plimsoll.risk.forecast.FilteredHistoricalSimulation;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.forecast.Marginal;
import plimsoll.risk.forecast.RiskMeasures;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;
import plimsoll.risk.series.ReturnSeries;

/**
 * Filtered historical simulation: the champion's filter, the residuals of history, generalised Pareto tails. Falls of the
 * price over all horizons come from the same simulated paths, each asset with chance of its own.
 *
 * <p>Calm markets do not lower margins that the next storm must raise: falls by today's volatility count with those of the
 * stormiest month in history, and never for less than those by the volatility of all of it.
 */
public final class FilteredHistoryModel implements LossModel {

    private static final String NAME = "filtered-historical-simulation/2 ";
    private static final double SECONDS_PER_YEAR = 365.0 * 86_400;
    private static final double STRESSED_LEVEL = 0.999;
    private static final int REPLICATION_PATHS = 4_096;
    private static final Duration MONTH = Duration.ofDays(30);

    /** What a risk desk asks about; the settings' own horizons come to them. */
    private static final List<Duration> HORIZONS =
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(24), Duration.ofHours(72));

    @Override
    public Measures measure(
            ReturnSeries returns, Duration period, ForecastModel champion, CalibrationSettings settings, int stream) {
        FilteredHistoricalSimulation fitted = FilteredHistoricalSimulation.of(returns, champion.filter());
        Marginal marginal = fitted.marginal();
        RiskMeasures.Settings measured = measured(period, settings, stream);
        List<RiskMeasure> table = RiskMeasures.of(marginal, measured);
        double[] variances = fitted.volatility().variances();
        double floor = mean(variances, 0, variances.length);
        double stressed = stormiest(variances, Math.toIntExact(MONTH.dividedBy(period)));
        Calm calm = new Calm(
                period,
                settings,
                table,
                RiskMeasures.points(marginal.from(stressed), measured),
                RiskMeasures.points(marginal.from(floor), measured));
        TreeMap<String, Double> details = new TreeMap<>(parameters(fitted));
        details.put("stressedAnnualVolatility", annualVolatility(stressed, period));
        details.put("floorAnnualVolatility", annualVolatility(floor, period));
        return new Measures(
                NAME + champion.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                returns.size(),
                period,
                annualVolatility(marginal.nextVariance(), period),
                new Falls(
                        calm.curve(settings.level(), RiskMeasure::fallShortfall),
                        calm.curve(settings.level(), RiskMeasure::fallAtRisk),
                        calm.curve(STRESSED_LEVEL, RiskMeasure::fallShortfall)),
                List.of("volatility " + Percent.of(annualVolatility(marginal.nextVariance(), period)) + " a year now, "
                        + Percent.of(annualVolatility(stressed, period))
                        + " in the stormiest month, which counts for "
                        + Percent.of(settings.antiProcyclicality().stressedWeight()) + ", and "
                        + Percent.of(annualVolatility(floor, period)) + " over all of history, "
                        + (calm.floorBinds(settings.horizons().liquidation())
                                ? "which is the floor that decides"
                                : "below which no fall is taken")),
                table,
                fitted.lossTail(),
                details,
                Optional.of(marginal));
    }

    /** Curves of falls by three volatilities: today's, the stressed one and that of all of history. */
    private record Calm(
            Duration period,
            CalibrationSettings settings,
            List<RiskMeasure> now,
            List<RiskMeasure> stressed,
            List<RiskMeasure> floor) {

        FallCurve curve(double level, Function<RiskMeasure, RiskMeasures.Estimate> fall) {
            return settings.antiProcyclicality()
                    .weighed(through(now, level, fall), through(stressed, level, fall), through(floor, level, fall));
        }

        boolean floorBinds(Duration horizon) {
            return settings.antiProcyclicality()
                    .floorBinds(
                            through(now, settings.level(), RiskMeasure::fallShortfall),
                            through(stressed, settings.level(), RiskMeasure::fallShortfall),
                            through(floor, settings.level(), RiskMeasure::fallShortfall),
                            horizon);
        }

        /** Another volatility has the same shocks, and so the same relative error. */
        private static RiskMeasures.Estimate asUncertainAs(RiskMeasures.Estimate known, RiskMeasures.Estimate point) {
            return known.value() > 0
                    ? new RiskMeasures.Estimate(
                            point.value(),
                            point.value() * known.low() / known.value(),
                            point.value() * known.high() / known.value())
                    : point;
        }

        private FallCurve through(
                List<RiskMeasure> table, double level, Function<RiskMeasure, RiskMeasures.Estimate> fall) {
            SortedMap<Duration, Estimate> points = new TreeMap<>();
            double deepest = 0;
            for (int i = 0; i < table.size(); i++) {
                RiskMeasure measure = table.get(i);
                if (measure.level() == level) {
                    RiskMeasures.Estimate found = asUncertainAs(fall.apply(now.get(i)), fall.apply(measure));
                    // A longer horizon never falls less; where the sample says so by chance, the shorter one's depth
                    // stands.
                    deepest = Math.max(deepest, Math.max(0, found.value()));
                    points.put(
                            period.multipliedBy(measure.horizon()),
                            new Estimate(
                                    Math.min(deepest, Math.max(0, found.low())),
                                    deepest,
                                    Math.min(1, Math.max(deepest, found.high()))));
                }
            }
            return FallCurve.through(points);
        }
    }

    private static RiskMeasures.Settings measured(Duration period, CalibrationSettings settings, int stream) {
        TreeSet<Integer> horizons = new TreeSet<>();
        List<Duration> wanted = new ArrayList<>(HORIZONS);
        wanted.add(settings.horizons().liquidation());
        wanted.add(settings.horizons().user());
        for (Duration horizon : wanted) {
            if (horizon.compareTo(period) >= 0) {
                horizons.add(Math.toIntExact(Math.ceilDiv(horizon.toSeconds(), period.toSeconds())));
            }
        }
        if (horizons.isEmpty()) {
            horizons.add(1);
        }
        TreeSet<Double> levels = new TreeSet<>(RiskMeasures.Settings.LEVELS);
        levels.add(settings.level());
        return new RiskMeasures.Settings(
                List.copyOf(horizons),
                List.copyOf(levels),
                settings.chance().paths(),
                settings.chance().replications(),
                Math.min(settings.chance().paths(), REPLICATION_PATHS),
                settings.chance().seed() + stream);
    }

    /** The largest mean variance of any month; of all of history where that is shorter. */
    private static double stormiest(double[] variances, int month) {
        int length = Math.min(Math.max(1, month), variances.length);
        double sum = 0;
        double most = 0;
        for (int i = 0; i < variances.length; i++) {
            sum += variances[i] - (i >= length ? variances[i - length] : 0);
            if (i >= length - 1) {
                most = Math.max(most, sum / length);
            }
        }
        return most;
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    private static Map<String, Double> parameters(FilteredHistoricalSimulation fitted) {
        TreeMap<String, Double> found = new TreeMap<>();
        var parameters = fitted.volatility().parameters();
        found.put("mu", parameters.mu());
        found.put("omega", parameters.omega());
        found.put("alpha", parameters.alpha());
        found.put("beta", parameters.beta());
        parameters.gamma().ifPresent(gamma -> found.put("gamma", gamma));
        parameters.nu().ifPresent(nu -> found.put("nu", nu));
        found.put("logLikelihood", fitted.volatility().logLikelihood());
        return found;
    }

    private static double annualVolatility(double variance, Duration period) {
        return StrictMath.sqrt(variance * SECONDS_PER_YEAR / period.toSeconds());
    }
}
