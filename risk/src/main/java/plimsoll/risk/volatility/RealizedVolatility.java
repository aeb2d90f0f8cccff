package plimsoll.risk.volatility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.series.BarSeries;

/**
 * How volatile was the price over the last n bars? Annual volatility, as a fraction, from open O, high H, low L, close C
 * and N periods per year:
 *
 * <pre>
 * close            √( N/(n−2) · Σ_{n−1} (r − r̄)² ),  r = ln(C/C₋₁), r̄ the mean of the n−1 returns that end with r      (1)
 * Parkinson        √( N/(4n ln 2) · Σ_n ln²(H/L) )                                                                      (2)
 * Garman-Klass     √( N/n · Σ_n [ ½ ln²(H/L) − (2 ln 2 − 1) ln²(C/O) ] )                                                (3)
 * Rogers-Satchell  √( N/n · Σ_n [ ln(H/C) ln(H/O) + ln(L/C) ln(L/O) ] )                                                 (4)
 * Yang-Zhang       √( V(ln(O/C₋₁)) + k·V(ln(C/O)) + (1−k)·RS² ),  V = N · sample variance over n,
 *                  k = 0.34 / (1.34 + (n+1)/(n−1))                                                                      (5)
 * </pre>
 *
 * Source: docs/models/realized-volatility.md, equations 1 to 5.
 */
public enum RealizedVolatility {
    CLOSE {
        @Override
        List<Point> of(Columns bars, int window, double periodsPerYear) {
            var m = window - 1;
            var closeReturns = bars.logRatios(Columns.CLOSE, Columns.PREVIOUS_CLOSE);
            var squares = new double[bars.size()];
            for (var t = m; t < squares.length; t++) {
                var deviation = closeReturns[t] - sum(closeReturns, t, m) / m;
                squares[t] = deviation * deviation;
            }
            var factor = periodsPerYear / (window - 2);
            return bars.points(2 * m - 1, t -> factor * sum(squares, t, m));
        }
    },
    PARKINSON {
        @Override
        List<Point> of(Columns bars, int window, double periodsPerYear) {
            var range = squared(bars.logRatios(Columns.HIGH, Columns.LOW));
            var factor = periodsPerYear / (4 * window * StrictMath.log(2));
            return bars.points(window - 1, t -> factor * sum(range, t, window));
        }
    },
    GARMAN_KLASS {
        @Override
        List<Point> of(Columns bars, int window, double periodsPerYear) {
            var range = squared(bars.logRatios(Columns.HIGH, Columns.LOW));
            var body = squared(bars.logRatios(Columns.CLOSE, Columns.OPEN));
            var share = 2 * StrictMath.log(2) - 1;
            return bars.points(
                    window - 1,
                    t -> periodsPerYear / window * (sum(range, t, window) / 2 - share * sum(body, t, window)));
        }
    },
    ROGERS_SATCHELL {
        @Override
        List<Point> of(Columns bars, int window, double periodsPerYear) {
            var terms = rogersSatchellTerms(bars);
            return bars.points(window - 1, t -> periodsPerYear / window * sum(terms, t, window));
        }
    },
    YANG_ZHANG {
        @Override
        List<Point> of(Columns bars, int window, double periodsPerYear) {
            var overnight = bars.logRatios(Columns.OPEN, Columns.PREVIOUS_CLOSE);
            var body = bars.logRatios(Columns.CLOSE, Columns.OPEN);
            var terms = rogersSatchellTerms(bars);
            var k = 0.34 / (1.34 + (window + 1.0) / (window - 1));
            return bars.points(
                    window,
                    t -> periodsPerYear
                            * (sampleVariance(overnight, t, window)
                                    + k * sampleVariance(body, t, window)
                                    + (1 - k) * sum(terms, t, window) / window));
        }
    };

    /** From the first bar for which the window is full; a variance that rounds below zero is zero. */
    public List<Point> of(BarSeries bars, int window, double periodsPerYear) {
        if (window < 3) {
            throw new IllegalArgumentException("window is too short: found=%d needed=3".formatted(window));
        }
        if (!(periodsPerYear > 0)) {
            throw new IllegalArgumentException("periods per year is not positive: found=" + periodsPerYear);
        }
        return of(new Columns(bars), window, periodsPerYear);
    }

    abstract List<Point> of(Columns bars, int window, double periodsPerYear);

    private static double[] rogersSatchellTerms(Columns bars) {
        var highClose = bars.logRatios(Columns.HIGH, Columns.CLOSE);
        var highOpen = bars.logRatios(Columns.HIGH, Columns.OPEN);
        var lowClose = bars.logRatios(Columns.LOW, Columns.CLOSE);
        var lowOpen = bars.logRatios(Columns.LOW, Columns.OPEN);
        var terms = new double[bars.size()];
        for (var t = 0; t < terms.length; t++) {
            terms[t] = highClose[t] * highOpen[t] + lowClose[t] * lowOpen[t];
        }
        return terms;
    }

    private static double[] squared(double[] values) {
        var squares = new double[values.length];
        for (var t = 0; t < values.length; t++) {
            squares[t] = values[t] * values[t];
        }
        return squares;
    }

    private static double sum(double[] values, int last, int count) {
        var sum = 0.0;
        for (var t = last - count + 1; t <= last; t++) {
            sum += values[t];
        }
        return sum;
    }

    private static double sampleVariance(double[] values, int last, int count) {
        var mean = sum(values, last, count) / count;
        var squares = 0.0;
        for (var t = last - count + 1; t <= last; t++) {
            squares += (values[t] - mean) * (values[t] - mean);
        }
        return squares / (count - 1);
    }

    /** The annual volatility of the window that ends with the bar of this time. */
    public record Point(Instant time, double annualVolatility) {}

    /** Bars by column, the previous close among them. */
    static final class Columns {

        static final int OPEN = 0;
        static final int HIGH = 1;
        static final int LOW = 2;
        static final int CLOSE = 3;
        static final int PREVIOUS_CLOSE = 4;

        private final BarSeries bars;
        private final double[][] columns;

        Columns(BarSeries bars) {
            this.bars = bars;
            columns = new double[5][bars.size()];
            for (var t = 0; t < bars.size(); t++) {
                var bar = bars.get(t);
                columns[OPEN][t] = bar.open();
                columns[HIGH][t] = bar.high();
                columns[LOW][t] = bar.low();
                columns[CLOSE][t] = bar.close();
                columns[PREVIOUS_CLOSE][t] =
                        t == 0 ? Double.NaN : bars.get(t - 1).close();
            }
        }

        int size() {
            return bars.size();
        }

        double[] logRatios(int numerator, int denominator) {
            var ratios = new double[size()];
            for (var t = 0; t < ratios.length; t++) {
                ratios[t] = StrictMath.log(columns[numerator][t] / columns[denominator][t]);
            }
            return ratios;
        }

        List<Point> points(int first, java.util.function.IntToDoubleFunction annualVariance) {
            var points = new ArrayList<Point>();
            for (var t = first; t < size(); t++) {
                points.add(new Point(bars.get(t).time(), Math.sqrt(Math.max(0, annualVariance.applyAsDouble(t)))));
            }
            return List.copyOf(points);
        }
    }
}
