package plimsoll.risk.volatility;

import java.util.Arrays;

/**
 * How much variance will the next day realise, given the last day, week and month? Corsi's heterogeneous autoregression:
 *
 * <pre>
 * RV_t = b₀ + b_d·RV_{t−1} + b_w·mean(RV_{t−1} … RV_{t−5}) + b_m·mean(RV_{t−1} … RV_{t−22}) + u_t                 (1)
 * </pre>
 *
 * by ordinary least squares; RV is a realised variance in any unit.
 * Source: docs/models/har.md, equation 1; Corsi, Journal of Financial Econometrics 7 (2009), equation 6.
 */
public final class Har {

    /** Trading days of a week and of a month, as in the source: also where a market never closes. */
    public static final int WEEK = 5;

    public static final int MONTH = 22;

    /** A regression on fewer rows than this tells four coefficients badly apart. */
    public static final int FEWEST_OBSERVATIONS = 3 * MONTH;

    private Har() {}

    /** Fits realised variances in time order. */
    public static Fit fit(double[] realizedVariances) {
        if (realizedVariances.length < FEWEST_OBSERVATIONS) {
            throw new IllegalArgumentException("too few realised variances for HAR: found=%d needed=%d"
                    .formatted(realizedVariances.length, FEWEST_OBSERVATIONS));
        }
        for (var variance : realizedVariances) {
            if (!(variance >= 0) || Double.isInfinite(variance)) {
                throw new IllegalArgumentException("realised variance is no finite number from 0: found=" + variance);
            }
        }
        var rows = realizedVariances.length - MONTH;
        var columns = new double[4][rows];
        for (var t = 0; t < rows; t++) {
            var regressors = regressors(realizedVariances, t + MONTH);
            for (var j = 0; j < columns.length; j++) {
                columns[j][t] = regressors[j];
            }
        }
        var squares = LeastSquares.of(columns, Arrays.copyOfRange(realizedVariances, MONTH, realizedVariances.length));
        return new Fit(
                Coefficients.of(squares.coefficients()),
                Coefficients.of(squares.neweyWestErrors(lags(rows))),
                rows,
                squares.rSquared(),
                squares.meanSquaredError(),
                next(squares.coefficients(), realizedVariances));
    }

    /** Newey and West's rule of thumb ⌊4·(n/100)^(2/9)⌋, by whole numbers: the largest L with (L/4)⁹ ≤ (n/100)². */
    private static int lags(int rows) {
        var square = rows / 100.0 * (rows / 100.0);
        var lags = 0;
        while (ninthPower((lags + 1) / 4.0) <= square) {
            lags++;
        }
        return lags;
    }

    private static double ninthPower(double x) {
        var cube = x * x * x;
        return cube * cube * cube;
    }

    /** A linear forecast can fall below anything seen; the smallest variance seen is its floor. */
    private static double next(double[] coefficients, double[] variances) {
        var forecast = 0.0;
        var regressors = regressors(variances, variances.length);
        for (var j = 0; j < regressors.length; j++) {
            forecast += coefficients[j] * regressors[j];
        }
        return Math.max(forecast, Arrays.stream(variances).min().orElseThrow());
    }

    /** What is known just before t. */
    private static double[] regressors(double[] variances, int t) {
        return new double[] {1, variances[t - 1], mean(variances, t, WEEK), mean(variances, t, MONTH)};
    }

    private static double mean(double[] values, int end, int count) {
        var sum = 0.0;
        for (var k = end - count; k < end; k++) {
            sum += values[k];
        }
        return sum / count;
    }

    /** One number for each coefficient: an estimate, or its standard error; the constant in the unit of the variances. */
    public record Coefficients(double constant, double day, double week, double month) {

        private static Coefficients of(double[] values) {
            return new Coefficients(values[0], values[1], values[2], values[3]);
        }
    }

    /**
     * A fitted regression.
     *
     * @param standardErrors Newey and West's
     * @param rows days regressed on
     * @param nextVariance forecast for the day after the last, not below the smallest variance seen
     */
    public record Fit(
            Coefficients coefficients,
            Coefficients standardErrors,
            int rows,
            double rSquared,
            double meanSquaredError,
            double nextVariance) {}
}
