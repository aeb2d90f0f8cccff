package plimsoll.risk.backtest;

import java.time.Instant;
import java.util.List;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.ShortfallTest.AcerbiSzekely;

/**
 * Everything that a backtest says about a model.
 *
 * @param expectedExceptions observations times 1 − level
 * @param fisslerZiegelScore FZ0, lower is better
 * @param exceptionTimes when losses exceeded the value at risk
 */
public record BacktestReport(
        int observations,
        int exceptions,
        double expectedExceptions,
        CoverageTest kupiec,
        CoverageTest christoffersen,
        CoverageTest conditionalCoverage,
        TrafficLight trafficLight,
        AcerbiSzekely acerbiSzekely,
        double fisslerZiegelScore,
        List<Instant> exceptionTimes) {

    public BacktestReport {
        exceptionTimes = List.copyOf(exceptionTimes);
    }

    public static BacktestReport of(List<Outcome> outcomes, double level) {
        if (outcomes.isEmpty()) {
            throw new IllegalArgumentException("nothing was tested: no forecasts");
        }
        var exceptions = new boolean[outcomes.size()];
        for (var t = 0; t < exceptions.length; t++) {
            exceptions[t] = outcomes.get(t).isException();
        }
        var times = outcomes.stream()
                .filter(Outcome::isException)
                .map(Outcome::time)
                .toList();
        var kupiec = CoverageTest.kupiec(exceptions.length, times.size(), level);
        var christoffersen = CoverageTest.christoffersen(exceptions);
        return new BacktestReport(
                exceptions.length,
                times.size(),
                exceptions.length * (1 - level),
                kupiec,
                christoffersen,
                CoverageTest.conditional(kupiec, christoffersen),
                TrafficLight.of(exceptions, level),
                ShortfallTest.acerbiSzekely(outcomes, level),
                ShortfallTest.fisslerZiegel(outcomes, level),
                times);
    }
}
