package plimsoll.risk.series;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * By which rule does a feed answer? A feed that waits for a deviation is a staircase: its steps in time pile up just after
 * the heartbeat, its steps in price just above the threshold.
 *
 * <pre>
 * H = the longest h of the menu with  #{ Δt ∈ [0.99 h, 1.05 h) } ≥ max(2, n/100)                      (2)
 * δ = the d of the menu with the largest  #{ |Δp/p| ∈ [d, 1.1 d) } − #{ |Δp/p| ∈ [0.9 d, d) },
 *     counted over steps shorter than 0.9 H; none where that is below a tenth of them                  (3)
 * </pre>
 *
 * <p>Δt time between rounds; Δp/p change of the answer against the one before; n their number. Source:
 * docs/models/series-findings.md, equations 2 and 3.
 */
final class Staircase {

    private static final List<Duration> HEARTBEATS = List.of(
            Duration.ofHours(48),
            Duration.ofHours(24),
            Duration.ofHours(12),
            Duration.ofHours(8),
            Duration.ofHours(6),
            Duration.ofHours(4),
            Duration.ofHours(3),
            Duration.ofHours(2),
            Duration.ofHours(1),
            Duration.ofMinutes(30),
            Duration.ofMinutes(20),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1));

    private static final double[] DEVIATIONS = {0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.003, 0.005, 0.01, 0.02, 0.05};

    private static final double EARLIEST = 0.99;
    private static final double LATEST = 1.05;
    private static final double EARLY = 0.9;
    private static final double BIN = 0.1;
    private static final double LEAST_SHARE = 0.1;

    private Staircase() {}

    static Optional<Duration> heartbeat(PriceSeries prices) {
        var needed = Math.max(2, (prices.size() - 1) / 100);
        return HEARTBEATS.stream()
                .filter(beat -> stepsWithin(prices, EARLIEST * beat.toMillis(), LATEST * beat.toMillis()) >= needed)
                .findFirst();
    }

    static Optional<Double> deviation(PriceSeries prices, Duration heartbeat) {
        var latest = EARLY * heartbeat.toMillis();
        var early = stepsWithin(prices, 0, latest);
        var best = Optional.<Double>empty();
        var mostExcess = Math.max(2, LEAST_SHARE * early);
        for (var threshold : DEVIATIONS) {
            var excess = movesWithin(prices, latest, threshold, (1 + BIN) * threshold)
                    - movesWithin(prices, latest, (1 - BIN) * threshold, threshold);
            if (excess >= mostExcess) {
                mostExcess = excess;
                best = Optional.of(threshold);
            }
        }
        return best;
    }

    private static int stepsWithin(PriceSeries prices, double from, double to) {
        var count = 0;
        for (var i = 1; i < prices.size(); i++) {
            var step = millis(prices, i);
            count += step >= from && step < to ? 1 : 0;
        }
        return count;
    }

    private static int movesWithin(PriceSeries prices, double latest, double from, double to) {
        var count = 0;
        for (var i = 1; i < prices.size(); i++) {
            var move = Math.abs(prices.price(i) / prices.price(i - 1) - 1);
            count += millis(prices, i) < latest && move >= from && move < to ? 1 : 0;
        }
        return count;
    }

    private static long millis(PriceSeries prices, int index) {
        return Duration.between(prices.time(index - 1), prices.time(index)).toMillis();
    }
}
