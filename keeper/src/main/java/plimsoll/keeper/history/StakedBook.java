package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The snapshot of Aave v2's borrowers against stETH, checked against the feed and against itself. */
final class StakedBook {

    /** stETH's own threshold at the time: that of every account with nothing else. */
    static final int STAKED_THRESHOLD = 8_300;

    /** The price of accounts with nothing but stETH is read off to this. */
    private static final int PRICE_DIGITS = 8;

    private final List<StakedPosition> positions;

    StakedBook(List<StakedPosition> positions) {
        this.positions = List.copyOf(positions);
    }

    List<StakedPosition> positions() {
        return positions;
    }

    /**
     * When the snapshot was taken, by its own words.
     *
     * @param from the round whose answer most accounts were valued at
     * @param until the next round
     * @param accounts how many were valued at exactly that
     */
    record Dated(Instant from, Instant until, BigInteger answer, int accounts) {}

    Dated dated(List<FeedRound> staked) {
        Map<BigDecimal, Integer> counts = new TreeMap<>();
        for (StakedPosition position : positions) {
            if (position.staked().signum() > 0) {
                counts.merge(
                        rounded(position.collateral().divide(position.staked(), MathContext.DECIMAL64)),
                        1,
                        Integer::sum);
            }
        }
        var usual = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        List<FeedRound> ordered =
                staked.stream().sorted(Comparator.comparing(FeedRound::at)).toList();
        for (int i = 0; i + 1 < ordered.size(); i++) {
            if (rounded(new BigDecimal(ordered.get(i).answer(), 18)).compareTo(usual.getKey()) == 0) {
                return new Dated(
                        ordered.get(i).at(),
                        ordered.get(i + 1).at(),
                        ordered.get(i).answer(),
                        usual.getValue());
            }
        }
        throw new IllegalArgumentException("No round has the snapshot's price: found=" + usual.getKey());
    }

    private static BigDecimal rounded(BigDecimal price) {
        return price.setScale(PRICE_DIGITS, RoundingMode.HALF_EVEN);
    }

    /** The largest difference between the file's health factors and v2's rule over the file's values, as a share. */
    double healthDifference() {
        return positions.stream()
                .mapToDouble(position -> {
                    BigInteger collateral = VersionTwo.raw(position.collateral());
                    BigInteger weighted = collateral.multiply(BigInteger.valueOf(position.threshold()));
                    BigInteger health = VersionTwo.health(collateral, weighted, VersionTwo.raw(position.debt()));
                    return Math.abs(new BigDecimal(health, 18).doubleValue() / position.healthFactor() - 1);
                })
                .max()
                .orElseThrow();
    }

    /** Those that are below the line in the snapshot itself. */
    List<StakedPosition> belowTheLine() {
        return positions.stream()
                .filter(position -> position.healthFactor() < 1)
                .sorted(Comparator.comparingDouble(StakedPosition::healthFactor))
                .toList();
    }

    BigDecimal sum(java.util.function.Function<StakedPosition, BigDecimal> what) {
        return positions.stream().map(what).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
