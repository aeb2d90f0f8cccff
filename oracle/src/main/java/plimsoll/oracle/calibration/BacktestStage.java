package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.BacktestReport;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;

/** Would the champion's forecasts of one day have held on each reserve's own history? */
final class BacktestStage {

    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Double> LEVELS = List.of(0.99, 0.995);
    /** A week between fits; the variance moves on each day. */
    private static final int REFIT_EVERY = 7;
    /** Fewer tested days have no power worth stating. */
    private static final int FEWEST_TESTED = 250;

    private BacktestStage() {}

    /** One level's report. */
    record Tested(double level, int window, BacktestReport report) {}

    /** A report for each level; none where backtests are left out, or history is too short. */
    static List<Tested> of(AssetJudgement judgement, CalibrationSettings settings) {
        int window = settings.checks().backtestWindow();
        if (window == 0 || judgement.measures().flatMap(Measures::marginal).isEmpty()) {
            return List.of();
        }
        ReturnSeries daily =
                judgement.reserve().prices().series().resample(DAY).logReturns(DAY.multipliedBy(2), GapPolicy.EXCLUDE);
        Backtest.Settings walk = new Backtest.Settings(window, 1, REFIT_EVERY, Instant.MIN, Instant.MAX);
        if (daily.size() < window + FEWEST_TESTED) {
            return List.of();
        }
        List<Tested> tested = new ArrayList<>();
        for (double level : LEVELS) {
            var forecaster = ForecastModel.CHAMPION.forecaster(
                    level, new Horizon(1, 1_000, settings.chance().seed()));
            tested.add(new Tested(
                    level, window, BacktestReport.of(Backtest.run(daily, forecaster, walk, done -> {}), level)));
        }
        return tested;
    }
}
