package plimsoll.oracle.study;

import static plimsoll.oracle.study.Markdown.number;
import static plimsoll.oracle.study.Markdown.percent;
import static plimsoll.oracle.study.Markdown.share;

import java.util.ArrayList;
import java.util.List;
import plimsoll.oracle.study.AgainstGovernance.Verdict;
import plimsoll.oracle.study.StressReplays.Pair;
import plimsoll.oracle.study.StressReplays.Power;
import plimsoll.oracle.study.StressReplays.Result;

/** What the tables say, counted. */
final class Summary {

    private Summary() {}

    static String of(List<Verdict> verdicts, List<Result> results) {
        var lines = new ArrayList<String>();
        for (var verdict : verdicts) {
            var set = verdict.followed().bySet();
            var ours = verdict.followed().byOurs();
            lines.add("""
                    As of %s our threshold is higher for %d assets and lower for %d. Under ours the book could borrow \
                    %s %% of what it could under what was set. Over the %d weeks that followed, %s %% as much was \
                    liquidated; bad debt is %s of that, against %s; the worst week cost %s %% of the debt, against \
                    %s %%, with a budget of %s %%.""".formatted(
                            verdict.date(),
                            verdict.higher(),
                            verdict.lower(),
                            percent(ours.borrowingPower() / set.borrowingPower()),
                            set.paths(),
                            percent(ours.liquidated() / set.liquidated()),
                            share(ours.share()),
                            share(set.share()),
                            number(100 * ours.worst() / ours.owed(), 3),
                            number(100 * set.worst() / set.owed(), 3),
                            number(100 * Study.BUDGET, 1)));
        }
        lines.add(goal(
                "One book over each episode",
                results.stream().map(Result::whole).toList()));
        lines.add(goal(
                "Fresh books all along it",
                results.stream().map(Result::restarted).toList()));
        lines.add(goal(
                "Fresh books at a quarter of the depth",
                results.stream().map(Result::shallow).toList()));
        lines.add(
                "Scaled to where each just meets the bar, ours lets borrow more than what was set in %d of %d episodes."
                        .formatted(
                                results.stream()
                                        .filter(result -> power(result.oursAtBar().stream()
                                                        .toList())
                                                > power(result.setAtBar().stream()
                                                        .toList()))
                                        .count(),
                                results.size()));
        return "- " + String.join("\n- ", lines);
    }

    private static double power(List<Power> power) {
        return power.isEmpty() ? 0 : power.getFirst().borrowingPower();
    }

    private static String goal(String what, List<Pair> pairs) {
        return "%s: the bar of 0.02 %% is met in %d of %d episodes under what was set and in %d under ours, in %d of these at no less borrowing power."
                .formatted(
                        what,
                        pairs.stream().filter(Pair::setHolds).count(),
                        pairs.size(),
                        pairs.stream().filter(Pair::oursHolds).count(),
                        pairs.stream()
                                .filter(pair -> pair.oursHolds() && pair.power() >= 1)
                                .count());
    }
}
