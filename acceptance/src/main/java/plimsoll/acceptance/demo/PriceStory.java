package plimsoll.acceptance.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import plimsoll.devnet.Asset;
import plimsoll.devnet.PriceHistory;
import plimsoll.devnet.PricePoint;
import plimsoll.units.Price;

/**
 * The prices that the demo tells: a history for calibration, then a crash. Deterministic for a seed. Prices are US dollars;
 * times are UTC.
 *
 * @param source where the history came from, in words for the summary
 * @param history rounds of each asset, oldest first
 * @param crash for each step of the crash, the price of each asset
 * @param crashShare how far WETH falls in all, as a fraction
 */
public record PriceStory(String source, PriceHistory history, List<Map<Asset, Price>> crash, double crashShare) {

    /** The asset that leads: the crash is measured on it, and the others follow by their beta. */
    public static final Asset LEADER = Asset.WETH;

    private static final int SYNTHETIC_HOURS = 3_000;
    private static final int CRASH_STEPS = 10;
    private static final double SMALLEST_FALL = 0.25;
    private static final double LARGEST_FALL = 0.45;

    /** One report of the leading price. */
    public record Point(Instant time, double price) {}

    /** How another asset follows the leader: where it starts, its beta, and the volatility of its own per round. */
    private record Follower(Asset asset, double firstPrice, double beta, double ownVolatility) {}

    private static final List<Follower> FOLLOWERS =
            List.of(new Follower(Asset.WBTC, 28_000, 0.75, 0.002), new Follower(Asset.LINK, 7, 1.1, 0.003));

    public PriceStory {
        crash = List.copyOf(crash);
    }

    /** A seeded history of 3,000 hourly rounds with clustered, fat-tailed returns; labelled synthetic. */
    public static PriceStory synthetic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        double home = 1_800;
        double longRunVariance = 0.006 * 0.006;
        List<Point> leader = new ArrayList<>();
        double variance = longRunVariance;
        double price = home;
        for (int hour = 0; hour < SYNTHETIC_HOURS; hour++) {
            leader.add(new Point(start.plus(Duration.ofHours(hour)), price));
            double shock = StrictMath.sqrt(variance) * fatTailed(random);
            // Pulled gently home, so that no seed wanders off to prices that a reader would not believe.
            price *= StrictMath.exp(0.0008 * StrictMath.log(home / price) + shock);
            variance = 0.03 * longRunVariance + 0.09 * shock * shock + 0.88 * variance;
        }
        return followed("synthetic, hourly, GARCH with t shocks, seed " + seed, leader, random);
    }

    /** A real history drives the leader; the other assets follow it by a seeded beta, which the label says. */
    public static PriceStory replay(String file, List<Point> leader, long seed) {
        String source = file + " drives WETH; WBTC and LINK follow it by a seeded, synthetic beta; seed " + seed;
        return followed(source, leader, new SplittableRandom(seed));
    }

    private static PriceStory followed(String source, List<Point> leader, SplittableRandom random) {
        Map<Asset, List<Point>> all = new EnumMap<>(Asset.class);
        all.put(LEADER, leader);
        for (Follower follower : FOLLOWERS) {
            all.put(follower.asset(), follow(leader, follower, random));
        }
        all.put(Asset.USDC, pegged(leader, random));
        double crashShare = SMALLEST_FALL + (LARGEST_FALL - SMALLEST_FALL) * random.nextDouble();
        Map<Asset, List<PricePoint>> history = new EnumMap<>(Asset.class);
        all.forEach((asset, points) -> history.put(
                asset,
                points.stream()
                        .map(point -> new PricePoint(point.time(), dollars(point.price())))
                        .toList()));
        return new PriceStory(
                source + "; a fall of " + Math.round(100 * crashShare) + " % appended, synthetic",
                new PriceHistory(history),
                crash(all, crashShare, random),
                crashShare);
    }

    private static List<Point> follow(List<Point> leader, Follower follower, SplittableRandom random) {
        List<Point> points = new ArrayList<>(leader.size());
        double price = follower.firstPrice();
        for (int i = 0; i < leader.size(); i++) {
            if (i > 0) {
                double leaderReturn =
                        StrictMath.log(leader.get(i).price() / leader.get(i - 1).price());
                price *= StrictMath.exp(follower.beta() * leaderReturn + follower.ownVolatility() * fatTailed(random));
            }
            points.add(new Point(leader.get(i).time(), price));
        }
        return points;
    }

    private static List<Point> pegged(List<Point> leader, SplittableRandom random) {
        return leader.stream()
                .map(point -> new Point(point.time(), 1 + 0.0002 * clamp(fatTailed(random), 4)))
                .toList();
    }

    /** Shares of the log fall with a seeded jitter; followers fall by their beta; the peg holds. */
    private static List<Map<Asset, Price>> crash(
            Map<Asset, List<Point>> history, double crashShare, SplittableRandom random) {
        double[] weights = random.doubles(CRASH_STEPS, 0.6, 1.4).toArray();
        double sum = Arrays.stream(weights).sum();
        double logFall = StrictMath.log1p(-crashShare);
        List<Map<Asset, Price>> steps = new ArrayList<>();
        double done = 0;
        for (double weight : weights) {
            done += weight / sum;
            Map<Asset, Price> prices = new EnumMap<>(Asset.class);
            prices.put(LEADER, dollars(last(history, LEADER) * StrictMath.exp(done * logFall)));
            for (Follower follower : FOLLOWERS) {
                double fall = StrictMath.exp(follower.beta() * done * logFall);
                prices.put(follower.asset(), dollars(last(history, follower.asset()) * fall));
            }
            prices.put(Asset.USDC, dollars(1));
            steps.add(prices);
        }
        return steps;
    }

    private static double last(Map<Asset, List<Point>> history, Asset asset) {
        return Objects.requireNonNull(history.get(asset)).getLast().price();
    }

    private static Price dollars(double price) {
        return Price.parse(
                BigDecimal.valueOf(price).setScale(8, RoundingMode.HALF_EVEN).toPlainString());
    }

    /** A Student-t variate with 5 degrees of freedom and unit variance, cut at 8 standard deviations. */
    private static double fatTailed(SplittableRandom random) {
        double normal = normal(random);
        double chiSquared = 0;
        for (int i = 0; i < 5; i++) {
            double z = normal(random);
            chiSquared += z * z;
        }
        return clamp(normal / StrictMath.sqrt(chiSquared / 5) * StrictMath.sqrt(3.0 / 5), 8);
    }

    /** Box and Muller's first variate: the second is thrown away, for clarity. */
    private static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    private static double clamp(double x, double bound) {
        return Math.clamp(x, -bound, bound);
    }
}
