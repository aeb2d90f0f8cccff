package plimsoll.oracle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plimsoll.oracle.cli.BacktestFolder.Row;
import plimsoll.oracle.cli.BacktestWalk.Simulation;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;

/**
 * The page docs/studies/backtests.md below its mark: the champion over every series, at settings fixed here, and which of the
 * bars hold. What stands above the mark says why these settings.
 */
final class BacktestStudy {

    static final String MARK = "<!-- below: written by oracle backtest --study -->";

    private static final int YEAR = 365;
    private static final Setting DAY = new Setting(Duration.ofDays(1), 1000, 2 * YEAR, 5);
    private static final Setting FOUR_HOURS = new Setting(Duration.ofHours(4), 3 * YEAR * 6, 2 * YEAR * 6, 7 * 6);
    private static final Setting HOUR = new Setting(Duration.ofHours(1), 3 * YEAR * 24, 2 * YEAR * 24, 30 * 24);

    private final Path folder;
    private final PriceOptions options;
    private final Output output;

    BacktestStudy(Path folder, PriceOptions options, Output output) {
        this.folder = folder;
        this.options = options;
        this.output = output;
    }

    Written write(Path page) {
        try {
            var text = Files.exists(page) ? Files.readString(page) : MARK;
            var kept = text.contains(MARK) ? text.substring(0, text.indexOf(MARK)) : text + "\n";
            WholeFile.write(page, kept + MARK + "\n" + String.join("\n", lines()) + "\n");
        } catch (IOException e) {
            throw CommandFailure.outside(page, "cannot be read or written").because(e);
        }
        return new Written(List.of(page.toString()));
    }

    private List<String> lines() {
        var daily = BacktestFolder.files(folder.resolve("daily"));
        var candles = BacktestFolder.files(folder.resolve("hourly")).stream()
                .filter(file -> file.getFileName().toString().matches(".*_(binance|binancefut|coinbase|bybit)_.*"))
                .toList();
        var hourly = candles.stream()
                .filter(file -> file.getFileName().toString().contains("_1h"))
                .toList();
        var day = BacktestFolder.of(daily, walk(DAY, 0.99));
        var dayTail = BacktestFolder.of(daily, walk(DAY, 0.995));
        var fourHours = BacktestFolder.of(candles, walk(FOUR_HOURS, 0.99));
        var hour = BacktestFolder.of(hourly, walk(HOUR, 0.99));
        var lines = new ArrayList<String>();
        lines.addAll(new BacktestBars(day, dayTail, fourHours, hour).lines());
        lines.addAll(daily("One day, 99 %", day));
        lines.addAll(daily("One day, 99.5 %", dayTail));
        lines.addAll(intraday("Four hours, 99 %", fourHours));
        lines.addAll(intraday("One hour, 99 %", hour));
        lines.add("");
        lines.add("## Not tested");
        lines.add("");
        for (var skipped : List.of(day, fourHours, hour)) {
            skipped.skipped()
                    .forEach(file -> lines.add("- " + file.file() + ": "
                            + file.reason().substring(file.reason().indexOf(": ") + 2)));
        }
        return lines;
    }

    private BacktestWalk walk(Setting setting, double level) {
        return new BacktestWalk(
                "champion",
                ForecastModel.CHAMPION,
                level,
                setting.period,
                setting.period,
                new Backtest.Settings(setting.window, setting.fewest, 1, setting.refitEvery, Instant.MIN, Instant.MAX),
                new Simulation(1000, 1),
                options,
                output);
    }

    private static List<String> daily(String title, BacktestFolder results) {
        var lines = new ArrayList<>(List.of(
                "",
                "## " + title,
                "",
                "| series | days | exceptions | expected | Kupiec p | its power | Christoffersen p | conditional"
                        + " coverage p | green share (band from) | red windows | Z₂ p |",
                "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"));
        for (var row : results.assets()) {
            var backtest = row.backtest();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.1f | %.3f | %.2f | %.3f | %.3f | %.3f (%.3f) | %d | %.3f |",
                    name(row),
                    backtest.observations(),
                    backtest.exceptions(),
                    backtest.expected(),
                    backtest.kupiec().p(),
                    backtest.power(),
                    backtest.christoffersen().p(),
                    backtest.conditionalCoverage().p(),
                    backtest.trafficLight().greenShare(),
                    backtest.trafficLightBand().low(),
                    backtest.trafficLight().red(),
                    backtest.acerbiSzekely().p()));
        }
        return lines;
    }

    private static List<String> intraday(String title, BacktestFolder results) {
        var lines = new ArrayList<>(List.of(
                "",
                "## " + title,
                "",
                "| series | forecasts | exceptions | rate over nominal | Kupiec p | Christoffersen p | Z₂ p | by year:"
                        + " exceptions/expected (Kupiec p) |",
                "| --- | --: | --: | --: | --: | --: | --: | --- |"));
        for (var row : results.assets()) {
            var backtest = row.backtest();
            var years = backtest.years().stream()
                    .map(year -> String.format(
                            Locale.ROOT,
                            "%d %d/%.1f (%.3f)",
                            year.year(),
                            year.exceptions(),
                            year.observations() * (1 - backtest.level()),
                            year.kupiecP()))
                    .toList();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f | %.3f | %.3f | %.3f | %s |",
                    name(row),
                    backtest.observations(),
                    backtest.exceptions(),
                    backtest.rateRatio(),
                    backtest.kupiec().p(),
                    backtest.christoffersen().p(),
                    backtest.acerbiSzekely().p(),
                    String.join(", ", years)));
        }
        return lines;
    }

    private static String name(Row row) {
        return row.file().replaceAll("\\.csv(\\.gz)?$", "");
    }

    /** What the command answers with. */
    record Written(List<String> files) {}

    private record Setting(Duration period, int window, int fewest, int refitEvery) {}
}
