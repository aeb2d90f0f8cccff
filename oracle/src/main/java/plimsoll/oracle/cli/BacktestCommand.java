package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.cli.BacktestWalk.Simulation;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;

/** Would the forecasts have held: a value-at-risk backtest. */
@Command(
        name = "backtest",
        description =
                "Would the forecasts have held? Walks through a price history, forecasting each horizon from its past.",
        footer = {
            "",
            "Models: champion (the one that parameters are calibrated with: fhs), fhs, fhs-gjr, fhs-gjr-skewed-t,",
            "fhs-ewma, historical, ewma, garch, garch-t, gjr, gjr-t, egarch, egarch-t. Tests: Kupiec, Christoffersen,"
                    + " Basel zones of",
            "every window of 250 forecasts beside those of a correct model, Acerbi-Szekely Z2, the FZ0 score; power:"
                    + " how",
            "likely Kupiec's test is to notice exceptions twice as frequent as they should be",
            "(docs/models/value-at-risk-backtests.md).",
            "",
            "Examples:",
            "  oracle backtest --prices BTC-USDT.csv --level 0.99 --horizon 1d --window 500 --model champion",
            "  oracle backtest --prices ETH-USDT.csv --window 500 --from 2020-01-01 --to 2025-06-30 --json",
            "  oracle backtest --prices rounds.csv.gz --horizon 4h --period 1h --window 2000 --model fhs",
            "  oracle backtest --all prices/daily --level 0.995 --window 1000 --fewest 730",
            "  oracle backtest --all prices --study docs/studies/backtests.md"
        })
final class BacktestCommand implements Callable<Integer> {

    private static final Duration DAY = Duration.ofDays(1);

    @Option(names = "--prices", paramLabel = "FILE", description = "CSV of prices.")
    private @Nullable Path prices;

    @Option(
            names = "--all",
            paramLabel = "DIR",
            description = "Every CSV of this folder in place of one: a row for each.")
    private @Nullable Path folder;

    @Option(
            names = "--study",
            paramLabel = "FILE.md",
            description = "With --all: the champion over the folders daily and hourly with the settings that the page "
                    + "states, written below the mark in this page.")
    private @Nullable Path study;

    @Option(names = "--level", paramLabel = "A", description = "Level of the value at risk. Default: 0.99.")
    private double level = 0.99;

    @Option(
            names = "--horizon",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "How far a forecast looks, a multiple of the period. Default: 1d.")
    private Duration horizon = DAY;

    @Option(names = "--window", paramLabel = "W", description = "Returns that a fit learns from. Default: 500.")
    private int window = 500;

    @Option(
            names = "--fewest",
            paramLabel = "N",
            description = "Returns that the first fit learns from; later ones learn from more, up to the window. "
                    + "Default: the window.")
    private @Nullable Integer fewest;

    @Option(names = "--model", paramLabel = "MODEL", description = "One of the models below. Default: champion.")
    private String model = "champion";

    @Option(names = "--from", paramLabel = "D", description = "First day tested; earlier rows are history.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "D", description = "Last day tested.")
    private @Nullable String to;

    @Option(names = "--refit-every", paramLabel = "K", description = "Horizons between fits. Default: 5.")
    private int refitEvery = 5;

    @Option(
            names = "--paths",
            paramLabel = "N",
            description = "Simulated paths for horizons of several periods. Default: 10000.")
    private int paths = 10_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the paths. Default: 1.")
    private long seed = 1;

    @Mixin
    private PriceOptions options = new PriceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        requireSettings();
        if (prices != null && folder == null && study == null) {
            var answer = walk(DAY).of(prices);
            output.show(answer, answer.readable());
        } else if (prices == null && folder != null && study == null) {
            var answers = BacktestFolder.of(folder, walk(DAY));
            output.show(answers, answers.readable());
        } else if (prices == null && folder != null && study != null) {
            var written = new BacktestStudy(folder, options, output).write(study);
            output.show(written, "wrote " + written.files());
        } else {
            throw CommandFailure.usage("One of --prices and --all is needed, --study goes with --all", "--prices");
        }
        return 0;
    }

    private BacktestWalk walk(Duration longestPeriod) {
        return new BacktestWalk(
                model,
                model(model),
                level,
                horizon,
                horizon.compareTo(longestPeriod) > 0 ? longestPeriod : horizon,
                new Backtest.Settings(
                        window,
                        fewest(),
                        1,
                        refitEvery,
                        from == null ? Instant.MIN : time(from, "--from", 0),
                        to == null ? Instant.MAX : time(to, "--to", 1)),
                new Simulation(paths, seed),
                options,
                output);
    }

    private void requireSettings() {
        if (!(level > 0.5 && level < 1)) {
            throw CommandFailure.usage("Level is outside (0.5, 1): " + level, "--level");
        }
        if (window < 50) {
            throw CommandFailure.usage("Window is too short: found %d, needed 50".formatted(window), "--window");
        }
        if (fewest() < 50 || fewest() > window) {
            throw CommandFailure.usage(
                    "The first fit's returns are out of range: found %d, allowed 50 to the window, %d"
                            .formatted(fewest(), window),
                    "--fewest");
        }
        if (refitEvery < 1) {
            throw CommandFailure.usage("Refits need a positive distance: found " + refitEvery, "--refit-every");
        }
        if (paths < 100) {
            throw CommandFailure.usage("Too few paths: found %d, needed 100".formatted(paths), "--paths");
        }
    }

    private int fewest() {
        return fewest == null ? window : fewest;
    }

    private static ForecastModel model(String name) {
        if (name.equalsIgnoreCase("champion")) {
            return ForecastModel.CHAMPION;
        }
        return Arrays.stream(ForecastModel.values())
                .filter(candidate -> BacktestWalk.name(candidate).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage(
                        "Unknown model: '%s', models are champion, %s"
                                .formatted(
                                        name,
                                        Arrays.stream(ForecastModel.values())
                                                .map(BacktestWalk::name)
                                                .collect(Collectors.joining(", "))),
                        "--model"));
    }

    /** The start of a day, or of the one {@code daysLater}; a full time is taken as it is. */
    private static Instant time(String text, String option, int daysLater) {
        try {
            return text.length() == "2024-01-01".length()
                    ? LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw CommandFailure.usage("Not a day such as 2024-01-31: '" + text + "'", option)
                    .because(e);
        }
    }
}
