package plimsoll.risk.backtest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.ShortfallTest.AcerbiSzekely;
import plimsoll.risk.backtest.TrafficLight.Band;

/**
 * Everything that a backtest says about a model.
 *
 * @param level of the value at risk
 * @param expectedExceptions observations times 1 − level
 * @param power of {@link #kupiec} against exceptions twice as frequent as they should be, at 5 %
 * @param band of the green share under a correct model
 * @param fisslerZiegelScore FZ0, lower is better
 * @param exceptionTimes when losses exceeded the value at risk
 * @param years each calendar year by itself
 * @param recent the last {@link #RECENT} outcomes, for a chart
 */
public record BacktestReport(
        double level,
        int observations,
        int exceptions,
        double expectedExceptions,
        CoverageTest kupiec,
        double power,
        CoverageTest christoffersen,
        CoverageTest conditionalCoverage,
        TrafficLight trafficLight,
        Band band,
        AcerbiSzekely acerbiSzekely,
        double fisslerZiegelScore,
        List<Instant> exceptionTimes,
        List<Year> years,
        List<Outcome> recent) {

    public static final int RECENT = 500;

    public BacktestReport {
        exceptionTimes = List.copyOf(exceptionTimes);
        years = List.copyOf(years);
        recent = List.copyOf(recent);
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
                level,
                exceptions.length,
                times.size(),
                exceptions.length * (1 - level),
                kupiec,
                CoverageTest.power(exceptions.length, level, 2 * (1 - level)),
                christoffersen,
                CoverageTest.conditional(kupiec, christoffersen),
                TrafficLight.of(exceptions, level),
                TrafficLight.band(exceptions.length, level),
                ShortfallTest.acerbiSzekely(outcomes, level),
                ShortfallTest.fisslerZiegel(outcomes, level),
                times,
                years(outcomes, level),
                outcomes.subList(Math.max(0, outcomes.size() - RECENT), outcomes.size()));
    }

    /** Exceptions over expected exceptions: 1 is exact, above 1 too many. */
    public double rateRatio() {
        return exceptions / expectedExceptions;
    }

    private static List<Year> years(List<Outcome> outcomes, double level) {
        var counts = new TreeMap<Integer, int[]>();
        for (var outcome : outcomes) {
            var count = counts.computeIfAbsent(
                    outcome.time().atOffset(ZoneOffset.UTC).getYear(), year -> new int[2]);
            count[0]++;
            count[1] += outcome.isException() ? 1 : 0;
        }
        return counts.entrySet().stream()
                .map(year -> new Year(
                        year.getKey(),
                        year.getValue()[0],
                        year.getValue()[1],
                        CoverageTest.kupiec(year.getValue()[0], year.getValue()[1], level)))
                .toList();
    }

    /** The forecasts of one calendar year (UTC) and their coverage. */
    public record Year(int year, int observations, int exceptions, CoverageTest kupiec) {}
}
