package plimsoll.risk.tail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where does the tail begin? If losses beyond u follow a generalised Pareto distribution, those beyond any higher v do with the
 * same ξ and the same modified scale β* = β − ξ·u: both are fitted over a grid of thresholds, with 95 % intervals.
 *
 * <p>The choice is the lowest threshold of the grid whose ξ no higher one contradicts. Excesses over v are among those over u,
 * so that under the model the difference of the estimates has the difference of their variances (Hausman):
 *
 * <pre>
 * |ξ̂_v − ξ̂_u| ≤ c·√( s.e.(ξ̂_v)² − s.e.(ξ̂_u)² )  for all v &gt; u,  c = 2.838                                      (5)
 * </pre>
 *
 * Where no threshold passes, it is the highest, and {@link #isStable} says so.
 * Source: docs/models/generalized-pareto.md, equation 5.
 */
public final class ThresholdStability {

    /** Shares of losses above the thresholds of the grid. */
    private static final double[] SHARES = {0.20, 0.175, 0.15, 0.125, 0.10, 0.08, 0.065, 0.05, 0.04, 0.03, 0.025, 0.02};

    /** The standard error of ξ is about (1 + ξ)/√k: with fifty excesses a ξ of 0.25 is known to ±0.35. */
    public static final int FEWEST_EXCESSES = 50;

    /** Two-sided 5 % of a standard normal over eleven comparisons, the most that the grid has. */
    private static final double CRITICAL = 2.8376;

    private final List<TailFit> fits;
    private final int chosen;
    private final boolean stable;

    private ThresholdStability(List<TailFit> fits) {
        this.fits = fits;
        var lowest = 0;
        while (lowest < fits.size() - 1 && !isUncontradicted(fits, lowest)) {
            lowest++;
        }
        chosen = lowest;
        stable = fits.size() == 1 || lowest < fits.size() - 1;
    }

    /**
     * Over thresholds that leave from 20 % down to 2 % of the losses above them, and at least {@link #FEWEST_EXCESSES}.
     *
     * @param losses gains for the other tail: losses with their sign turned
     */
    public static ThresholdStability of(double[] losses) {
        var sorted = losses.clone();
        Arrays.sort(sorted);
        var fits = new ArrayList<TailFit>();
        for (var share : SHARES) {
            var k = (int) (share * losses.length);
            if (k < FEWEST_EXCESSES) {
                break;
            }
            add(fits, losses, sorted[losses.length - 1 - k]);
        }
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("too few losses to choose a threshold: found=%d needed=%d"
                    .formatted(losses.length, (int) StrictMath.ceil(FEWEST_EXCESSES / SHARES[0])));
        }
        return new ThresholdStability(List.copyOf(fits));
    }

    /** Over these thresholds, which must rise. */
    public static ThresholdStability of(double[] losses, double[] thresholds) {
        var fits = new ArrayList<TailFit>();
        for (var threshold : thresholds) {
            if (!fits.isEmpty() && !(threshold > fits.getLast().threshold())) {
                throw new IllegalArgumentException("thresholds do not rise: found=%s after=%s"
                        .formatted(threshold, fits.getLast().threshold()));
            }
            fits.add(GeneralizedPareto.fit(losses, threshold));
        }
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("no thresholds");
        }
        return new ThresholdStability(List.copyOf(fits));
    }

    /** Ties can make one threshold of two shares, or leave too few losses strictly above it. */
    private static void add(List<TailFit> fits, double[] losses, double threshold) {
        if (!fits.isEmpty() && threshold <= fits.getLast().threshold()) {
            return;
        }
        if (Arrays.stream(losses).filter(loss -> loss > threshold).count() >= GeneralizedPareto.FEWEST_EXCESSES) {
            fits.add(GeneralizedPareto.fit(losses, threshold));
        }
    }

    private static boolean isUncontradicted(List<TailFit> fits, int lowest) {
        var low = fits.get(lowest);
        if (low.standardErrors().isEmpty()) {
            return false;
        }
        var error = low.standardErrors().get().xi();
        for (var high : fits.subList(lowest + 1, fits.size())) {
            if (high.standardErrors().isEmpty()) {
                continue;
            }
            var higherError = high.standardErrors().get().xi();
            // Estimated variances of nested samples can come out in the wrong order: then nothing is contradicted.
            var variance = Math.max(0, higherError * higherError - error * error);
            var difference = high.xi() - low.xi();
            if (variance > 0 && difference * difference > CRITICAL * CRITICAL * variance) {
                return false;
            }
        }
        return true;
    }

    /** From the lowest threshold to the highest. */
    public List<TailFit> fits() {
        return fits;
    }

    /** The fit at the threshold that the rule chose. */
    public TailFit chosen() {
        return fits.get(chosen);
    }

    /** Whether a threshold below the highest passed, or the grid has only one. */
    public boolean isStable() {
        return stable;
    }
}
