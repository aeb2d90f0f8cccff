package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plimsoll.keeper.history.RecordedLiquidation.Exchange;

/** What recorded liquidations of Aave v2 say about its rules; every check says how many rows it could not look at. */
final class RecordedChecks {

    /** Bonuses are set in steps no finer than this in the rows' time. */
    private static final double BONUS_STEP = 0.001;

    /** The feeds that the pool read differ from the file's join by seconds; a tenth of a percent is half a feed's usual threshold. */
    private static final double BONUS_TOLERANCE = 0.0005;

    /** A value that fewer rows share is no bonus. */
    private static final double LEAST_SHARE = 0.05;

    /** A feed's step is told from rounding by its size. */
    private static final double FEED_STEP = 1e-4;

    private static final Set<String> DOLLARS = Set.of("USDC", "USDT", "DAI");
    private static final Duration SOON = Duration.ofHours(1);
    private static final double HALF = 0.5;

    private final List<RecordedLiquidation> rows;

    RecordedChecks(List<RecordedLiquidation> rows) {
        this.rows = rows.stream().filter(row -> row.exchange().isOfSomething()).toList();
    }

    int rows() {
        return rows.size();
    }

    /** Rows in which debt and collateral are one asset, so that no price enters. */
    record OneAsset(int rows, int exact, Map<String, Integer> bonuses) {}

    OneAsset oneAsset() {
        int seen = 0;
        int exact = 0;
        Map<String, Integer> bonuses = new TreeMap<>();
        for (RecordedLiquidation row : rows) {
            Exchange exchange = row.exchange();
            if (exchange.isOfOneAsset()) {
                seen++;
                int bps = (int) Math.round(1 / exchange.rate() * 200) * 50;
                BigDecimal by = exchange.repaid().multiply(BigDecimal.valueOf(bps, 4));
                BigDecimal digits = exchange.seized().multiply(BigDecimal.valueOf(1, 14));
                if (exchange.seized()
                                .subtract(by)
                                .abs()
                                .compareTo(VersionTwo.unit(exchange.debt()).max(digits))
                        <= 0) {
                    exact++;
                    bonuses.merge(exchange.debt() + " " + Numbers.bps(bps - 10_000), 1, Integer::sum);
                }
            }
        }
        return new OneAsset(seen, exact, bonuses);
    }

    /**
     * Rows of one pair in one block: one price and one bonus for all of them, whatever they were.
     *
     * @param equal groups whose rates agree to the amounts' last units
     * @param step groups whose rates differ by a step of a feed, which came between two transactions of the block
     * @param between groups that differ by more than rounding and less than a feed's step
     */
    record OneBlock(int groups, int rows, int equal, int between, List<String> step) {}

    OneBlock oneBlock() {
        Map<String, List<RecordedLiquidation>> groups = new TreeMap<>(rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.at() + " " + row.exchange().pair())));
        groups.values().removeIf(group -> group.size() < 2);
        int equal = 0;
        int between = 0;
        List<String> step = new ArrayList<>();
        for (Map.Entry<String, List<RecordedLiquidation>> group : groups.entrySet()) {
            double least = group.getValue().stream()
                    .mapToDouble(row -> row.exchange().rate())
                    .min()
                    .orElseThrow();
            double most = group.getValue().stream()
                    .mapToDouble(row -> row.exchange().rate())
                    .max()
                    .orElseThrow();
            double rounding = group.getValue().stream()
                    .mapToDouble(row -> row.exchange().rounding())
                    .max()
                    .orElseThrow();
            double apart = most / least - 1;
            if (apart <= 2 * rounding) {
                equal++;
            } else if (apart < FEED_STEP) {
                between++;
            } else {
                step.add(group.getKey() + ": " + Numbers.percent(apart, 2));
            }
        }
        return new OneBlock(
                groups.size(), groups.values().stream().mapToInt(List::size).sum(), equal, between, step);
    }

    /** The bonuses that the file's own prices imply for one collateral: the most frequent two, and how many rows they explain. */
    record Bonus(String collateral, int rows, List<Double> usual, int explained) {}

    List<Bonus> bonuses() {
        Map<String, List<Double>> implied = new TreeMap<>();
        for (RecordedLiquidation row : rows) {
            row.price()
                    .ifPresent(price -> implied.computeIfAbsent(row.exchange().collateral(), c -> new ArrayList<>())
                            .add(price.doubleValue() / row.exchange().rate() - 1));
        }
        List<Bonus> found = new ArrayList<>();
        implied.forEach((collateral, values) -> {
            Map<Long, Long> counts = values.stream()
                    .collect(Collectors.groupingBy(
                            value -> Math.round(value / BONUS_STEP), TreeMap::new, Collectors.counting()));
            List<Double> usual = counts.entrySet().stream()
                    .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
                    .limit(2)
                    .filter(entry -> entry.getValue() >= Math.max(2, values.size() * LEAST_SHARE))
                    .map(entry -> entry.getKey() * BONUS_STEP)
                    .sorted()
                    .toList();
            int explained = (int) values.stream()
                    .filter(value -> usual.stream().anyMatch(bonus -> Math.abs(value - bonus) <= BONUS_TOLERANCE))
                    .count();
            found.add(new Bonus(collateral, values.size(), usual, explained));
        });
        return found.stream()
                .sorted(Comparator.comparingInt(Bonus::rows).reversed())
                .toList();
    }

    /** The price that a row's amounts imply, beside the range of an exchange in the same hour. */
    record Beside(String collateral, int rows, int unpriced, int within, int withinOnePercent, double farthest) {}

    Beside beside(String collateral, double bonus, PricePath exchange) {
        int seen = 0;
        int unpriced = 0;
        int within = 0;
        int nearly = 0;
        double farthest = 0;
        for (RecordedLiquidation row : rows) {
            if (!row.exchange().collateral().equals(collateral)
                    || !DOLLARS.contains(row.exchange().debt())) {
                continue;
            }
            Optional<PricePath.Range> hour = exchange.at(row.at());
            if (hour.isEmpty()) {
                unpriced++;
                continue;
            }
            double price = row.exchange().rate() * (1 + bonus);
            double beyond = Math.max(
                    0, Math.max(hour.get().low() / price, price / hour.get().high()) - 1);
            seen++;
            within += beyond == 0 ? 1 : 0;
            nearly += beyond < 0.01 ? 1 : 0;
            farthest = Math.max(farthest, beyond);
        }
        return new Beside(collateral, seen, unpriced, within, nearly, farthest);
    }

    /**
     * Two liquidations of one account's debt within an hour. Where the first took the most that the close factor allows, the second
     * can take half as much; a second that takes more shows that the first left room.
     */
    record CloseFactor(int pairs, int halves, int less, int more) {}

    CloseFactor closeFactor() {
        Map<String, List<RecordedLiquidation>> debts = new TreeMap<>(rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.account() + " " + row.exchange().debt())));
        int pairs = 0;
        int halves = 0;
        int less = 0;
        for (List<RecordedLiquidation> debt : debts.values()) {
            List<RecordedLiquidation> ordered = debt.stream()
                    .sorted(Comparator.comparing(RecordedLiquidation::at))
                    .toList();
            for (int i = 1; i < ordered.size(); i++) {
                Instant before = ordered.get(i - 1).at();
                if (Duration.between(before, ordered.get(i).at()).compareTo(SOON) <= 0) {
                    double share = ordered.get(i).exchange().repaid().doubleValue()
                            / ordered.get(i - 1).exchange().repaid().doubleValue();
                    pairs++;
                    halves += Math.abs(share - HALF) <= HALF * 1e-3 ? 1 : 0;
                    less += share < HALF * (1 - 1e-3) ? 1 : 0;
                }
            }
        }
        return new CloseFactor(pairs, halves, less, pairs - halves - less);
    }
}
