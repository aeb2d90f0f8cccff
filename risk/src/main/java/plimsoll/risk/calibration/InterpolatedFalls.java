package plimsoll.risk.calibration;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.risk.calibration.Estimate.End;

/** A fall curve through known horizons. */
final class InterpolatedFalls implements FallCurve {

    /** A fall to nothing has no logarithm; nearer to 1 than this nobody can tell the difference. */
    private static final double DEEPEST = 1 - 1e-12;

    private final TreeMap<Duration, Estimate> points;

    InterpolatedFalls(SortedMap<Duration, Estimate> points) {
        if (points.isEmpty() || !points.firstKey().isPositive()) {
            throw new IllegalArgumentException("A fall curve needs points at positive horizons: found=" + points);
        }
        this.points = new TreeMap<>(points);
    }

    @Override
    public Estimate over(Duration horizon) {
        return Estimate.of(at(horizon, End.LOW), at(horizon, End.VALUE), at(horizon, End.HIGH));
    }

    private double at(Duration horizon, End end) {
        var before = points.floorEntry(horizon);
        var after = points.ceilingEntry(horizon);
        if (before != null && after != null) {
            if (before.getKey().equals(after.getKey())) {
                return before.getValue().at(end);
            }
            var from = root(before.getKey());
            var share = (root(horizon) - from) / (root(after.getKey()) - from);
            var near = logLoss(before.getValue().at(end));
            return fall(near + share * (logLoss(after.getValue().at(end)) - near));
        }
        var nearest = before == null ? points.firstEntry() : before;
        return fall(logLoss(nearest.getValue().at(end)) * root(horizon) / root(nearest.getKey()));
    }

    private static double root(Duration horizon) {
        return Math.sqrt(horizon.toSeconds() + horizon.toNanosPart() * 1e-9);
    }

    private static double logLoss(double fall) {
        return -StrictMath.log1p(-Math.min(fall, DEEPEST));
    }

    private static double fall(double logLoss) {
        return -StrictMath.expm1(-logLoss);
    }
}
