package plimsoll.risk.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.risk.tail.LossForecaster;

/**
 * Would the forecasts have held? Walks through a history, forecasting each horizon from what was known before it.
 * Horizons do not overlap. The forecaster learns from the last {@code window} returns, or from all where there are fewer yet,
 * anew every {@code refitEvery} horizons, and takes note of each return in between: nothing it is told lies in the future of
 * its forecast.
 * Source: docs/models/value-at-risk-backtests.md.
 */
public final class Backtest {

    private Backtest() {}

    /** Tests the horizons that start at or after {@code from} and end before {@code to}; earlier returns are history. */
    public static List<Outcome> run(
            ReturnSeries returns, LossForecaster forecaster, Settings settings, IntConsumer progress) {
        var logReturns = returns.logReturns();
        var first = firstTested(returns, settings);
        var outcomes = new ArrayList<Outcome>();
        LossForecaster.@Nullable Fitted fitted = null;
        for (var t = first; t + settings.periods() <= logReturns.length; t += settings.periods()) {
            var end = t + settings.periods() - 1;
            if (!returns.time(end).isBefore(settings.to())) {
                break;
            }
            if (fitted == null || outcomes.size() % settings.refitEvery() == 0) {
                fitted = forecaster.fit(Arrays.copyOfRange(logReturns, Math.max(0, t - settings.window()), t));
            }
            var forecast = fitted.forecast();
            var variance = fitted.variance();
            var loss = 0.0;
            for (var i = t; i <= end; i++) {
                loss -= logReturns[i];
                fitted.observe(logReturns[i]);
            }
            outcomes.add(new Outcome(
                    returns.time(end), loss, forecast.valueAtRisk(), forecast.expectedShortfall(), variance));
            progress.accept(outcomes.size());
        }
        return List.copyOf(outcomes);
    }

    /** How many horizons {@link #run} would test. */
    public static int count(ReturnSeries returns, Settings settings) {
        var count = 0;
        for (var t = firstTested(returns, settings);
                t + settings.periods() <= returns.size()
                        && returns.time(t + settings.periods() - 1).isBefore(settings.to());
                t += settings.periods()) {
            count++;
        }
        return count;
    }

    private static int firstTested(ReturnSeries returns, Settings settings) {
        var first = settings.fewest();
        while (first < returns.size() && returns.time(first).isBefore(settings.from())) {
            first++;
        }
        return first;
    }

    /**
     * How to walk.
     *
     * @param window returns that a fit learns from at most
     * @param fewest returns that a fit needs, at least 50: the first forecast comes after these
     * @param periods returns in a horizon
     * @param refitEvery horizons between fits
     */
    public record Settings(int window, int fewest, int periods, int refitEvery, Instant from, Instant to) {

        public Settings {
            if (fewest < 50 || window < fewest || periods < 1 || refitEvery < 1) {
                throw new IllegalArgumentException(
                        "backtest settings are too small: window=%d fewest=%d needed=50 periods=%d needed=1 refitEvery=%d needed=1"
                                .formatted(window, fewest, periods, refitEvery));
            }
        }

        /** Every fit learns from as many returns. */
        public Settings(int window, int periods, int refitEvery, Instant from, Instant to) {
            this(window, window, periods, refitEvery, from, to);
        }
    }

    /**
     * A forecast and what came of it: log losses over the horizon that ended at this time.
     *
     * @param variance forecast for the horizon's first period, as all forecasts before it began
     */
    public record Outcome(Instant time, double loss, double valueAtRisk, double expectedShortfall, double variance) {

        /** Without a variance: there is none to score then. */
        public Outcome(Instant time, double loss, double valueAtRisk, double expectedShortfall) {
            this(time, loss, valueAtRisk, expectedShortfall, Double.NaN);
        }

        public boolean isException() {
            return loss > valueAtRisk;
        }
    }
}
