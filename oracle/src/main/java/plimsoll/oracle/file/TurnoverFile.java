package plimsoll.oracle.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What changed hands, from a CSV file of candles with {@code volume_quote}, {@code volume_usd}, or {@code volume_base, close}. */
public final class TurnoverFile {

    private TurnoverFile() {}

    /** The median turnover of the candles that ended within {@code span} before {@code moment}; empty without any. */
    public static Optional<Double> median(Path file, Instant moment, Duration span, Duration candle) {
        var table = CsvTable.read(file);
        var time = table.require("date", "ts", "time");
        var quote = table.first("volume_quote", "volume_usd");
        var values = new ArrayList<Double>();
        for (var row : table.rows()) {
            var end = Cells.time(table, row, time).plus(candle);
            if (end.isAfter(moment) || !end.isAfter(moment.minus(span))) {
                continue;
            }
            values.add(
                    quote.isPresent()
                            ? Cells.amount(table, row, quote.get()).doubleValue()
                            : Cells.amount(table, row, table.require("volume_base"))
                                            .doubleValue()
                                    * Cells.positive(table, row, table.require("close")));
        }
        return median(values);
    }

    private static Optional<Double> median(List<Double> values) {
        Collections.sort(values);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() / 2));
    }
}
