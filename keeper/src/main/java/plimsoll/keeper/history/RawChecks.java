package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A sample of events as the chain has them, held against the rows of the larger file. */
final class RawChecks {

    private final List<RawLiquidation> events;

    RawChecks(List<RawLiquidation> events) {
        this.events = List.copyOf(events);
    }

    int events() {
        return events.size();
    }

    /** How many events stand in the larger file with the same moment, account and amounts, to the file's digits. */
    long foundIn(List<RecordedLiquidation> rows) {
        Map<String, List<RecordedLiquidation>> index =
                rows.stream().collect(Collectors.groupingBy(row -> row.at() + " " + row.account()));
        return events.stream()
                .filter(event -> index.getOrDefault(event.at() + " " + event.account(), List.of()).stream()
                        .anyMatch(row -> isSame(
                                        event.repaid(),
                                        row.exchange().repaid(),
                                        row.exchange().debt())
                                && isSame(
                                        event.seized(),
                                        row.exchange().seized(),
                                        row.exchange().collateral())))
                .count();
    }

    private static boolean isSame(BigInteger raw, BigDecimal whole, String symbol) {
        BigDecimal exact = new BigDecimal(raw).multiply(VersionTwo.unit(symbol));
        BigDecimal digits = exact.movePointLeft(14);
        return exact.subtract(whole)
                        .abs()
                        .compareTo(digits.max(VersionTwo.unit(symbol).movePointLeft(1)))
                <= 0;
    }
}
