package plimsoll.oracle.calibration;

import java.util.Map;
import java.util.TreeMap;
import plimsoll.risk.forecast.FilteredHistoricalSimulation;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.risk.tail.LossSample;

/**
 * Filtered historical simulation: a GARCH-t filter, the residuals of history, generalised Pareto tails. Falls of the price
 * over both horizons come from simulated paths, each asset and horizon with chance of its own.
 */
public final class FilteredHistoryModel implements LossModel {

    private static final String NAME = "filtered-historical-simulation/1 garch-t gpd";
    private static final double SECONDS_PER_YEAR = 365.0 * 86_400;

    @Override
    public Measures measure(ReturnSeries returns, CalibrationSettings settings, int stream) {
        FilteredHistoricalSimulation simulation =
                FilteredHistoricalSimulation.of(returns.logReturns(), FilteredHistoricalSimulation.Settings.DEFAULT);
        long seed = settings.chance().seed() + 2L * stream;
        LossSample liquidation = simulation.falls(new Horizon(
                settings.periods(settings.horizons().liquidation()),
                settings.chance().paths(),
                seed));
        LossSample user = simulation.falls(new Horizon(
                settings.periods(settings.horizons().user()), settings.chance().paths(), seed + 1));
        double level = settings.level();
        Map<String, Double> details = new TreeMap<>();
        details.put("liquidationValueAtRisk", liquidation.valueAtRisk(level));
        details.put("userExpectedShortfall", user.expectedShortfall(level));
        details.put("logLikelihood", simulation.volatility().logLikelihood());
        simulation.lossTail().ifPresent(tail -> {
            details.put("tailXi", tail.xi());
            details.put("tailBeta", tail.beta());
        });
        return new Measures(
                NAME,
                returns.size(),
                annualVolatility(simulation.volatility().nextVariance(), settings),
                liquidation.expectedShortfall(level),
                user.valueAtRisk(level),
                details);
    }

    private static double annualVolatility(double variance, CalibrationSettings settings) {
        return StrictMath.sqrt(
                variance * SECONDS_PER_YEAR / settings.history().period().toSeconds());
    }
}
