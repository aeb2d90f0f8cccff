package plimsoll.devnet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import plimsoll.units.Price;

/**
 * Made-up hourly prices that look like a market: volatility that clusters, heavy tails, assets that move together.
 *
 * <p>r_i = √h_i · (ρ_i m + √(1 − ρ_i²) e_i), h' = h̄_i (1 − a − b) + a r_i² + b h, with m and e Student-t of 5 degrees,
 * scaled to variance 1. h̄ is the hourly variance, a = 0.08, b = 0.90. A dollar token only wavers around 1. Built from
 * StrictMath, so that a seed gives the same prices on every machine; every path ends at the given price.
 */
final class SyntheticPrices {

    static final Duration SPACING = Duration.ofHours(1);

    private static final int DEGREES = 5;
    private static final double REACTION = 0.08;
    private static final double PERSISTENCE = 0.90;
    private static final double HOURS_A_YEAR = 8_760;
    private static final double RETURN_TO_PAR = 0.95;

    private final RandomGenerator random;

    SyntheticPrices(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Volatility a year as a fraction, and the correlation of the asset's shocks with the market's. */
    private record Behaviour(double annualVolatility, double correlation, boolean pegged) {

        static Behaviour of(Asset asset) {
            return switch (asset) {
                case WETH -> new Behaviour(0.65, 0.9, false);
                case WBTC -> new Behaviour(0.50, 0.9, false);
                case LINK -> new Behaviour(0.85, 0.8, false);
                case USDC -> new Behaviour(0.01, 0.1, true);
            };
        }
    }

    /** Log price so far and the variance of the next hour's return. */
    private static final class Path {

        private final Behaviour behaviour;
        private final double meanVariance;
        private double variance;
        private double logPrice;
        private final double[] logPrices;

        Path(Behaviour behaviour, int rounds) {
            this.behaviour = behaviour;
            meanVariance = behaviour.annualVolatility * behaviour.annualVolatility / HOURS_A_YEAR;
            variance = meanVariance;
            logPrices = new double[rounds];
        }

        void step(int round, double marketShock, double ownShock) {
            double own = StrictMath.sqrt(1 - behaviour.correlation * behaviour.correlation);
            double logReturn = StrictMath.sqrt(variance) * (behaviour.correlation * marketShock + own * ownShock);
            variance = meanVariance * (1 - REACTION - PERSISTENCE)
                    + REACTION * logReturn * logReturn
                    + PERSISTENCE * variance;
            logPrice = (behaviour.pegged ? RETURN_TO_PAR * logPrice : logPrice) + logReturn;
            logPrices[round] = logPrice;
        }

        List<PricePoint> endingAt(Price last, Instant start) {
            List<PricePoint> points = new ArrayList<>(logPrices.length);
            double end = logPrices[logPrices.length - 1];
            for (int round = 0; round < logPrices.length; round++) {
                double raw = last.raw().doubleValue() * StrictMath.exp(logPrices[round] - end);
                points.add(new PricePoint(start.plus(SPACING.multipliedBy(round)), Price.ofRaw(Math.max(1, (long)
                        StrictMath.rint(raw)))));
            }
            return points;
        }
    }

    Map<Asset, List<PricePoint>> hourly(Instant start, int rounds, Map<Asset, Price> last) {
        Map<Asset, Path> paths = new EnumMap<>(Asset.class);
        last.keySet().forEach(asset -> paths.put(asset, new Path(Behaviour.of(asset), rounds)));
        for (int round = 0; round < rounds; round++) {
            double market = studentT();
            for (Path path : paths.values()) {
                path.step(round, market, studentT());
            }
        }
        Map<Asset, List<PricePoint>> points = new EnumMap<>(Asset.class);
        new EnumMap<>(last).forEach((asset, price) -> {
            Path path = paths.get(asset);
            if (path != null) {
                points.put(asset, path.endingAt(price, start));
            }
        });
        return points;
    }

    /** A Student-t variate of variance 1: a normal over the root of a mean of squares, times √((ν − 2)/ν). */
    private double studentT() {
        double squares = 0;
        for (int i = 0; i < DEGREES; i++) {
            double normal = normal();
            squares += normal * normal;
        }
        return normal() / StrictMath.sqrt(squares / DEGREES) * StrictMath.sqrt((DEGREES - 2.0) / DEGREES);
    }

    /** Box and Muller's transformation; 1 − u keeps the logarithm away from 0. */
    private double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
