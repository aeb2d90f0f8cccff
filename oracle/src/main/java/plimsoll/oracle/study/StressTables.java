package plimsoll.oracle.study;

import static plimsoll.oracle.study.Markdown.cells;
import static plimsoll.oracle.study.Markdown.millions;
import static plimsoll.oracle.study.Markdown.number;
import static plimsoll.oracle.study.Markdown.percent;
import static plimsoll.oracle.study.Markdown.share;
import static plimsoll.oracle.study.Markdown.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.oracle.study.StressReplays.Pair;
import plimsoll.oracle.study.StressReplays.Power;
import plimsoll.oracle.study.StressReplays.Result;

/** The stress replays as tables. */
final class StressTables {

    private StressTables() {}

    static String episodes(List<Result> results) {
        var rows = results.stream()
                .map(result -> cells(
                        result.window().episode(),
                        result.window().what().replace("|", "/"),
                        lowest(result),
                        String.join("; ", result.prepared().sources())))
                .toList();
        return Markdown.table(cells("episode", "what", "lowest price on the way, % of the start", "prices"), rows);
    }

    private static String lowest(Result result) {
        var falls = new ArrayList<String>();
        var symbols = result.prepared().replay().symbols();
        for (var i = 0; i < symbols.size(); i++) {
            falls.add(symbols.get(i) + " " + percent(result.path().lowest(i)));
        }
        return String.join(", ", falls);
    }

    static String losses(List<Result> results, Function<Result, Pair> which) {
        var rows =
                results.stream().map(result -> row(result, which.apply(result))).toList();
        return Markdown.table(
                cells(
                        "episode",
                        "judged",
                        "books",
                        "power of ours, % of set",
                        "liquidated, set $M",
                        "ours $M",
                        "bad debt, set $M",
                        "ours $M",
                        "of liquidated, set",
                        "ours",
                        "behind it",
                        "goal, set",
                        "ours"),
                rows);
    }

    private static List<String> row(Result result, Pair pair) {
        var set = pair.set();
        var ours = pair.ours();
        return cells(
                result.window().episode(),
                result.judged(),
                whole(ours.paths()),
                number(100 * pair.power(), 1),
                millions(set.liquidated()),
                millions(ours.liquidated()),
                millions(set.badDebt()),
                millions(ours.badDebt()),
                share(set.share()),
                share(ours.share()),
                ours.worstAsset().or(set::worstAsset).orElse("none"),
                pair.setHolds() ? "met" : "missed",
                verdict(pair));
    }

    /** The goal asks for both: no more bad debt than the bar, and no less to borrow than before. */
    private static String verdict(Pair pair) {
        return (pair.oursHolds() ? "met" : "missed") + (pair.power() >= 1 ? "" : ", at less borrowing power");
    }

    static String frontier(List<Result> results) {
        var rows = results.stream()
                .map(result -> {
                    var power = result.restarted().set().borrowingPower();
                    return cells(
                            result.window().episode(),
                            factor(result.setAtBar()),
                            power(result.setAtBar(), power),
                            factor(result.oursAtBar()),
                            power(result.oursAtBar(), power));
                })
                .toList();
        return Markdown.table(
                cells(
                        "episode",
                        "what was set, times",
                        "borrowing power, % of set",
                        "ours, times",
                        "borrowing power, % of set"),
                rows);
    }

    private static String factor(Optional<Power> power) {
        return power.map(found -> number(found.percent() / 100.0, 2)
                        + (found.percent() == StressReplays.HIGHEST_FACTOR ? " or more" : ""))
                .orElse("less than " + number(StressReplays.LOWEST_FACTOR / 100.0, 2));
    }

    private static String power(Optional<Power> power, double set) {
        return power.map(found -> number(100 * found.borrowingPower() / set, 1)).orElse("");
    }
}
