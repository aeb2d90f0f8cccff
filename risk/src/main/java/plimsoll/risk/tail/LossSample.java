package plimsoll.risk.tail;

import java.util.Arrays;

/**
 * Equally likely losses, worst first: history as it was, or a simulation's paths. Gains are negative losses.
 *
 * <pre>
 * VaR_α = L_(k+1),  k = ⌊n(1−α)⌋,  L_(1) the largest loss                                             (1)
 * ES_α  = 1/(n(1−α)) · ( Σ_{i≤k} L_(i) + (n(1−α) − k) · L_(k+1) )                                     (2)
 * </pre>
 *
 * Expected shortfall is the mean of the worst (1 − α) share, the last loss counted in part.
 * Source: docs/models/expected-shortfall.md, equations 1 and 2.
 */
public final class LossSample {

    /** Two-sided 95 %. */
    private static final double INTERVAL_DEVIATIONS = 1.959963984540054;

    private final double[] worstFirst;

    private LossSample(double[] worstFirst) {
        this.worstFirst = worstFirst;
    }

    public static LossSample of(double[] losses) {
        if (losses.length == 0) {
            throw new IllegalArgumentException("no losses");
        }
        var sorted = losses.clone();
        Arrays.sort(sorted);
        for (int i = 0, j = sorted.length - 1; i < j; i++, j--) {
            var smaller = sorted[i];
            sorted[i] = sorted[j];
            sorted[j] = smaller;
        }
        return new LossSample(sorted);
    }

    public int size() {
        return worstFirst.length;
    }

    /** The loss with this many losses at least as bad before it: 0 is the worst. */
    public double worst(int rank) {
        return worstFirst[rank];
    }

    public double valueAtRisk(double level) {
        return worstFirst[(int) beyond(level)];
    }

    public double expectedShortfall(double level) {
        var share = beyond(level);
        var k = (int) share;
        var sum = 0.0;
        for (var i = 0; i < k; i++) {
            sum += worstFirst[i];
        }
        // Equal losses can add up to a trace less than their number times one of them; a mean is not below its least.
        return Math.max(worstFirst[k], (sum + (share - k) * worstFirst[k]) / share);
    }

    /**
     * 95 % interval of the value at risk from order statistics: ranks n(1−α) ± 1.96·√(nα(1−α)). It says how far sampling
     * can mislead, not how far the model can.
     */
    public Interval valueAtRiskInterval(double level) {
        var share = beyond(level);
        var width = INTERVAL_DEVIATIONS * Math.sqrt(share * level);
        return new Interval(
                worstFirst[(int) Math.min(size() - 1, Math.ceil(share + width))],
                worstFirst[(int) Math.max(0, Math.floor(share - width))]);
    }

    /**
     * 95 % interval of the expected shortfall: ± 1.96·√( (s² + α(ES − VaR)²) / (n(1−α)) ), s² the variance of the losses
     * beyond the value at risk. Source: docs/models/expected-shortfall.md, equation 3.
     */
    public Interval expectedShortfallInterval(double level) {
        var share = beyond(level);
        var k = (int) share;
        var shortfall = expectedShortfall(level);
        var squares = 0.0;
        for (var i = 0; i < k; i++) {
            squares += (worstFirst[i] - shortfall) * (worstFirst[i] - shortfall);
        }
        var excess = shortfall - worstFirst[k];
        var error = Math.sqrt((squares / Math.max(1, k) + level * excess * excess) / share);
        return new Interval(shortfall - INTERVAL_DEVIATIONS * error, shortfall + INTERVAL_DEVIATIONS * error);
    }

    /** n(1−α), freed of the rounding error of 1 − α: 1000·(1 − 0.99) is ten. */
    private double beyond(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level is outside (0, 1): found=" + level);
        }
        var share = size() * (1 - level);
        var whole = Math.rint(share);
        var cleaned = Math.abs(share - whole) < 1e-9 * size() ? whole : share;
        if (cleaned >= size()) {
            throw new IllegalArgumentException("level is too low for the sample: level=" + level + " size=" + size());
        }
        return Math.max(cleaned, Double.MIN_NORMAL);
    }

    /** From low to high. */
    public record Interval(double low, double high) {}
}
