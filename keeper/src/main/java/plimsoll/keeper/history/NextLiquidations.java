package plimsoll.keeper.history;

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

/**
 * Recorded liquidations as a book and a price path: from an account's first liquidation its position is rebuilt, from an exchange's
 * prices it is said whether and when it fell again, and the record says what happened.
 *
 * <pre>
 * P = (1 + bonus) × repaid ÷ seized             what the pool counted for the collateral
 * D = 2 × repaid                                the first liquidation took all that the close factor allows
 * C = D ÷ (P × threshold)                       the health factor was 1 just before
 * trigger = (D − repaid) ÷ ((C − seized) × threshold)
 * </pre>
 *
 * <p>Where these assumptions break: the account held or owed something else, fell further than 1 in one step, was not taken to the
 * limit, or moved funds afterwards. Interest is left out.
 */
final class NextLiquidations {

    /** How an asset stood in Aave v2 in the first half of 2021; both are shares. */
    record Terms(String collateral, double threshold, double bonus) {}

    /** Someone who was saved once was seldom watched for longer. */
    static final Duration WINDOW = Duration.ofDays(7);

    private static final double LEAST_REPAID = 100;
    private static final Set<String> DOLLARS = Set.of("USDC", "USDT", "DAI");

    /**
     * @param foretold whom the path took below the trigger within the window and the record shows liquidated again
     * @param spared whom the path took below, and the record does not show: they acted, or our position was wrong
     * @param surprising whom the record shows and the path does not
     * @param calm neither
     * @param hoursLate from the first hour below the trigger to the recorded liquidation, of those foretold
     * @param atTrigger price of the recorded second liquidation over our trigger, of all that have one within the window
     */
    record Result(
            Terms terms,
            int foretold,
            int spared,
            int surprising,
            int calm,
            List<Double> hoursLate,
            List<Double> atTrigger) {

        int accounts() {
            return foretold + spared + surprising + calm;
        }
    }

    private final Map<String, List<RecordedLiquidation>> accounts;

    NextLiquidations(List<RecordedLiquidation> rows) {
        accounts = new TreeMap<>(rows.stream()
                .filter(row -> row.exchange().isOfSomething())
                .sorted(Comparator.comparing(RecordedLiquidation::at))
                .collect(Collectors.groupingBy(RecordedLiquidation::account)));
    }

    Result of(Terms terms, PricePath path) {
        int[] counts = new int[4];
        List<Double> hoursLate = new ArrayList<>();
        List<Double> atTrigger = new ArrayList<>();
        for (List<RecordedLiquidation> rows : accounts.values()) {
            RecordedLiquidation first = rows.getFirst();
            if (!isOfOnePair(rows, terms.collateral())
                    || first.exchange().repaid().doubleValue() < LEAST_REPAID) {
                continue;
            }
            double trigger = trigger(first.exchange(), terms);
            Instant until = first.at().plus(WINDOW);
            Optional<Instant> told = path.firstBelow(trigger, first.at(), until);
            Optional<RecordedLiquidation> happened = rows.stream()
                    .filter(row -> row.at().isAfter(first.at()) && !row.at().isAfter(until))
                    .findFirst();
            counts[(told.isPresent() ? 0 : 2) + (happened.isPresent() ? 0 : 1)]++;
            happened.ifPresent(row -> {
                atTrigger.add(row.exchange().rate() * (1 + terms.bonus()) / trigger);
                told.ifPresent(
                        hour -> hoursLate.add(Duration.between(hour, row.at()).toMinutes() / 60.0));
            });
        }
        return new Result(terms, counts[0], counts[1], counts[2], counts[3], sorted(hoursLate), sorted(atTrigger));
    }

    /** The price below which what is left of the position is liquidatable again. */
    static double trigger(Exchange first, Terms terms) {
        double price = first.rate() * (1 + terms.bonus());
        double repaid = first.repaid().doubleValue();
        double debt = 2 * repaid;
        double collateral = debt / (price * terms.threshold());
        return (debt - repaid) / ((collateral - first.seized().doubleValue()) * terms.threshold());
    }

    private static boolean isOfOnePair(List<RecordedLiquidation> rows, String collateral) {
        String debt = rows.getFirst().exchange().debt();
        return DOLLARS.contains(debt)
                && rows.stream()
                        .allMatch(row -> row.exchange().collateral().equals(collateral)
                                && row.exchange().debt().equals(debt));
    }

    private static List<Double> sorted(List<Double> values) {
        return values.stream().sorted().toList();
    }
}
