package plimsoll.risk.backtest;

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

    /** The zone of one window. */
    public enum Zone {
        GREEN,
        YELLOW,
        RED
    }

    public static TrafficLight of(boolean[] exceptions, double level) {
        var green = 0;
        var yellow = 0;
        var red = 0;
        var count = 0;
        for (var t = 0; t < exceptions.length; t++) {
            count += exceptions[t] ? 1 : 0;
            count -= t >= WINDOW && exceptions[t - WINDOW] ? 1 : 0;
            if (t >= WINDOW - 1) {
                switch (zone(count, level)) {
                    case GREEN -> green++;
                    case YELLOW -> yellow++;
                    case RED -> red++;
                }
            }
        }
        return new TrafficLight(green, yellow, red);
    }

    public static Zone zone(int exceptions, double level) {
        var probability = cumulativeProbability(exceptions, WINDOW, 1 - level);
        return probability < YELLOW_FROM ? Zone.GREEN : probability < RED_FROM ? Zone.YELLOW : Zone.RED;
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
