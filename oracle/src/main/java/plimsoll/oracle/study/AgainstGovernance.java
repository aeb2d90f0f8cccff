package plimsoll.oracle.study;

import static plimsoll.oracle.study.Markdown.cells;
import static plimsoll.oracle.study.Markdown.millions;
import static plimsoll.oracle.study.Markdown.number;
import static plimsoll.oracle.study.Markdown.percent;
import static plimsoll.oracle.study.Markdown.share;
import static plimsoll.oracle.study.Markdown.whole;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.file.MarketFile.ReserveRow;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.ParameterChangeFile.Change;
import plimsoll.oracle.study.Replay.Outcome;
import plimsoll.risk.simulation.CollateralTerms;
import plimsoll.risk.stress.HistoricalWindow;
import plimsoll.risk.stress.HistoricalWindow.Episode;

/** One snapshot: our parameters beside the ones that were set, what was changed later, and what both cost since. */
final class AgainstGovernance {

    static final String MARKET = "AaveV3Ethereum";

    private static final Instant LAST = Instant.parse("2025-06-30T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Prices are looked up anew for each stretch, so that the best file of its time serves it. */
    private static final Duration STRETCH = Duration.ofDays(91);

    private static final List<String> COMPARED = List.of("ltv", "liquidationThreshold", "liquidationBonus");

    private final Snapshot snapshot;
    private final Judgement judgement;
    private final List<Change> changes;
    private final MarketReplays replays;

    AgainstGovernance(Snapshot snapshot, Judgement judgement, List<Change> changes, MarketReplays replays) {
        this.snapshot = snapshot;
        this.judgement = judgement;
        this.changes = changes;
        this.replays = replays;
    }

    static ParameterSet set(Snapshot snapshot) {
        var terms = new TreeMap<String, CollateralTerms>();
        snapshot.reserves().forEach(reserve -> terms.put(reserve.symbol(), terms(reserve)));
        return new ParameterSet("set", terms);
    }

    static CollateralTerms terms(ReserveRow reserve) {
        var parameters = reserve.parameters();
        return parameters.liquidationThreshold().isZero()
                ? CollateralTerms.NONE
                : new CollateralTerms(
                        parameters.ltv().raw() / 10_000.0,
                        parameters.liquidationThreshold().raw() / 10_000.0,
                        parameters.liquidationBonus().raw() / 10_000.0);
    }

    /** What came of it, with the page's part. */
    Verdict verdict() {
        var followed = followed();
        var higher = 0;
        var lower = 0;
        var set = set(snapshot);
        for (var symbol : judgement.neededBonus().keySet()) {
            var moved = judgement.target().of(symbol).liquidationThreshold()
                    - set.of(symbol).liquidationThreshold();
            higher += moved > 0 ? 1 : 0;
            lower += moved < 0 ? 1 : 0;
        }
        return new Verdict(
                snapshot.date(),
                higher,
                lower,
                followed,
                "### As of %s\n\n%s%s".formatted(snapshot.date(), parameters(), table(followed)));
    }

    private String parameters() {
        var rows = new ArrayList<List<String>>();
        var set = set(snapshot);
        for (var reserve : snapshot.reserves()) {
            var symbol = reserve.symbol();
            var bonus = Optional.ofNullable(judgement.neededBonus().get(symbol));
            if (bonus.isEmpty()) {
                continue;
            }
            var was = set.of(symbol);
            var ours = judgement.target().of(symbol);
            rows.add(cells(
                    symbol,
                    percent(was.ltv()),
                    percent(ours.ltv()),
                    percent(was.liquidationThreshold()),
                    percent(ours.liquidationThreshold()),
                    percent(was.liquidationBonus()),
                    percent(bonus.get()),
                    later(symbol)));
        }
        var table = Markdown.table(
                cells(
                        "asset",
                        "LTV set",
                        "ours",
                        "LT set",
                        "ours",
                        "bonus set",
                        "needed",
                        "changed later by governance"),
                rows);
        var silent = new ArrayList<String>();
        judgement.kept().forEach((symbol, why) -> silent.add(symbol + " (" + why + ")"));
        return silent.isEmpty()
                ? table
                : table + "\nNot judged, so that ours is what was set: " + String.join("; ", silent) + ".\n";
    }

    /** Every later change of the three, oldest first: parameter, from, to and the proposal's date. */
    private String later(String symbol) {
        var found = new ArrayList<String>();
        for (var change : changes) {
            if (change.market().equals(MARKET)
                    && change.scope().equals("reserve")
                    && change.event().equals("change")
                    && change.asset().equals(symbol)
                    && COMPARED.contains(change.parameter())
                    && change.date().isAfter(snapshot.date())
                    && change.before().isPresent()
                    && change.after().isPresent()) {
                found.add("%s %s → %s (%s)"
                        .formatted(
                                shortName(change.parameter()),
                                change.before().get(),
                                change.after().get(),
                                change.date()));
            }
        }
        return String.join("; ", found);
    }

    private static String shortName(String parameter) {
        return switch (parameter) {
            case "ltv" -> "LTV";
            case "liquidationThreshold" -> "LT";
            default -> "bonus";
        };
    }

    private Followed followed() {
        var set = set(snapshot);
        var ours = judgement.target();
        var bySet = Optional.<Outcome>empty();
        var byOurs = Optional.<Outcome>empty();
        var imposed = Optional.<Outcome>empty();
        var start = snapshot.date().atStartOfDay(ZoneOffset.UTC).toInstant();
        var assets = 0;
        while (!start.plus(WEEK).isAfter(LAST)) {
            var weeksLeft = WEEK.multipliedBy(Duration.between(start, LAST).dividedBy(WEEK));
            var end = start.plus(STRETCH.compareTo(weeksLeft) < 0 ? STRETCH : weeksLeft);
            var episode = new Episode(start, end, HOUR);
            var prepared = replays.prepare(snapshot, episode);
            var paths = HistoricalWindow.of(prepared.known(), episode, Math.toIntExact(WEEK.dividedBy(HOUR)), WEEK);
            bySet = plus(bySet, prepared.replay().run(paths, set, set));
            byOurs = plus(byOurs, prepared.replay().run(paths, ours, ours));
            imposed = plus(imposed, prepared.replay().run(paths, set, ours));
            assets = Math.max(assets, prepared.known().size());
            start = end;
        }
        return new Followed(assets, bySet.orElseThrow(), byOurs.orElseThrow(), imposed.orElseThrow());
    }

    private String table(Followed followed) {
        var set = followed.bySet();
        return "\nThe %d weeks that followed, over up to %d assets with prices:\n\n%s"
                .formatted(
                        set.paths(),
                        followed.assets(),
                        Markdown.table(
                                cells(
                                        "parameters",
                                        "borrowing power $M",
                                        "% of set",
                                        "debt $M",
                                        "liquidatable at start $M",
                                        "liquidated $M",
                                        "calls",
                                        "bad debt $M",
                                        "worst week, % of debt",
                                        "of liquidated",
                                        "behind it"),
                                List.of(
                                        row("set by governance", set, set),
                                        row("ours, borrowers as daring as before", followed.byOurs(), set),
                                        row("ours, on the debts of the first row", followed.imposed(), set))));
    }

    private static Optional<Outcome> plus(Optional<Outcome> sum, Outcome next) {
        return Optional.of(sum.map(before -> before.plus(next)).orElse(next));
    }

    private static List<String> row(String name, Outcome outcome, Outcome base) {
        return cells(
                name,
                millions(outcome.borrowingPower()),
                percent(outcome.borrowingPower() / base.borrowingPower()),
                millions(outcome.owed()),
                millions(outcome.forced()),
                millions(outcome.liquidated()),
                whole(outcome.calls()),
                millions(outcome.badDebt()),
                number(100 * outcome.worst() / outcome.owed(), 3),
                share(outcome.share()),
                outcome.worstAsset().orElse("none"));
    }

    /** The weeks after a snapshot, added up; what was set, ours, and ours imposed on the debts under what was set. */
    record Followed(int assets, Outcome bySet, Outcome byOurs, Outcome imposed) {}

    /**
     * One snapshot.
     *
     * @param higher judged assets whose threshold ours has higher
     * @param part of the page
     */
    record Verdict(LocalDate date, int higher, int lower, Followed followed, String part) {}
}
