package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.BacktestReport;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
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
            "Models: champion (the one that parameters are calibrated with: fhs), fhs, fhs-gjr, historical, ewma,"
                    + " garch,",
            "garch-t, gjr, gjr-t, egarch, egarch-t. Tests: Kupiec, Christoffersen, Basel zones of every window of 250",
            "forecasts beside those of a correct model, Acerbi-Szekely Z2, the FZ0 score; power: how likely Kupiec's"
                    + " test is to",
            "notice exceptions twice as frequent as they should be (docs/models/value-at-risk-backtests.md).",
            "",
            "Examples:",
            "  oracle backtest --prices BTC-USDT.csv --level 0.99 --horizon 1d --window 500 --model champion",
            "  oracle backtest --prices ETH-USDT.csv --window 500 --from 2020-01-01 --to 2025-06-30 --json",
            "  oracle backtest --prices rounds.csv.gz --horizon 4h --period 1h --window 2000 --model fhs"
        })
final class BacktestCommand implements Callable<Integer> {

    private static final Duration DAY = Duration.ofDays(1);

    @Option(names = "--prices", required = true, paramLabel = "FILE", description = "CSV of prices.")
    private Path prices = Path.of("");

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
        var chosen = model(model);
        var returns = options.read(prices, Optional.of(horizon.compareTo(DAY) > 0 ? DAY : horizon));
        var periods = periods(returns.period());
        if (periods > 1 && !chosen.knowsLongHorizons()) {
            throw CommandFailure.usage(
                    "Model %s forecasts one period only, the horizon has %d: use champion, fhs, fhs-gjr, historical or ewma"
                            .formatted(model, periods),
                    "--horizon");
        }
        var settings = new Backtest.Settings(
                window,
                fewest(),
                periods,
                refitEvery,
                from == null ? Instant.MIN : time(from, "--from", 0),
                to == null ? Instant.MAX : time(to, "--to", 1));
        var count = Backtest.count(returns.series(), settings);
        if (count == 0) {
            throw CommandFailure.input(
                    prices,
                    "nothing to test: %d returns, %d of them before the first tested day"
                            .formatted(returns.series().size(), fewest()));
        }
        try (var progress = output.progress("backtest " + model, count)) {
            var forecaster = chosen.forecaster(level, new Horizon(periods, paths, seed));
            var outcomes = Backtest.run(returns.series(), forecaster, settings, progress::at);
            var answer =
                    BacktestAnswer.of(model, BacktestReport.of(outcomes, level), horizon, settings, returns.gaps());
            output.show(answer, answer.readable());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input(prices, String.valueOf(e.getMessage())).because(e);
        }
        return 0;
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

    private int periods(Duration period) {
        var periods = horizon.dividedBy(period);
        if (periods < 1 || !period.multipliedBy(periods).equals(horizon)) {
            throw CommandFailure.usage(
                    "Horizon is no multiple of the period: horizon=%s period=%s".formatted(horizon, period),
                    "--horizon");
        }
        return Math.toIntExact(periods);
    }

    private static ForecastModel model(String name) {
        if (name.equalsIgnoreCase("champion")) {
            return ForecastModel.CHAMPION;
        }
        return Arrays.stream(ForecastModel.values())
                .filter(candidate -> name(candidate).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage(
                        "Unknown model: '%s', models are champion, %s"
                                .formatted(
                                        name,
                                        Arrays.stream(ForecastModel.values())
                                                .map(BacktestCommand::name)
                                                .collect(Collectors.joining(", "))),
                        "--model"));
    }

    private static String name(ForecastModel model) {
        return model.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
