package plimsoll.risk.volatility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Log returns of daily candles that lie beside the checkout; tests that need them are skipped where they are missing. */
final class DailyReturns {

    private DailyReturns() {}

    /** In percent, oldest first, up to and including this date. */
    static double[] percent(String name, String lastDate) throws IOException {
        var file = Path.of(System.getProperty("plimsoll.root", ".."))
                .resolve("../shared/data/prices/daily/" + name + ".csv")
                .normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        var lines = Files.readAllLines(file);
        var close = List.of(lines.getFirst().split(",", -1)).indexOf("close");
        var closes = new ArrayList<Double>();
        for (var line : lines.subList(1, lines.size())) {
            var cells = line.split(",", -1);
            if (cells[0].compareTo(lastDate) <= 0) {
                closes.add(Double.parseDouble(cells[close]));
            }
        }
        var returns = new double[closes.size() - 1];
        for (var t = 0; t < returns.length; t++) {
            returns[t] = 100 * StrictMath.log(closes.get(t + 1) / closes.get(t));
        }
        return returns;
    }
}
