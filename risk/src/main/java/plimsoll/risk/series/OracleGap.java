package plimsoll.risk.series;

import java.time.Duration;
import java.util.Arrays;

/**
 * How far from the market may the price be that a contract believes, at the moment it liquidates?
 *
 * <pre>
 * g = δ + Q_99( max(0, |ln(a_i / a_{i−1})| − δ) )                                                       (4)
 * g = δ + Q_99( |ln(p_i / p_{i−1})| · ℓ / Δt_i )                                                        (5)
 * </pre>
 *
 * <p>δ deviation threshold; a_i answers; what an answer moved beyond the threshold the market did while the answer was on
 * its way, so (4) needs no clock but the feed's. p_i a reference price, ℓ a lag that was measured elsewhere, Δt_i ≥ ℓ the
 * reference's step. Q_99 is the order statistic ⌈0.99 n⌉. Source: docs/models/series-findings.md, equations 4 and 5.
 */
public final class OracleGap {

    private static final double LEVEL = 0.99;

    private OracleGap() {}

    /** Equation 4. */
    public static double observed(PriceSeries answers, double deviation) {
        requireFraction(deviation);
        var overshoots = new double[steps(answers)];
        for (var i = 0; i < overshoots.length; i++) {
            overshoots[i] = Math.max(0, absoluteLogReturn(answers, i + 1) - deviation);
        }
        return deviation + quantile(overshoots);
    }

    /** Equation 5. */
    public static double ofLag(PriceSeries reference, Duration lag, double deviation) {
        requireFraction(deviation);
        var moves = new double[steps(reference)];
        for (var i = 0; i < moves.length; i++) {
            var step = Duration.between(reference.time(i), reference.time(i + 1));
            var share = Math.min(1, (double) lag.toMillis() / step.toMillis());
            moves[i] = absoluteLogReturn(reference, i + 1) * share;
        }
        return deviation + quantile(moves);
    }

    private static double absoluteLogReturn(PriceSeries prices, int index) {
        return Math.abs(StrictMath.log(prices.price(index) / prices.price(index - 1)));
    }

    private static double quantile(double[] values) {
        Arrays.sort(values);
        return values[(int) Math.ceil(LEVEL * values.length) - 1];
    }

    private static int steps(PriceSeries prices) {
        if (prices.size() < 2) {
            throw new IllegalArgumentException(
                    "series is too short for a return: found=%d needed=2".formatted(prices.size()));
        }
        return prices.size() - 1;
    }

    private static void requireFraction(double deviation) {
        if (!(deviation >= 0 && deviation < 1)) {
            throw new IllegalArgumentException("deviation is not a fraction: found=" + deviation);
        }
    }
}
