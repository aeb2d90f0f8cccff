package plimsoll.oracle.file;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.stream.IntStream;
import plimsoll.oracle.file.CsvTable.Column;
import plimsoll.oracle.file.CsvTable.Row;
import plimsoll.risk.series.Round;
import plimsoll.risk.series.RoundSeries;
import plimsoll.runtime.cli.CommandFailure;

/**
 * Every round of a price feed from a CSV file {@code roundId, answer, startedAt, updatedAt, price}: answers as the chain
 * has them, and beside them the price that says how many decimals they have.
 */
public final class RoundFile {

    private static final int MOST_DECIMALS = 36;

    /** Files round the price to fifteen digits. */
    private static final double ROUNDING = 1e-6;

    private RoundFile() {}

    /** In the file's order, so that a round that comes too late can be seen. */
    public static Rounds read(Path file) {
        var table = CsvTable.read(file);
        var id = table.require("roundId");
        var answer = table.require("answer");
        var started = table.require("startedAt");
        var updated = table.require("updatedAt");
        var rounds = table.rows().stream()
                .map(row -> new Round(
                        Cells.integer(table, row, id, "a round number"),
                        Cells.integer(table, row, answer, "a whole number"),
                        Cells.time(table, row, started),
                        Cells.time(table, row, updated)))
                .toList();
        return new Rounds(InputFile.of(file), new RoundSeries(rounds, decimals(table, answer, table.require("price"))));
    }

    /** From the first row with a price: every row of a feed has the same. */
    private static int decimals(CsvTable table, Column answer, Column price) {
        var row = table.rows().stream()
                .filter(candidate -> Cells.number(table, candidate, price) > 0)
                .findFirst()
                .orElseThrow(() -> CommandFailure.input(table.file(), "no row has a positive price"));
        return IntStream.rangeClosed(0, MOST_DECIMALS)
                .filter(decimals -> fits(table, row, answer, price, decimals))
                .findFirst()
                .orElseThrow(() -> table.wrong(
                        row,
                        "price is not the answer with decimals: answer='%s' price='%s'"
                                .formatted(row.text(answer), row.text(price))));
    }

    private static boolean fits(CsvTable table, Row row, Column answer, Column price, int decimals) {
        var said = Cells.number(table, row, price);
        var meant = new BigDecimal(Cells.integer(table, row, answer, "a whole number"), decimals).doubleValue();
        return Math.abs(meant - said) <= ROUNDING * said;
    }

    /** A feed's rounds and the file that they came from. */
    public record Rounds(InputFile file, RoundSeries series) {}
}
