package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.BacktestReport;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.selection.ModelSelection;
import plimsoll.risk.selection.ModelSelection.Selection;
import plimsoll.risk.selection.ModelSelection.Walk;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;

/**
 * Would forecasts of one day have held on a price's own history, and whose would have been best? The champion and those
 * challengers that can simulate paths walk over the same days; the champion changes only where that is no chance.
 */
final class BacktestStage {

    private static final Duration DAY = Duration.ofDays(1);
    private static final double LEVEL = 0.99;
    private static final double HIGH_LEVEL = 0.995;
    /** A month between fits; the variance moves on each day. */
    private static final int REFIT_EVERY = 30;
    /** Fewer tested days have no power worth stating. */
    private static final int FEWEST_TESTED = 250;

    private static final List<ForecastModel> MODELS =
            List.of(ForecastModel.FHS, ForecastModel.FHS_GJR, ForecastModel.FHS_GJR_SKEWED_T);

    private BacktestStage() {}

    /** One level's report. */
    record Tested(double level, int window, BacktestReport report) {}

    /**
     * What a price's history says of the models.
     *
     * @param champion the model to measure with
     * @param selection how it was chosen; empty where history is too short, or backtests are left out
     * @param tested a report of the champion for each level
     */
    record Trial(ForecastModel champion, Optional<Selection> selection, List<Tested> tested) {

        static final Trial NONE = new Trial(ForecastModel.CHAMPION, Optional.empty(), List.of());
    }

    static Trial of(PriceSeries prices, CalibrationSettings settings) {
        int window = settings.checks().backtestWindow();
        if (window == 0 || prices.size() < 2) {
            return Trial.NONE;
        }
        ReturnSeries daily = prices.resample(DAY).logReturns(DAY.multipliedBy(2), GapPolicy.EXCLUDE);
        if (daily.size() < window + FEWEST_TESTED) {
            return Trial.NONE;
        }
        Backtest.Settings walk = new Backtest.Settings(window, 1, REFIT_EVERY, Instant.MIN, Instant.MAX);
        long seed = settings.chance().seed();
        List<Walk> walks = new ArrayList<>();
        for (ForecastModel model : MODELS) {
            walks.add(new Walk(model.name(), walk(daily, model, LEVEL, walk, seed)));
        }
        Selection selection = ModelSelection.select(
                ForecastModel.CHAMPION.name(), walks, new ModelSelection.Settings(LEVEL, 0.05, 1_000, seed));
        ForecastModel champion = ForecastModel.valueOf(selection.champion());
        List<Tested> tested = List.of(
                new Tested(
                        LEVEL,
                        window,
                        BacktestReport.of(walks.get(MODELS.indexOf(champion)).outcomes(), LEVEL)),
                new Tested(
                        HIGH_LEVEL,
                        window,
                        BacktestReport.of(walk(daily, champion, HIGH_LEVEL, walk, seed), HIGH_LEVEL)));
        return new Trial(champion, Optional.of(selection), tested);
    }

    private static List<Outcome> walk(
            ReturnSeries daily, ForecastModel model, double level, Backtest.Settings walk, long seed) {
        return Backtest.run(daily, model.forecaster(level, new Horizon(1, 1_000, seed)), walk, done -> {});
    }
}
