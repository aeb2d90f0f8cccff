package plimsoll.oracle.study;

import static plimsoll.oracle.study.Markdown.cells;
import static plimsoll.oracle.study.Markdown.millions;
import static plimsoll.oracle.study.Markdown.percent;
import static plimsoll.oracle.study.Markdown.share;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.oracle.study.Replay.Outcome;
import plimsoll.risk.stress.HypotheticalShock.Course;
import plimsoll.risk.stress.ReverseStress;
import plimsoll.risk.stress.ReverseStress.Answer;
import plimsoll.risk.stress.ReverseStress.Direction;
import plimsoll.risk.stress.ScenarioLibrary;
import plimsoll.risk.stress.StressedAsset;
import plimsoll.risk.stress.StressedAsset.Kind;

/** Named shocks, and the smallest ones that break the budget, under both sets of parameters. */
final class Incidents {

    static final Duration STEP = Duration.ofMinutes(10);
    private static final int STEPS = 144;

    /** Hours that a reverse stress stays at its depth. */
    private static final int HOURS_AFTER = 12;

    private final Replay replay;
    private final Replay hourly;
    private final ParameterSet set;
    private final ParameterSet ours;
    private final double budgetShare;

    /**
     * Prepares both.
     *
     * @param replay in steps of {@link #STEP}
     * @param hourly the same market in steps of an hour
     * @param budgetShare K as a share of the book's debt
     */
    Incidents(Replay replay, Replay hourly, ParameterSet set, ParameterSet ours, double budgetShare) {
        this.replay = replay;
        this.hourly = hourly;
        this.set = set;
        this.ours = ours;
        this.budgetShare = budgetShare;
    }

    static Kind kind(String symbol) {
        return switch (symbol) {
            case "WETH" -> Kind.ETHER;
            case "wstETH", "cbETH", "rETH" -> Kind.STAKED_ETHER;
            case "WBTC" -> Kind.BITCOIN;
            default -> StandInBook.STABLE.contains(symbol) || symbol.equals("GHO") ? Kind.STABLE : Kind.OTHER;
        };
    }

    String scenarios(Runnable scenarioDone) {
        var assets = replay.symbols().stream()
                .map(symbol -> new StressedAsset(symbol, kind(symbol)))
                .toList();
        var rows = new ArrayList<List<String>>();
        for (var scenario : ScenarioLibrary.all()) {
            Optional<Case> worst = Optional.empty();
            for (var shock : scenario.shocks(assets, STEP, STEPS)) {
                var found = new Case(
                        shock.name(), replay.run(shock.path(), set, set), replay.run(shock.path(), ours, ours));
                if (worst.isEmpty() || found.set().badDebt() > worst.get().set().badDebt()) {
                    worst = Optional.of(found);
                }
            }
            worst.ifPresent(found -> rows.add(cells(
                    found.name() + (scenario.isControl() ? " (control)" : ""),
                    millions(found.set().liquidated()),
                    millions(found.ours().liquidated()),
                    millions(found.set().badDebt()),
                    millions(found.ours().badDebt()),
                    share(found.set().share()),
                    share(found.ours().share()))));
            scenarioDone.run();
        }
        return Markdown.table(
                cells(
                        "scenario, at the asset where it costs most",
                        "liquidated, set $M",
                        "ours $M",
                        "bad debt, set $M",
                        "ours $M",
                        "of liquidated, set",
                        "ours"),
                rows);
    }

    String reverse() {
        var symbols = hourly.symbols();
        var risky = new boolean[symbols.size()];
        for (var i = 0; i < risky.length; i++) {
            risky[i] = kind(symbols.get(i)) != Kind.STABLE;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(cells(
                "all but stablecoins",
                words(search(set).common(risky, Direction.FALL, budget(set))),
                words(search(ours).common(risky, Direction.FALL, budget(ours))),
                "",
                ""));
        for (var i = 0; i < symbols.size(); i++) {
            var struck = new boolean[symbols.size()];
            struck[i] = true;
            rows.add(cells(
                    symbols.get(i),
                    words(search(set).common(struck, Direction.FALL, budget(set))),
                    words(search(ours).common(struck, Direction.FALL, budget(ours))),
                    words(search(set).common(struck, Direction.SQUEEZE, budget(set))),
                    words(search(ours).common(struck, Direction.SQUEEZE, budget(ours)))));
        }
        return Markdown.table(cells("struck", "fall that breaks set", "ours", "rise that breaks set", "ours"), rows);
    }

    private ReverseStress search(ParameterSet parameters) {
        return new ReverseStress(
                hourly.symbols().size(),
                Course.immediate(HOURS_AFTER),
                path -> hourly.run(path, parameters, parameters).badDebt());
    }

    private double budget(ParameterSet parameters) {
        return budgetShare * hourly.owed(parameters);
    }

    private static String words(Answer answer) {
        return switch (answer) {
            case Answer.Breaks breaks -> percent(breaks.severity()) + " %";
            case Answer.Holds holds -> "none up to " + percent(holds.mostSeverity()) + " %";
        };
    }

    private record Case(String name, Outcome set, Outcome ours) {}
}
