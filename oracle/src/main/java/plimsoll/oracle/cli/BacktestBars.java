package plimsoll.oracle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import plimsoll.oracle.cli.BacktestFolder.Row;
import plimsoll.risk.backtest.TrafficLight;

/**
 * Which of the bars that were set before hold: none is left out, and what fails is named. A series too short for one Basel
 * window is listed but not judged.
 */
record BacktestBars(BacktestFolder day, BacktestFolder dayTail, BacktestFolder fourHours, BacktestFolder hour) {

    private static final Set<String> LEADERS = Set.of("BTC", "ETH");
    private static final double MOST_OFF = 0.15;
    private static final double MOST = 0.8;

    List<String> lines() {
        var lines = new ArrayList<String>(List.of(
                "", "## Which bars hold", "", "| bar | result | holds | fails at |", "| --- | --- | --- | --- |"));
        lines.add(all(
                "1 day 99 %, BTC and ETH: conditional coverage p > 0.01",
                judged(day).stream().filter(BacktestBars::isLeader).toList(),
                row -> row.backtest().conditionalCoverage().p() > 0.01));
        lines.add(share(
                "1 day 99 %, the others: conditional coverage p > 0.05 at 80 % of them",
                judged(day).stream().filter(row -> !isLeader(row)).toList(),
                row -> row.backtest().conditionalCoverage().p() > 0.05));
        lines.add(all(
                "1 day 99 %: green share inside the band of a correct model",
                judged(day),
                row -> row.backtest()
                        .trafficLightBand()
                        .holds(row.backtest().trafficLight().greenShare())));
        lines.add(all(
                "1 day 99 %: no red window",
                judged(day), row -> row.backtest().trafficLight().red() == 0));
        lines.add(share(
                "1 day 99.5 %: Kupiec p > 0.05 (power beside it)",
                judged(dayTail), row -> row.backtest().kupiec().p() > 0.05));
        lines.addAll(intraday("4 hours 99 %", judged(fourHours)));
        lines.addAll(intraday("1 hour 99 %", judged(hour)));
        return lines;
    }

    private static List<String> intraday(String title, List<Row> rows) {
        return List.of(
                all(
                        title + ": exceptions within 15 % of nominal",
                        rows,
                        row -> Math.abs(row.backtest().rateRatio() - 1) <= MOST_OFF),
                all(
                        title + ": Kupiec p > 0.01 in 80 % of calendar years",
                        rows,
                        row -> row.backtest().years().stream()
                                        .filter(year -> year.kupiecP() > 0.01)
                                        .count()
                                >= MOST * row.backtest().years().size()),
                report(
                        title + ", reported only: independence, Christoffersen p > 0.05",
                        rows,
                        row -> row.backtest().christoffersen().p() > 0.05));
    }

    private static List<Row> judged(BacktestFolder results) {
        return results.assets().stream()
                .filter(row -> row.backtest().observations() >= TrafficLight.WINDOW)
                .toList();
    }

    private static boolean isLeader(Row row) {
        return LEADERS.contains(row.asset());
    }

    private static String all(String bar, List<Row> rows, Predicate<Row> holds) {
        return line(bar, rows, holds, rows.stream().allMatch(holds) ? "yes" : "no");
    }

    private static String share(String bar, List<Row> rows, Predicate<Row> holds) {
        var count = rows.stream().filter(holds).count();
        return line(bar, rows, holds, count >= MOST * rows.size() ? "yes" : "no");
    }

    private static String report(String bar, List<Row> rows, Predicate<Row> holds) {
        return line(bar, rows, holds, "-");
    }

    private static String line(String bar, List<Row> rows, Predicate<Row> holds, String verdict) {
        var failing = rows.stream()
                .filter(holds.negate())
                .map(row -> row.file().replaceAll("\\.csv(\\.gz)?$", ""))
                .toList();
        return String.format(
                Locale.ROOT,
                "| %s | %d of %d | %s | %s |",
                bar,
                rows.size() - failing.size(),
                rows.size(),
                rows.isEmpty() ? "-" : verdict,
                String.join(", ", failing));
    }
}
