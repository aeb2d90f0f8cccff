package plimsoll.risk.path;

import java.util.List;

/** Which pairs of paths of a block each regime has: shares rounded to pairs, at least one, the rest to the largest. */
final class RegimeShares {

    static final int PAIRS = PathSource.BLOCK / 2;

    private RegimeShares() {}

    /** Bounds: regime r has the pairs from the r-th to the next. */
    static int[] of(List<Regime> regimes) {
        if (regimes.isEmpty() || regimes.size() > PAIRS) {
            throw new IllegalArgumentException("regimes do not fit into a block: found=" + regimes.size());
        }
        var total = 0.0;
        var largest = 0;
        for (var r = 0; r < regimes.size(); r++) {
            total += regimes.get(r).weight();
            largest = regimes.get(r).weight() > regimes.get(largest).weight() ? r : largest;
        }
        var pairs = new int[regimes.size()];
        var left = PAIRS;
        for (var r = 0; r < pairs.length; r++) {
            if (r != largest) {
                pairs[r] = Math.max(1, (int) Math.rint(PAIRS * regimes.get(r).weight() / total));
                left -= pairs[r];
            }
        }
        if (left < 1) {
            throw new IllegalArgumentException("too many regimes of small weight: found=" + regimes.size());
        }
        pairs[largest] = left;
        var bounds = new int[pairs.length + 1];
        for (var r = 0; r < pairs.length; r++) {
            bounds[r + 1] = bounds[r] + pairs[r];
        }
        return bounds;
    }
}
