package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.FallCurve;
import plimsoll.risk.calibration.ReserveInputs.Falls;
import plimsoll.risk.forecast.FilteredHistoricalSimulation;
import plimsoll.risk.forecast.Marginal;
import plimsoll.risk.forecast.RiskMeasures;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;
import plimsoll.risk.series.ReturnSeries;

/**
 * Filtered historical simulation: a GARCH-t filter, the residuals of history, generalised Pareto tails. Falls of the price
 * over all horizons come from the same simulated paths, each asset with chance of its own.
 */
public final class FilteredHistoryModel implements LossModel {

    private static final String NAME = "filtered-historical-simulation/2 garch-t gpd";
    private static final double SECONDS_PER_YEAR = 365.0 * 86_400;
    private static final double STRESSED_LEVEL = 0.999;

    /** What a risk desk asks about; the settings' own horizons come to them. */
    private static final List<Duration> HORIZONS =
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(24), Duration.ofHours(72));

    @Override
    public Measures measure(ReturnSeries returns, Duration period, CalibrationSettings settings, int stream) {
        FilteredHistoricalSimulation fitted =
                FilteredHistoricalSimulation.of(returns, FilteredHistoricalSimulation.Settings.DEFAULT);
        Marginal marginal = fitted.marginal();
        List<RiskMeasure> table = RiskMeasures.of(marginal, measured(period, settings, stream));
        TreeMap<String, Double> details = new TreeMap<>(parameters(fitted));
        return new Measures(
                NAME,
                returns.size(),
                period,
                annualVolatility(marginal.nextVariance(), period),
                new Falls(
                        curve(table, period, settings.level(), RiskMeasure::fallShortfall),
                        curve(table, period, settings.level(), RiskMeasure::fallAtRisk),
                        curve(table, period, STRESSED_LEVEL, RiskMeasure::fallShortfall)),
                table,
                fitted.lossTail(),
                details,
                java.util.Optional.of(marginal));
    }

    private static RiskMeasures.Settings measured(Duration period, CalibrationSettings settings, int stream) {
        TreeSet<Integer> horizons = new TreeSet<>();
        List<Duration> wanted = new ArrayList<>(HORIZONS);
        wanted.add(settings.horizons().liquidation());
        wanted.add(settings.horizons().user());
        for (Duration horizon : wanted) {
            if (horizon.compareTo(period) >= 0) {
                horizons.add(periods(horizon, period));
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

    private static final int REPLICATION_PATHS = 4_096;

    private static FallCurve curve(
            List<RiskMeasure> table, Duration period, double level, Function<RiskMeasure, RiskMeasures.Estimate> fall) {
        SortedMap<Duration, Estimate> points = new TreeMap<>();
        double deepest = 0;
        for (RiskMeasure measure : table) {
            if (measure.level() == level) {
                RiskMeasures.Estimate found = fall.apply(measure);
                // A longer horizon never falls less; where the sample says so by chance, the shorter one's depth
                // stands.
                double value = Math.max(0, found.value());
                deepest = Math.max(deepest, value);
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

    private static int periods(Duration horizon, Duration period) {
        return Math.toIntExact(Math.ceilDiv(horizon.toSeconds(), period.toSeconds()));
    }

    private static double annualVolatility(double variance, Duration period) {
        return StrictMath.sqrt(variance * SECONDS_PER_YEAR / period.toSeconds());
    }
}
