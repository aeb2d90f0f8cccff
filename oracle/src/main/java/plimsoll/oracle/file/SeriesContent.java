package plimsoll.oracle.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import plimsoll.risk.series.PriceSeries;

/**
 * One price file, read.
 *
 * @param candles whether its rows are periods named by their start (it has an opening price) rather than observations
 */
record SeriesContent(InputFile file, PriceSeries prices, boolean candles) {

    static SeriesContent read(Path file) {
        var table = CsvTable.read(file);
        return new SeriesContent(
                InputFile.of(file),
                SeriesFile.prices(table, Optional.empty(), Optional.empty()),
                table.first("open").isPresent());
    }

    /** What was known at a moment: a candle counts once it has closed. */
    PriceSeries knownBy(Instant moment) {
        if (prices.size() < 2) {
            return prices;
        }
        var latest = candles ? moment.minus(prices.typicalStep()) : moment;
        return prices.between(Instant.MIN, latest.plusNanos(1));
    }
}
