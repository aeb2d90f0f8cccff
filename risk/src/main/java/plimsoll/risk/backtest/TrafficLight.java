package plimsoll.risk.backtest;

import java.util.Arrays;
import plimsoll.risk.strict.SeededRandom;

/**
 * The Basel zones of all windows of {@link #WINDOW} successive forecasts: green while as many exceptions or fewer have
 * a cumulative probability below 95 % under a correct model, red from 99.99 % on, yellow between. At level 99 % green is 0
 * to 4 exceptions, yellow 5 to 9, red 10 and more.
 * Source: Basel Committee, Supervisory framework for the use of "backtesting" (1996); docs/models/value-at-risk-backtests.md.
 *
 * @param green how many windows are green; likewise yellow and red; all 0 where there are fewer forecasts than a window
 */
public record TrafficLight(int green, int yellow, int red) {

    public static final int WINDOW = 250;

    private static final double YELLOW_FROM = 0.95;
    private static final double RED_FROM = 0.9999;

    private static final int SIMULATIONS = 2000;
    /** Fixed: the same backtest must give the same band. */
    private static final long SEED = 19960104;

    /** The zone of one window. */
    public enum Zone {
        GREEN,
        YELLOW,
        RED
    }

    public static TrafficLight of(boolean[] exceptions, double level) {
        var yellowFrom = first(YELLOW_FROM, level);
        var redFrom = first(RED_FROM, level);
        var green = 0;
        var yellow = 0;
        var red = 0;
        var count = 0;
        for (var t = 0; t < exceptions.length; t++) {
            count += exceptions[t] ? 1 : 0;
            count -= t >= WINDOW && exceptions[t - WINDOW] ? 1 : 0;
            if (t >= WINDOW - 1) {
                green += count < yellowFrom ? 1 : 0;
                yellow += count >= yellowFrom && count < redFrom ? 1 : 0;
                red += count >= redFrom ? 1 : 0;
            }
        }
        return new TrafficLight(green, yellow, red);
    }

    /** The share of windows that are green; 0 where there are none. */
    public double greenShare() {
        var windows = green + yellow + red;
        return windows == 0 ? 0 : (double) green / windows;
    }

    /**
     * Where {@link #greenShare} lies under a correct model: mean and 5 % and 95 % quantiles over {@link #SIMULATIONS} seeded
     * histories of independent exceptions. Windows overlap, so that one unlucky month is in 250 of them: the band is wide.
     */
    public static Band band(int forecasts, double level) {
        var shares = new double[SIMULATIONS];
        var exceptions = new boolean[forecasts];
        var sum = 0.0;
        for (var simulation = 0; simulation < SIMULATIONS; simulation++) {
            var random = new SeededRandom(SEED, simulation);
            for (var t = 0; t < forecasts; t++) {
                exceptions[t] = random.nextDouble() > level;
            }
            shares[simulation] = of(exceptions, level).greenShare();
            sum += shares[simulation];
        }
        Arrays.sort(shares);
        return new Band(shares[SIMULATIONS / 20], sum / SIMULATIONS, shares[SIMULATIONS - 1 - SIMULATIONS / 20]);
    }

    /** The green share of a correct model: 5 % quantile, mean, 95 % quantile. */
    public record Band(double low, double mean, double high) {

        public boolean holds(double greenShare) {
            return low <= greenShare && greenShare <= high;
        }
    }

    public static Zone zone(int exceptions, double level) {
        return exceptions < first(YELLOW_FROM, level)
                ? Zone.GREEN
                : exceptions < first(RED_FROM, level) ? Zone.YELLOW : Zone.RED;
    }

    /** The least number of exceptions in a window that has this cumulative probability. */
    private static int first(double probability, double level) {
        var count = 0;
        while (cumulativeProbability(count, WINDOW, 1 - level) < probability) {
            count++;
        }
        return count;
    }

    /** P(X ≤ exceptions) for X binomial. */
    static double cumulativeProbability(int exceptions, int forecasts, double p) {
        var term = StrictMath.exp(forecasts * StrictMath.log1p(-p));
        var sum = term;
        for (var k = 1; k <= exceptions; k++) {
            term *= (forecasts - k + 1.0) / k * p / (1 - p);
            sum += term;
        }
        return sum;
    }
}
