package plimsoll.oracle.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import plimsoll.risk.series.PriceSeries;

/** Marks of perpetual futures at a few moments of each day, from a CSV file {@code ts, coin, perp_futures_mark_price}. */
public final class MarkFile {

    private MarkFile() {}

    public static PriceSeries read(Path file, String coin) {
        var table = CsvTable.read(file);
        var time = table.require("ts");
        var name = table.require("coin");
        var price = table.require("perp_futures_mark_price");
        var times = new ArrayList<Instant>();
        var prices = new ArrayList<Double>();
        for (var row : table.rows()) {
            if (row.text(name).equals(coin)) {
                times.add(Cells.time(table, row, time));
                prices.add(Cells.positive(table, row, price));
            }
        }
        return PriceSeries.of(
                times, prices.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
