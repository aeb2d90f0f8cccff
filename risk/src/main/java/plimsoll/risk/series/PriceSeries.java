package plimsoll.risk.series;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The price of one thing over time, in one currency: times strictly increasing, prices positive and finite.
 * After {@link #resample} a time is the start of the period whose last observation the price is.
 */
public final class PriceSeries {

    private final List<Instant> times;
    private final double[] prices;

    private PriceSeries(List<Instant> times, double[] prices) {
        this.times = times;
        this.prices = prices;
    }

    public static PriceSeries of(List<Instant> times, double[] prices) {
        if (times.size() != prices.length) {
            throw new IllegalArgumentException(
                    "times and prices differ in number: times=%d prices=%d".formatted(times.size(), prices.length));
        }
        for (var i = 0; i < prices.length; i++) {
            if (!(prices[i] > 0) || Double.isInfinite(prices[i])) {
                throw new IllegalArgumentException(
                        "price is not positive: found=%s time=%s".formatted(prices[i], times.get(i)));
            }
            if (i > 0 && !times.get(i).isAfter(times.get(i - 1))) {
                throw new IllegalArgumentException("time is not after the one before: found=%s before=%s"
                        .formatted(times.get(i), times.get(i - 1)));
            }
        }
        return new PriceSeries(List.copyOf(times), prices.clone());
    }

    public int size() {
        return prices.length;
    }

    public Instant time(int index) {
        return times.get(index);
    }

    public double price(int index) {
        return prices[index];
    }

    public List<Instant> times() {
        return times;
    }

    public double[] prices() {
        return prices.clone();
    }

    /** The observations from {@code from} (inclusive) to {@code to} (exclusive). */
    public PriceSeries between(Instant from, Instant to) {
        var first = firstIndexNotBefore(from);
        var last = Math.max(first, firstIndexNotBefore(to));
        return new PriceSeries(times.subList(first, last), Arrays.copyOfRange(prices, first, last));
    }

    /** The median time between neighbours: the series' own period where it is regular. */
    public Duration typicalStep() {
        requireTwo();
        var steps = new long[size() - 1];
        for (var i = 0; i < steps.length; i++) {
            steps[i] = Duration.between(times.get(i), times.get(i + 1)).toMillis();
        }
        Arrays.sort(steps);
        return Duration.ofMillis(steps[steps.length / 2]);
    }

    /**
     * Whether this series has an observation for most periods of this length. To {@link #resample} a coarser one would
     * leave gaps only, and to fill them would invent prices. A tenth is forgiven: an hourly sampler's steps are 59 minutes
     * or 61.
     */
    public boolean resolves(Duration period) {
        requirePositive(period);
        return typicalStep().compareTo(period.multipliedBy(11).dividedBy(10)) <= 0;
    }

    /**
     * The last observation of each period, stamped with the period's start; periods count from 1970-01-01T00:00Z.
     * A period without an observation is left out and so becomes a gap: a stale price is not a flat one.
     */
    public PriceSeries resample(Duration period) {
        requirePositive(period);
        var millis = period.toMillis();
        var starts = new ArrayList<Instant>();
        var lasts = new double[size()];
        for (var i = 0; i < size(); i++) {
            var start = Instant.ofEpochMilli(Math.floorDiv(times.get(i).toEpochMilli(), millis) * millis);
            if (starts.isEmpty() || start.isAfter(starts.getLast())) {
                starts.add(start);
            }
            lasts[starts.size() - 1] = prices[i];
        }
        return new PriceSeries(List.copyOf(starts), Arrays.copyOf(lasts, starts.size()));
    }

    /**
     * SHA-256 over one line an observation: its time in milliseconds since 1970, a comma, the sixteen hex digits of the
     * price's IEEE 754 bits, a line feed. Equal series have equal hashes whatever file they came from.
     */
    public String contentHash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var i = 0; i < size(); i++) {
                var line = times.get(i).toEpochMilli() + ","
                        + HexFormat.of().toHexDigits(Double.doubleToLongBits(prices[i])) + "\n";
                digest.update(line.getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Where neighbours are further apart than {@code longestStep}. */
    public List<Gap> gaps(Duration longestStep) {
        requirePositive(longestStep);
        var gaps = new ArrayList<Gap>();
        for (var i = 1; i < size(); i++) {
            if (Duration.between(times.get(i - 1), times.get(i)).compareTo(longestStep) > 0) {
                gaps.add(new Gap(times.get(i - 1), times.get(i)));
            }
        }
        return List.copyOf(gaps);
    }

    /**
     * Log returns ln(P_i / P_{i−1}), stamped with the later time. A step longer than {@code longestStep} is a gap; its
     * return spans several periods and is treated as {@code policy} says.
     */
    public ReturnSeries logReturns(Duration longestStep, GapPolicy policy) {
        var gaps = gaps(longestStep);
        var stamps = new ArrayList<Instant>();
        var returns = new double[Math.max(0, size() - 1)];
        var nextGap = 0;
        for (var i = 1; i < size(); i++) {
            var acrossGap = nextGap < gaps.size() && gaps.get(nextGap).to().equals(times.get(i));
            if (acrossGap) {
                nextGap++;
            }
            if (!acrossGap || policy == GapPolicy.KEEP) {
                returns[stamps.size()] = StrictMath.log(prices[i] / prices[i - 1]);
                stamps.add(times.get(i));
            }
        }
        return new ReturnSeries(stamps, Arrays.copyOf(returns, stamps.size()), gaps);
    }

    private int firstIndexNotBefore(Instant moment) {
        var low = 0;
        var high = size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (times.get(middle).isBefore(moment)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void requireTwo() {
        if (size() < 2) {
            throw new IllegalArgumentException("series is too short for a step: found=%d needed=2".formatted(size()));
        }
    }

    private static void requirePositive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration is not positive: found=" + duration);
        }
    }

    /** Two neighbouring observations that are too far apart. */
    public record Gap(Instant from, Instant to) {

        public Duration length() {
            return Duration.between(from, to);
        }
    }

    /** What becomes of a return that spans a gap. */
    public enum GapPolicy {
        /** It is left out: it mixes several periods' risk into one. */
        EXCLUDE,
        /** It stays: the fall across an outage did happen to whoever held the asset. */
        KEEP
    }
}
