package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.List;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;

/**
 * How a calibration judged one price, as its manifest says.
 *
 * @param period of the returns that it was judged by
 * @param annualVolatility forecast for the period after
 * @param risk by horizon, in periods, and level
 * @param exceptions of the backtest's newest days, oldest first; empty where there was none
 */
public record Judged(
        String symbol, Duration period, double annualVolatility, List<RiskMeasure> risk, List<Boolean> exceptions) {

    public Judged {
        risk = List.copyOf(risk);
        exceptions = List.copyOf(exceptions);
    }

    Duration horizon(RiskMeasure measure) {
        return period.multipliedBy(measure.horizon());
    }
}
