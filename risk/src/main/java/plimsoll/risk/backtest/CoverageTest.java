package plimsoll.risk.backtest;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * Do losses exceed the value at risk as often as they should, and independently of each other?
 *
 * <pre>
 * LR_pof = −2 ln[ (1−p)^(T−N) p^N ] + 2 ln[ (1−N/T)^(T−N) (N/T)^N ]  ~ χ²₁                               (1)
 * LR_ind = −2 ln[ (1−π)^(n00+n10) π^(n01+n11) ] + 2 ln[ (1−π01)^n00 π01^n01 (1−π11)^n10 π11^n11 ]  ~ χ²₁  (2)
 * LR_cc  = LR_pof + LR_ind  ~ χ²₂                                                                        (3)
 * </pre>
 *
 * T forecasts, N exceptions, p = 1 − level; n_ij days in state j after a day in state i, 1 an exception.
 * Sources: Kupiec (1995); Christoffersen (1998); docs/models/value-at-risk-backtests.md, equations 1 to 3.
 *
 * @param likelihoodRatio LR, not negative
 * @param probability of a ratio at least as large under a correct model
 */
public record CoverageTest(double likelihoodRatio, double probability) {

    private static final double REJECTED_BELOW = 0.05;

    /** Proportion of failures: equation 1. */
    public static CoverageTest kupiec(int forecasts, int exceptions, double level) {
        var p = 1 - level;
        var share = (double) exceptions / forecasts;
        var ratio = 2
                * (logLikelihood(forecasts - exceptions, exceptions, share)
                        - logLikelihood(forecasts - exceptions, exceptions, p));
        return oneDegree(ratio);
    }

    /**
     * How likely {@link #kupiec} is to reject, at 5 %, where exceptions come with probability {@code rate}: exact, the sum of
     * binomial probabilities outside the counts that it accepts. At the nominal rate this is its true size.
     * Source: docs/models/value-at-risk-backtests.md, equation 6.
     */
    public static double power(int forecasts, double level, double rate) {
        var low = (int) (forecasts * (1 - level));
        var high = low;
        while (low > 0 && kupiec(forecasts, low - 1, level).probability >= REJECTED_BELOW) {
            low--;
        }
        while (high < forecasts && kupiec(forecasts, high + 1, level).probability >= REJECTED_BELOW) {
            high++;
        }
        var accepted = 0.0;
        for (var count = low; count <= high; count++) {
            accepted += binomial(forecasts, count, rate);
        }
        return Math.max(0, 1 - accepted);
    }

    /** P(X = count): C(n, k) p^k (1 − p)^(n − k). */
    private static double binomial(int n, int k, double p) {
        var logChoices = SpecialFunctions.logGamma(n + 1.0)
                - SpecialFunctions.logGamma(k + 1.0)
                - SpecialFunctions.logGamma(n - k + 1.0);
        return StrictMath.exp(logChoices + logLikelihood(n - k, k, p));
    }

    /** First-order Markov independence: equation 2. */
    public static CoverageTest christoffersen(boolean[] exceptions) {
        var counts = new int[2][2];
        for (var t = 1; t < exceptions.length; t++) {
            counts[exceptions[t - 1] ? 1 : 0][exceptions[t] ? 1 : 0]++;
        }
        return christoffersen(counts[0][0], counts[0][1], counts[1][0], counts[1][1]);
    }

    static CoverageTest christoffersen(int n00, int n01, int n10, int n11) {
        var pi = share(n01 + n11, n00 + n10);
        var ratio = 2
                * (logLikelihood(n00, n01, share(n01, n00))
                        + logLikelihood(n10, n11, share(n11, n10))
                        - logLikelihood(n00 + n10, n01 + n11, pi));
        return oneDegree(ratio);
    }

    /** Both at once: equation 3. */
    public static CoverageTest conditional(CoverageTest coverage, CoverageTest independence) {
        var ratio = coverage.likelihoodRatio + independence.likelihoodRatio;
        return new CoverageTest(ratio, SpecialFunctions.chiSquaredTwoSurvival(ratio));
    }

    private static CoverageTest oneDegree(double ratio) {
        // Equal likelihoods may differ by rounding noise of either sign.
        var clean = Math.max(0, ratio);
        return new CoverageTest(clean, SpecialFunctions.chiSquaredOneSurvival(clean));
    }

    private static double share(int hits, int misses) {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }

    /** ln[(1−p)^misses p^hits] with 0·ln 0 = 0. */
    private static double logLikelihood(int misses, int hits, double p) {
        return (misses == 0 ? 0 : misses * StrictMath.log1p(-p)) + (hits == 0 ? 0 : hits * StrictMath.log(p));
    }
}
