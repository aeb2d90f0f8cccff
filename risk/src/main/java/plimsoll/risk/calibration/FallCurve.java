package plimsoll.risk.calibration;

import java.time.Duration;
import java.util.SortedMap;

/**
 * How deep a price falls over a horizon, by one measure of risk at one level: a fraction of the price in [0, 1], with its
 * interval. A longer horizon never gives a smaller fall; whoever implements it sees to that.
 */
@FunctionalInterface
public interface FallCurve {

    Estimate over(Duration horizon);

    /**
     * The curve through a few horizons, for models that are costly to ask. In between, the log loss −ln(1 − X) is linear
     * in √h; before the first horizon and beyond the last it grows with √h itself.
     */
    static FallCurve through(SortedMap<Duration, Estimate> points) {
        return new InterpolatedFalls(points);
    }
}
