package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.BacktestReport;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;

/**
 * One model's walk through any file of prices.
 *
 * @param name of the model as the command was given it
 * @param period of the returns where the options name none
 * @param settings the number of periods is counted again for each file
 */
record BacktestWalk(
        String name,
        ForecastModel model,
        double level,
        Duration horizon,
        Duration period,
        Backtest.Settings settings,
        Simulation simulation,
        PriceOptions options,
        Output output) {

    /** How a model's name is written in commands. */
    static String name(ForecastModel model) {
        return model.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    BacktestAnswer of(Path file) {
        var returns = options.read(file, Optional.of(period));
        var counted = counted(returns.period());
        var count = Backtest.count(returns.series(), counted);
        if (count == 0) {
            throw CommandFailure.input(
                    file,
                    "nothing to test: %d returns, %d of them before the first tested day"
                            .formatted(returns.series().size(), counted.fewest()));
        }
        try (var progress = output.progress("backtest " + name + " " + file.getFileName(), count)) {
            var forecaster =
                    model.forecaster(level, new Horizon(counted.periods(), simulation.paths(), simulation.seed()));
            List<Outcome> outcomes = Backtest.run(returns.series(), forecaster, counted, progress::at);
            return BacktestAnswer.of(name, BacktestReport.of(outcomes, level), horizon, counted, returns.gaps());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input(file, String.valueOf(e.getMessage())).because(e);
        }
    }

    private Backtest.Settings counted(Duration found) {
        var periods = Math.toIntExact(horizon.dividedBy(found));
        if (periods < 1 || !found.multipliedBy(periods).equals(horizon)) {
            throw CommandFailure.usage(
                    "Horizon is no multiple of the period: horizon=%s period=%s".formatted(horizon, found),
                    "--horizon");
        }
        if (periods > 1 && !model.knowsLongHorizons()) {
            throw CommandFailure.usage(
                    "Model %s forecasts one period only, the horizon has %d: use champion, fhs, fhs-gjr, historical or ewma"
                            .formatted(name, periods),
                    "--horizon");
        }
        return new Backtest.Settings(
                settings.window(), settings.fewest(), periods, settings.refitEvery(), settings.from(), settings.to());
    }

    /** For horizons of several periods. */
    record Simulation(int paths, long seed) {}
}
