package plimsoll.risk.calibration;

/**
 * How much did margins follow the market over a history of recommendations?
 *
 * <pre>
 * peak to trough = max_t M_t / min_t M_t,   M = 1 − LT                                     (5)
 * largest change = max { |M_t − M_s| : t − 5 d ≤ s ≤ t }                                     (6)
 * </pre>
 *
 * <p>Source: docs/models/anti-procyclicality.md, equations 5 and 6.
 *
 * @param peakToTrough at least 1; our goal is at most 2
 * @param largestTightening most that a margin rose within five days
 * @param largestLoosening most that a margin fell within five days
 */
public record Procyclicality(double peakToTrough, double largestTightening, double largestLoosening) {

    private static final long FIVE_DAYS = 5 * 86_400;

    /**
     * Measures a history.
     *
     * @param times epoch seconds at which a recommendation came into force, ascending
     * @param thresholds LT from then on, below 1
     */
    public static Procyclicality of(long[] times, double[] thresholds) {
        if (times.length != thresholds.length || times.length == 0) {
            throw new IllegalArgumentException("A history needs one threshold a time: times=%d thresholds=%d"
                    .formatted(times.length, thresholds.length));
        }
        var peak = 0.0;
        var trough = 1.0;
        var tightening = 0.0;
        var loosening = 0.0;
        var inForce = 0;
        for (var i = 0; i < times.length; i++) {
            Ranges.within("threshold", thresholds[i], 0, Math.nextDown(1.0));
            peak = Math.max(peak, 1 - thresholds[i]);
            trough = Math.min(trough, 1 - thresholds[i]);
            // What changed exactly five days ago counts as the state before.
            while (inForce + 1 < i && times[inForce + 1] <= times[i] - FIVE_DAYS) {
                inForce++;
            }
            for (var j = inForce; j < i; j++) {
                tightening = Math.max(tightening, thresholds[j] - thresholds[i]);
                loosening = Math.max(loosening, thresholds[i] - thresholds[j]);
            }
        }
        return new Procyclicality(peak / trough, tightening, loosening);
    }
}
