package plimsoll.risk.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.series.SeriesFinding.Kind;

/**
 * Which prices did nobody trade at? Flags only: the raw series stays, and the cleaned one says what it lacks.
 *
 * <pre>
 * spike at i:  x_i − x_{i−1} and x_{i+1} − x_i have opposite signs,  m = min of their sizes,
 *              m &gt; max(0.03, 9·s),  |x_{i+1} − x_{i−1}| ≤ m/4                                             (6)
 * contradicted at i:  distance of x_i to the range of the second source's logs around t_i &gt; 0.05         (7)
 * </pre>
 *
 * <p>x log price; s = 1.4826 · median of |x_j − x_{j−1}| over the 24 steps before i − 1 and after i + 1, at least 0.002. A
 * crash does not come back within one step to a quarter of itself, and its hours make s large. Around t_i are the second
 * source's last observation by t_i and its neighbours; where it has none within two of its steps it says nothing. A spike
 * that it saw too is none. A spike is known one step later: of the last price there is no judgement. Source:
 * docs/models/series-findings.md, equations 6 and 7.
 */
public final class Outliers {

    private static final int WINDOW = 24;
    private static final double LEAST_SPIKE = 0.03;
    private static final double SCALES = 9;
    private static final double MOST_LEFT = 0.25;
    private static final double NORMAL_MEDIAN = 1.4826;
    private static final double LEAST_SCALE = 0.002;
    private static final double MOST_APART = 0.05;

    private final PriceSeries raw;
    private final List<SeriesFinding> findings;

    private Outliers(PriceSeries raw, List<SeriesFinding> findings) {
        this.raw = raw;
        this.findings = List.copyOf(findings);
    }

    /** Judged by its own neighbours alone. */
    public static Outliers of(PriceSeries prices) {
        return judge(prices, Optional.empty());
    }

    /**
     * Judged by its neighbours and by another source's prices of the same thing in the same currency.
     *
     * @param second no coarser than {@code prices}: between two closes of a coarse one lie prices that it never saw
     */
    public static Outliers of(PriceSeries prices, PriceSeries second) {
        if (!second.resolves(prices.typicalStep())) {
            throw new IllegalArgumentException("second source is coarser than the series: found=%s allowed=%s"
                    .formatted(second.typicalStep(), prices.typicalStep()));
        }
        return judge(prices, Optional.of(new SecondSource(second)));
    }

    public PriceSeries raw() {
        return raw;
    }

    /** One for each flagged price, in order of time. */
    public List<SeriesFinding> findings() {
        return findings;
    }

    /** The raw prices without those of {@link #findings()}: gaps stand in their place, nothing is filled. */
    public PriceSeries cleaned() {
        var times = new ArrayList<Instant>();
        var prices = new double[raw.size()];
        var next = 0;
        for (var i = 0; i < raw.size(); i++) {
            if (next < findings.size() && findings.get(next).from().equals(raw.time(i))) {
                next++;
            } else {
                prices[times.size()] = raw.price(i);
                times.add(raw.time(i));
            }
        }
        return PriceSeries.of(times, Arrays.copyOf(prices, times.size()));
    }

    private static Outliers judge(PriceSeries prices, Optional<SecondSource> second) {
        var logs = Arrays.stream(prices.prices()).map(StrictMath::log).toArray();
        var found = new ArrayList<SeriesFinding>();
        for (var i = 0; i < logs.length; i++) {
            var apart = distance(second, prices.time(i), logs[i]);
            if (apart.filter(distance -> distance > MOST_APART).isPresent()) {
                found.add(finding(
                        prices,
                        i,
                        "another source contradicts it: price=%s logDistance=%s"
                                .formatted(prices.price(i), apart.get())));
            } else if (isSpike(logs, i) && !sawItToo(apart, logs, i)) {
                found.add(finding(
                        prices,
                        i,
                        "price leaves and returns within one step: price=%s before=%s after=%s"
                                .formatted(prices.price(i), prices.price(i - 1), prices.price(i + 1))));
            }
        }
        return new Outliers(prices, found);
    }

    private static Optional<Double> distance(Optional<SecondSource> second, Instant time, double logPrice) {
        return second.flatMap(other -> other.distance(time, logPrice));
    }

    private static boolean sawItToo(Optional<Double> apart, double[] logs, int i) {
        var size = Math.min(Math.abs(logs[i] - logs[i - 1]), Math.abs(logs[i + 1] - logs[i]));
        return apart.filter(distance -> distance < size / 2).isPresent();
    }

    private static boolean isSpike(double[] logs, int i) {
        if (i == 0 || i == logs.length - 1) {
            return false;
        }
        var out = logs[i] - logs[i - 1];
        var back = logs[i + 1] - logs[i];
        var size = Math.min(Math.abs(out), Math.abs(back));
        return out * back < 0
                && size > LEAST_SPIKE
                && Math.abs(logs[i + 1] - logs[i - 1]) <= MOST_LEFT * size
                && size > SCALES * scale(logs, i);
    }

    private static double scale(double[] logs, int i) {
        var first = Math.max(1, i - WINDOW);
        var last = Math.min(logs.length - 1, i + 1 + WINDOW);
        var moves = new double[Math.max(0, last - first - 1)];
        var count = 0;
        for (var j = first; j <= last; j++) {
            if (j != i && j != i + 1) {
                moves[count++] = Math.abs(logs[j] - logs[j - 1]);
            }
        }
        if (count == 0) {
            return LEAST_SCALE;
        }
        Arrays.sort(moves);
        return Math.max(LEAST_SCALE, NORMAL_MEDIAN * moves[count / 2]);
    }

    private static SeriesFinding finding(PriceSeries prices, int i, String sentence) {
        return new SeriesFinding(Kind.OUTLIER, prices.time(i), prices.time(i), sentence);
    }

    /** Another source, asked in order of time. */
    private static final class SecondSource {

        private final PriceSeries prices;
        private final Duration oldest;
        private int after;

        SecondSource(PriceSeries prices) {
            this.prices = prices;
            this.oldest = prices.typicalStep().multipliedBy(2);
        }

        Optional<Double> distance(Instant time, double logPrice) {
            while (after < prices.size() && !prices.time(after).isAfter(time)) {
                after++;
            }
            var at = after - 1;
            if (at < 0 || Duration.between(prices.time(at), time).compareTo(oldest) > 0) {
                return Optional.empty();
            }
            var lowest = Double.POSITIVE_INFINITY;
            var highest = Double.NEGATIVE_INFINITY;
            for (var i = Math.max(0, at - 1); i <= Math.min(prices.size() - 1, at + 1); i++) {
                var log = StrictMath.log(prices.price(i));
                lowest = Math.min(lowest, log);
                highest = Math.max(highest, log);
            }
            return Optional.of(Math.max(0, Math.max(lowest - logPrice, logPrice - highest)));
        }
    }
}
