package plimsoll.risk.volatility;

/**
 * How volatile is the next period, if shocks fade by a fixed share? Exponentially weighted moving average of squares:
 * h_{t+1} = λ·h_t + (1 − λ)·r_t², h₁ = mean(r²). It has no mean, no parameters to fit and no level to return to.
 *
 * <p>λ = {@link #DAILY_LAMBDA} is RiskMetrics' choice for days: half of a shock is gone after eleven.
 * Source: docs/models/ewma.md, equation 1.
 */
public final class Ewma {

    /** J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th edition (1996), section 5.3. */
    public static final double DAILY_LAMBDA = 0.94;

    private Ewma() {}

    /** Variances of every observation and, last, of the period after them; returns in time order, in any unit. */
    public static double[] variances(double[] returns, double lambda) {
        if (returns.length == 0) {
            throw new IllegalArgumentException("no returns");
        }
        if (!(lambda > 0 && lambda < 1)) {
            throw new IllegalArgumentException("lambda is outside (0, 1): found=" + lambda);
        }
        var squares = 0.0;
        for (var r : returns) {
            squares += r * r;
        }
        var variances = new double[returns.length + 1];
        variances[0] = squares / returns.length;
        for (var t = 0; t < returns.length; t++) {
            variances[t + 1] = lambda * variances[t] + (1 - lambda) * returns[t] * returns[t];
        }
        return variances;
    }
}
