package plimsoll.oracle.calibration;

import java.time.Duration;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.series.ReturnSeries;

/** Judges how far a price may fall; the same returns, settings and stream of chance always give the same measures. */
@FunctionalInterface
public interface LossModel {

    /**
     * Measures how far the price may fall.
     *
     * @param period that each return spans
     * @param champion the model that the price's own history has chosen
     * @param stream number of the stream of chance within the settings' seed: each asset has its own
     */
    Measures measure(
            ReturnSeries returns, Duration period, ForecastModel champion, CalibrationSettings settings, int stream);
}
