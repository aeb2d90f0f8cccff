package plimsoll.oracle.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.BacktestReport;
import plimsoll.risk.backtest.CoverageTest;
import plimsoll.risk.backtest.TrafficLight;
import plimsoll.risk.backtest.TrafficLight.Band;
import plimsoll.risk.series.PriceSeries.Gap;
import plimsoll.runtime.cli.Table;

/** What {@code oracle backtest} says about one series, with the keys of the command contract. */
record BacktestAnswer(
        String model,
        double level,
        String horizon,
        int window,
        int fewest,
        int refitEvery,
        int observations,
        int exceptions,
        double expected,
        double rateRatio,
        Ratio kupiec,
        double power,
        Ratio christoffersen,
        Ratio conditionalCoverage,
        TrafficLight trafficLight,
        Band trafficLightBand,
        Shortfall acerbiSzekely,
        Score score,
        List<Year> years,
        List<String> exceptionDates,
        List<Gap> gaps) {

    static BacktestAnswer of(
            String model, BacktestReport report, Duration horizon, Backtest.Settings settings, List<Gap> gaps) {
        return new BacktestAnswer(
                model,
                report.level(),
                horizon.toString(),
                settings.window(),
                settings.fewest(),
                settings.refitEvery(),
                report.observations(),
                report.exceptions(),
                report.expectedExceptions(),
                report.rateRatio(),
                Ratio.of(report.kupiec()),
                report.power(),
                Ratio.of(report.christoffersen()),
                Ratio.of(report.conditionalCoverage()),
                report.trafficLight(),
                report.band(),
                new Shortfall(
                        report.acerbiSzekely().z2(), report.acerbiSzekely().probability()),
                new Score(report.fisslerZiegelScore()),
                report.years().stream().map(Year::of).toList(),
                report.exceptionTimes().stream().map(BacktestAnswer::day).toList(),
                gaps);
    }

    private static String day(Instant time) {
        var midnight = time.atOffset(ZoneOffset.UTC);
        return midnight.toLocalTime().toSecondOfDay() == 0
                ? midnight.toLocalDate().toString()
                : time.toString();
    }

    Table readable() {
        return Table.facts()
                .row("model", model)
                .row("forecasts", observations)
                .row("exceptions", exceptions)
                .row("expected", expected)
                .row("Kupiec p", kupiec.p)
                .row("its power against twice the rate", power)
                .row("Christoffersen p", christoffersen.p)
                .row("conditional coverage p", conditionalCoverage.p)
                .row(
                        "Basel windows",
                        "%d green, %d yellow, %d red"
                                .formatted(trafficLight.green(), trafficLight.yellow(), trafficLight.red()))
                .row(
                        "green share",
                        "%.3f (a correct model: %.3f, 90 %% of them in %.3f..%.3f)"
                                .formatted(
                                        trafficLight.greenShare(),
                                        trafficLightBand.mean(),
                                        trafficLightBand.low(),
                                        trafficLightBand.high()))
                .row("Acerbi-Szekely Z2", acerbiSzekely.z2)
                .row("Acerbi-Szekely p", acerbiSzekely.p)
                .row("FZ0 score", score.fz0)
                .row(
                        "exceptions by year",
                        years.stream()
                                .map(year -> "%d: %d of %d".formatted(year.year, year.exceptions, year.observations))
                                .collect(Collectors.joining(", ")))
                .row("gaps", gaps.size())
                .row("exceptions on", String.join(" ", exceptionDates));
    }

    record Ratio(double lr, double p) {

        static Ratio of(CoverageTest test) {
            return new Ratio(test.likelihoodRatio(), test.probability());
        }
    }

    record Shortfall(double z2, double p) {}

    record Score(double fz0) {}

    record Year(int year, int observations, int exceptions, double kupiecP) {

        static Year of(BacktestReport.Year year) {
            return new Year(
                    year.year(),
                    year.observations(),
                    year.exceptions(),
                    year.kupiec().probability());
        }
    }
}
