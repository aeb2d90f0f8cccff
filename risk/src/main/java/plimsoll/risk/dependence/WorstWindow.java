package plimsoll.risk.dependence;

/**
 * How close did assets come to falling as one? Of all windows of w rows, the one whose normal scores have the largest
 * mean correlation c̄ between two assets, and the share of the way to perfect correlation at which the usual
 * correlations stand there:
 *
 * <pre>
 * c̄(t) = mean over i < j of corr( x_i, x_j over rows t − w + 1 … t ),   worst = max_t c̄(t)              (1)
 * towards one = (worst − usual)/(1 − usual),  usual = c̄ over all rows                                  (2)
 * </pre>
 *
 * Windows end every w/24 rows. Scores instead of residuals: one row with a huge move would otherwise be the window's
 * correlation.
 *
 * <p>Source: docs/models/stress-regimes.md, equations 1 and 2.
 */
public final class WorstWindow {

    /** Neighbouring windows share all but this part of their rows, and so nearly all of their correlations. */
    private static final int STEPS = 24;

    private final int from;
    private final int to;
    private final CorrelationMatrix correlation;
    private final double meanCorrelation;
    private final double usualMeanCorrelation;

    private WorstWindow(
            int from, int to, CorrelationMatrix correlation, double meanCorrelation, double usualMeanCorrelation) {
        this.from = from;
        this.to = to;
        this.correlation = correlation;
        this.meanCorrelation = meanCorrelation;
        this.usualMeanCorrelation = usualMeanCorrelation;
    }

    /** Looks through columns of residuals, rows in time order. */
    public static WorstWindow of(double[][] columns, int window) {
        var rows = Columns.require(columns);
        if (window < Columns.FEWEST_ROWS || window > rows) {
            throw new IllegalArgumentException(
                    "window does not fit: found=%d needed=%d..%d".formatted(window, Columns.FEWEST_ROWS, rows));
        }
        var scores = RankScores.of(columns).normalColumns();
        var sums = new Sums(scores);
        var worst = Double.NEGATIVE_INFINITY;
        var to = window;
        var stride = Math.max(1, window / STEPS);
        for (var end = 1; end <= rows; end++) {
            sums.move(end - 1, 1);
            if (end > window) {
                sums.move(end - 1 - window, -1);
            }
            if (end >= window && (rows - end) % stride == 0) {
                var mean = sums.meanCorrelation(window);
                if (mean > worst) {
                    worst = mean;
                    to = end;
                }
            }
        }
        return new WorstWindow(
                to - window,
                to,
                CorrelationMatrix.nearest(over(scores, to - window, to).correlations(window))
                        .matrix(),
                worst,
                over(scores, 0, rows).meanCorrelation(rows));
    }

    private static Sums over(double[][] scores, int from, int to) {
        var sums = new Sums(scores);
        for (var row = from; row < to; row++) {
            sums.move(row, 1);
        }
        return sums;
    }

    /** First row of the window. */
    public int from() {
        return from;
    }

    /** Row after its last. */
    public int to() {
        return to;
    }

    /** Correlations of the scores within the window; an asset that stood still in it is uncorrelated. */
    public CorrelationMatrix correlation() {
        return correlation;
    }

    public double meanCorrelation() {
        return meanCorrelation;
    }

    public double usualMeanCorrelation() {
        return usualMeanCorrelation;
    }

    /** Equation 2: how far correlations moved towards one; 0 where the usual mean is one already. */
    public double towardsOne() {
        return usualMeanCorrelation >= 1
                ? 0
                : Math.max(0, (meanCorrelation - usualMeanCorrelation) / (1 - usualMeanCorrelation));
    }

    /** Running sums of scores and of their products. */
    private static final class Sums {

        /** Sum of squares below which an asset did not move; scores have variance one. */
        static final double STILL = 1e-9;

        private final double[][] scores;
        private final double[] sums;
        private final double[][] products;

        Sums(double[][] scores) {
            this.scores = scores;
            sums = new double[scores.length];
            products = new double[scores.length][scores.length];
        }

        void move(int row, int sign) {
            for (var i = 0; i < sums.length; i++) {
                var x = sign * scores[i][row];
                sums[i] += x;
                for (var j = 0; j <= i; j++) {
                    products[i][j] += x * scores[j][row];
                }
            }
        }

        double meanCorrelation(int rows) {
            var correlations = correlations(rows);
            var sum = 0.0;
            for (var i = 1; i < sums.length; i++) {
                for (var j = 0; j < i; j++) {
                    sum += correlations[i][j];
                }
            }
            return sum / (sums.length * (sums.length - 1) / 2.0);
        }

        double[][] correlations(int rows) {
            var scale = new double[sums.length];
            for (var i = 0; i < scale.length; i++) {
                var square = centred(i, i, rows);
                scale[i] = square > STILL ? 1 / Math.sqrt(square) : 0;
            }
            var values = new double[sums.length][sums.length];
            for (var i = 0; i < scale.length; i++) {
                values[i][i] = 1;
                for (var j = 0; j < i; j++) {
                    values[i][j] = Math.max(-1, Math.min(1, centred(i, j, rows) * scale[i] * scale[j]));
                    values[j][i] = values[i][j];
                }
            }
            return values;
        }

        private double centred(int i, int j, int rows) {
            return products[i][j] - sums[i] * sums[j] / rows;
        }
    }
}
