package plimsoll.risk.selection;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * Do two forecasts score differently, or is it chance?
 *
 * <pre>
 * d_t = a_t − b_t,  DM = d̄/√(ω/T) ~ N(0, 1)                                                            (1)
 * ω = γ₀ + 2·Σ_{j=1..L} (1 − j/(L + 1))·γ_j,  γ_j = 1/T·Σ_{t>j} (d_t − d̄)(d_{t−j} − d̄)                   (2)
 * L = ⌊4·(T/100)^(2/9)⌋                                                                                  (3)
 * </pre>
 *
 * a and b are scores of the same T forecasts, lower is better; ω is the long-run variance with Bartlett weights.
 * Sources: Diebold and Mariano, Journal of Business and Economic Statistics 13 (1995); Newey and West, Econometrica 55 (1987)
 * and Review of Economic Studies 61 (1994); docs/models/model-selection.md, equations 1 to 3.
 *
 * @param statistic DM: negative where the first forecast is better; 0 where the scores are the same
 * @param probability of a statistic at least as far from 0, of either sign, between forecasts that are equally good
 */
public record DieboldMariano(double statistic, double probability) {

    public static DieboldMariano of(double[] first, double[] second) {
        if (first.length != second.length || first.length < 2) {
            throw new IllegalArgumentException(
                    "scores do not pair: first=%d second=%d needed=2".formatted(first.length, second.length));
        }
        var n = first.length;
        var differences = new double[n];
        var mean = 0.0;
        for (var t = 0; t < n; t++) {
            differences[t] = first[t] - second[t];
            mean += differences[t] / n;
        }
        var longRun = longRunVariance(differences, mean);
        if (!(longRun > 0)) {
            return new DieboldMariano(0, 1);
        }
        var statistic = mean / Math.sqrt(longRun / n);
        return new DieboldMariano(
                statistic, SpecialFunctions.complementaryErrorFunction(Math.abs(statistic) / Math.sqrt(2)));
    }

    private static double longRunVariance(double[] d, double mean) {
        var n = d.length;
        var lags = Math.min(n - 1, (int) (4 * StrictMath.pow(n / 100.0, 2.0 / 9)));
        var sum = 0.0;
        for (var lag = 0; lag <= lags; lag++) {
            var covariance = 0.0;
            for (var t = lag; t < n; t++) {
                covariance += (d[t] - mean) * (d[t - lag] - mean);
            }
            sum += (lag == 0 ? 1 : 2 * (1 - lag / (lags + 1.0))) * covariance / n;
        }
        return sum;
    }
}
