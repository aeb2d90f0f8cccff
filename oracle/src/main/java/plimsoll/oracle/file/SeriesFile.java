package plimsoll.oracle.file;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import plimsoll.oracle.file.CsvTable.Column;
import plimsoll.oracle.file.CsvTable.Row;
import plimsoll.risk.series.BarSeries;
import plimsoll.risk.series.BarSeries.Bar;
import plimsoll.risk.series.PriceSeries;
import plimsoll.runtime.cli.CommandFailure;

/**
 * Reads the CSV files of the command contract. Whatever is wrong with one becomes a {@link CommandFailure} that names
 * file and line.
 */
public final class SeriesFile {

    private static final String[] TIMES = {"ts", "time", "date", "timestamp", "updatedAt_iso"};
    private static final String[] PRICES = {"close", "price", "price_usd", "comet_oracle_price", "answer"};

    private SeriesFile() {}

    /**
     * Prices in time order. Rows of a file with a {@code roundId} are ordered by it and of equal times the last counts;
     * in other files times must increase.
     */
    public static PriceSeries prices(Path file, Optional<String> valueColumn, Optional<Duration> maxGap) {
        return prices(CsvTable.read(file), valueColumn, maxGap);
    }

    static PriceSeries prices(CsvTable table, Optional<String> valueColumn, Optional<Duration> maxGap) {
        var time = table.require(TIMES);
        var price = table.require(Stream.concat(valueColumn.stream(), Stream.of(PRICES))
                .limit(valueColumn.isPresent() ? 1 : PRICES.length)
                .toArray(String[]::new));
        var round = table.first("roundId");
        var rows = round.map(column -> byRound(table, column)).orElse(table.rows());
        var times = new ArrayList<Instant>();
        var prices = new ArrayList<Double>();
        for (var row : rows) {
            var at = Cells.time(table, row, time);
            var value = Cells.positive(table, row, price);
            if (round.isPresent() && !times.isEmpty() && at.equals(times.getLast())) {
                prices.set(prices.size() - 1, value);
                continue;
            }
            requireAfter(table, row, times, at);
            requireNear(table, row, times, at, maxGap);
            times.add(at);
            prices.add(value);
        }
        return PriceSeries.of(times, toArray(prices));
    }

    /** Bars in time order from the columns open, high, low and close. */
    public static BarSeries bars(Path file, Optional<Duration> maxGap) {
        var table = CsvTable.read(file);
        var time = table.require(TIMES);
        var columns =
                Stream.of("open", "high", "low", "close").map(table::require).toList();
        var times = new ArrayList<Instant>();
        var bars = new ArrayList<Bar>();
        for (var row : table.rows()) {
            var at = Cells.time(table, row, time);
            requireAfter(table, row, times, at);
            requireNear(table, row, times, at, maxGap);
            times.add(at);
            var values = columns.stream()
                    .mapToDouble(column -> Cells.positive(table, row, column))
                    .toArray();
            try {
                bars.add(new Bar(at, values[0], values[1], values[2], values[3]));
            } catch (IllegalArgumentException e) {
                throw table.wrong(row, String.valueOf(e.getMessage())).because(e);
            }
        }
        return new BarSeries(bars);
    }

    /** Returns in the file's order and unit: {@code return_pct} (or a named column that ends so) is in percent. */
    public static Returns returns(Path file, Optional<String> valueColumn) {
        var table = CsvTable.read(file);
        var column = valueColumn.map(table::require).orElseGet(() -> table.require("return_pct", "return"));
        var percent = column.name().toLowerCase(Locale.ROOT).endsWith("_pct");
        return new Returns(numbers(table, column), percent ? 100 : 1);
    }

    /** Losses in the file's order; positive numbers are losses. */
    public static double[] losses(Path file, Optional<String> valueColumn) {
        var table = CsvTable.read(file);
        var values = numbers(
                table, valueColumn.map(table::require).orElseGet(() -> table.require("loss", "losses", "value")));
        return toArray(values);
    }

    private static List<Double> numbers(CsvTable table, Column column) {
        return table.rows().stream()
                .map(row -> Cells.number(table, row, column))
                .toList();
    }

    private static List<Row> byRound(CsvTable table, Column round) {
        return table.rows().stream()
                .map(row -> new Numbered(Cells.integer(table, row, round, "a round number"), row))
                .sorted(Comparator.comparing(Numbered::round))
                .map(Numbered::row)
                .toList();
    }

    private static void requireAfter(CsvTable table, Row row, List<Instant> times, Instant at) {
        if (!times.isEmpty() && !at.isAfter(times.getLast())) {
            throw table.wrong(
                    row,
                    at.equals(times.getLast())
                            ? "time repeats: " + at
                            : "time is out of order: %s after %s".formatted(at, times.getLast()));
        }
    }

    private static void requireNear(
            CsvTable table, Row row, List<Instant> times, Instant at, Optional<Duration> maxGap) {
        if (maxGap.isEmpty() || times.isEmpty()) {
            return;
        }
        var step = Duration.between(times.getLast(), at);
        if (step.compareTo(maxGap.get()) > 0) {
            throw table.wrong(
                    row, "gap of %s after %s, --max-gap allows %s".formatted(step, times.getLast(), maxGap.get()));
        }
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Returns in the unit of their file.
     *
     * @param unitsPerOne 100 for percent, 1 for fractions
     */
    public record Returns(List<Double> values, double unitsPerOne) {

        public Returns {
            values = List.copyOf(values);
        }
    }

    private record Numbered(BigInteger round, Row row) {}
}
