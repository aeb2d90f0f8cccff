package plimsoll.risk.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.series.PriceSeries;

/**
 * How did the prices of a book move together in an episode that happened?
 *
 * <pre>
 * R(asset, k) = P(asset, start + (k + 1)·Δ) / P(asset, start),   k = 0 … n − 1              (1)
 * </pre>
 *
 * P(asset, t): the last price known at t. A bar's close is known at the bar's end, a point or a feed's round at its own
 * time, so series of different periods line up and none sees its future. Between two prices the earlier one stands, as a
 * feed's answer would; {@link #carried} counts the steps where that happened.
 *
 * <p>Source: docs/models/stress-tests.md, equation 1.
 */
public final class HistoricalWindow implements PathSource {

    private final KnownPaths paths;
    private final List<Double> carried;

    private HistoricalWindow(KnownPaths paths, List<Double> carried) {
        this.paths = paths;
        this.carried = List.copyOf(carried);
    }

    /** One path over the whole episode. */
    public static HistoricalWindow of(List<Known> assets, Episode episode) {
        return of(assets, episode, episode.steps(), episode.step());
    }

    /** One path from each start that lies {@code between} after the one before, as many as end within the episode. */
    public static HistoricalWindow of(List<Known> assets, Episode episode, int steps, Duration between) {
        if (assets.isEmpty() || steps < 1 || steps > episode.steps() || between.isNegative() || between.isZero()) {
            throw new IllegalArgumentException(
                    "a window needs assets, steps within the episode and starts that move on: assets=%d steps=%d episode=%d between=%s"
                            .formatted(assets.size(), steps, episode.steps(), between));
        }
        var found = new ArrayList<double[][]>();
        var length = episode.step().multipliedBy(steps);
        for (var start = episode.start(); !start.plus(length).isAfter(episode.end()); start = start.plus(between)) {
            found.add(path(assets, start, episode.step(), steps));
        }
        var carried = assets.stream()
                .map(asset -> asset.carried(episode.start(), episode.step(), episode.steps()))
                .toList();
        return new HistoricalWindow(new KnownPaths(found), carried);
    }

    private static double[][] path(List<Known> assets, Instant start, Duration step, int steps) {
        var path = new double[assets.size()][steps];
        for (var asset = 0; asset < path.length; asset++) {
            var known = assets.get(asset);
            var now = known.at(start);
            for (var k = 0; k < steps; k++) {
                path[asset][k] = known.at(start.plus(step.multipliedBy(k + 1L))) / now;
            }
        }
        return path;
    }

    @Override
    public int assets() {
        return paths.assets();
    }

    @Override
    public int steps() {
        return paths.steps();
    }

    @Override
    public int paths() {
        return paths.paths();
    }

    @Override
    public void fill(int block, PathBlock out) {
        paths.fill(block, out);
    }

    /** P(step)/P(start) of one asset on one path. */
    public double price(int path, int asset, int step) {
        return paths.price(path, asset, step);
    }

    /** The share of the episode's steps in which the asset has no price of its own, so that the one before stands. */
    public double carried(int asset) {
        return carried.get(asset);
    }

    /** The lowest relative price of one asset on any path: how deep the episode went for who held it from a start. */
    public double lowest(int asset) {
        var lowest = Double.POSITIVE_INFINITY;
        for (var path = 0; path < paths(); path++) {
            for (var step = 0; step < steps(); step++) {
                lowest = Math.min(lowest, price(path, asset, step));
            }
        }
        return lowest;
    }

    /** When an episode was, and how finely it is told; it lasts a whole number of steps. */
    public record Episode(Instant start, Instant end, Duration step) {

        public Episode {
            if (step.isNegative()
                    || step.isZero()
                    || !start.plus(step.multipliedBy(
                                    Duration.between(start, end).dividedBy(step)))
                            .equals(end)
                    || !end.isAfter(start)) {
                throw new IllegalArgumentException(
                        "an episode lasts a whole number of steps, at least one: start=%s end=%s step=%s"
                                .formatted(start, end, step));
            }
        }

        public int steps() {
            return Math.toIntExact(Duration.between(start, end).dividedBy(step));
        }
    }

    /**
     * The prices of one asset, and how long after its stamp each was known.
     *
     * @param delay the bar's length where stamps are the starts of bars and prices their closes; zero for points
     */
    public record Known(PriceSeries prices, Duration delay) {

        public Known {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a price is not known before its time: delay=" + delay);
            }
        }

        /** An asset whose price stands still: the unit of account itself, or one of which no series is at hand. */
        public static Known constant(Instant from) {
            return new Known(PriceSeries.of(List.of(from), new double[] {1}), Duration.ZERO);
        }

        double at(Instant moment) {
            var index = lastKnown(moment);
            if (index < 0) {
                throw new IllegalArgumentException("no price is known yet: moment=%s first=%s"
                        .formatted(moment, prices.time(0).plus(delay)));
            }
            return prices.price(index);
        }

        double carried(Instant start, Duration step, int steps) {
            var stale = 0;
            var before = lastKnown(start);
            for (var k = 1; k <= steps; k++) {
                var now = lastKnown(start.plus(step.multipliedBy(k)));
                stale += now == before ? 1 : 0;
                before = now;
            }
            return (double) stale / steps;
        }

        /** The last index that is known at a moment, -1 where none is. */
        private int lastKnown(Instant moment) {
            var latest = moment.minus(delay);
            var low = 0;
            var high = prices.size();
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (prices.time(middle).isAfter(latest)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low - 1;
        }
    }
}
