package plimsoll.oracle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Table;

/** The backtests of every file of a folder, and the files that were too short or unfit for one. */
record BacktestFolder(List<Row> assets, List<Skipped> skipped) {

    static BacktestFolder of(Path folder, BacktestWalk walk) {
        return of(files(folder), walk);
    }

    static BacktestFolder of(List<Path> files, BacktestWalk walk) {
        var rows = new ArrayList<Row>();
        var skipped = new ArrayList<Skipped>();
        for (var file : files) {
            var name = file.getFileName().toString();
            try {
                rows.add(new Row(name.split("[-_.]", 2)[0], name, walk.of(file)));
            } catch (CommandFailure unfit) {
                if (unfit.file().isEmpty()) {
                    throw unfit;
                }
                skipped.add(new Skipped(name, unfit.sentence()));
            }
        }
        return new BacktestFolder(List.copyOf(rows), List.copyOf(skipped));
    }

    /** Its CSV files, plain and packed, by name. */
    static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.csv(\\.gz)?"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw CommandFailure.input(folder, "no such folder, or it cannot be read")
                    .because(e);
        }
    }

    String readable() {
        var table = Table.columns(
                "asset",
                "forecasts",
                "exceptions",
                "expected",
                "Kupiec p",
                "power",
                "Christoffersen p",
                "cond. coverage p",
                "green share",
                "band from",
                "red",
                "Z2 p");
        for (var row : assets) {
            var answer = row.backtest;
            table.row(
                    row.asset,
                    answer.observations(),
                    answer.exceptions(),
                    answer.expected(),
                    rounded(answer.kupiec().p()),
                    rounded(answer.power()),
                    rounded(answer.christoffersen().p()),
                    rounded(answer.conditionalCoverage().p()),
                    rounded(answer.trafficLight().greenShare()),
                    rounded(answer.trafficLightBand().low()),
                    answer.trafficLight().red(),
                    rounded(answer.acerbiSzekely().p()));
        }
        var text = new StringBuilder(table.toString());
        for (var file : skipped) {
            text.append(System.lineSeparator()).append("skipped: ").append(file.reason);
        }
        return text.toString();
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    /**
     * @param asset the file's name up to the first separator
     */
    record Row(String asset, String file, BacktestAnswer backtest) {}

    record Skipped(String file, String reason) {}
}
