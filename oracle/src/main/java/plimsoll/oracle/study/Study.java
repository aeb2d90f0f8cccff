package plimsoll.oracle.study;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plimsoll.oracle.file.MarketFile;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.ParameterChangeFile;
import plimsoll.oracle.file.StressWindowFile;
import plimsoll.oracle.study.AgainstGovernance.Verdict;
import plimsoll.oracle.study.StressReplays.Result;
import plimsoll.risk.stress.HistoricalWindow.Episode;
import plimsoll.risk.stress.ScenarioLibrary;

/** The study of Aave v3 Ethereum in 2023, from files to a page; the same files give the same bytes. */
public final class Study {

    /** K: most bad debt that one stress may cost, as a share of the book's debt; the calibration's own budget. */
    static final double BUDGET = 0.001;

    private static final List<LocalDate> SNAPSHOTS =
            List.of(LocalDate.of(2023, 5, 30), LocalDate.of(2023, 6, 18), LocalDate.of(2023, 10, 31));

    private static final Duration HOUR = Duration.ofHours(1);

    private final StudyFiles files;
    private final StandInDepth depths;
    private final StandInBook book;
    private final CalibratedParameters parameters;

    private Study(Path data) {
        files = new StudyFiles(data);
        depths = new StandInDepth(files);
        book = new StandInBook(files);
        parameters = new CalibratedParameters(files, depths, book);
    }

    /**
     * Writes the page.
     *
     * @param data a folder with prices, feeds, parameters, positions and liquidity as the study names them
     * @param partDone called after each part of the work
     */
    public static String write(Path data, Runnable partDone) {
        return new Study(data).page(partDone);
    }

    /** About how often {@code partDone} is called. */
    public static int parts() {
        return 2 * SNAPSHOTS.size() + 8 + 1 + ScenarioLibrary.all().size();
    }

    private String page(Runnable partDone) {
        var replays = new MarketReplays(files, depths, book);
        var changes = ParameterChangeFile.read(files.changes());
        var verdicts = new ArrayList<Verdict>();
        for (var date : SNAPSHOTS) {
            var snapshot = snapshot(date);
            var judgement = parameters.asOf(snapshot, date);
            partDone.run();
            verdicts.add(new AgainstGovernance(snapshot, judgement, changes, replays).verdict());
            partDone.run();
        }
        var last = snapshot(SNAPSHOTS.getLast());
        var stress = new StressReplays(last, parameters, replays);
        for (var window : StressWindowFile.read(files.episodes()).windows()) {
            stress.run(window);
            partDone.run();
        }
        var results = stress.results();
        var incidents = incidents(last, replays);
        var computed = new TreeMap<String, String>();
        computed.put("summary", Summary.of(verdicts, results));
        computed.put("loans", Integer.toString(StandInBook.LOANS_PER_ASSET));
        computed.put("gas", Markdown.whole(Replay.GAS));
        computed.put("governance", verdicts.stream().map(Verdict::part).collect(Collectors.joining("\n")));
        computed.put("episodes", StressTables.episodes(results));
        computed.put("whole", StressTables.losses(results, Result::whole));
        computed.put("restart", Long.toString(StressReplays.RESTART.toHours()));
        computed.put("stay", Long.toString(StressReplays.STAY.toHours()));
        computed.put("restarted", StressTables.losses(results, Result::restarted));
        computed.put("shallow", StressTables.losses(results, Result::shallow));
        computed.put("frontier", StressTables.frontier(results));
        computed.put("incidents", incidents.scenarios(partDone));
        computed.put("paths", Markdown.whole(CalibratedParameters.PATHS));
        computed.put("budget", Markdown.number(100 * BUDGET, 1) + " %");
        computed.put("reverse", incidents.reverse());
        partDone.run();
        return StudyText.fill(computed);
    }

    private Incidents incidents(Snapshot snapshot, MarketReplays replays) {
        var day = snapshot.date().atStartOfDay(ZoneOffset.UTC).toInstant();
        // Any stretch with prices will do: shocks need the assets, not their history.
        var eve = day.minus(Duration.ofDays(1));
        return new Incidents(
                replays.prepare(snapshot, new Episode(eve, day, Incidents.STEP)).replay(),
                replays.prepare(snapshot, new Episode(eve, day, HOUR)).replay(),
                AgainstGovernance.set(snapshot),
                parameters.asOf(snapshot, snapshot.date()).target(),
                BUDGET);
    }

    private Snapshot snapshot(LocalDate date) {
        return MarketFile.read(files.snapshots() + "#" + AgainstGovernance.MARKET, Optional.of(date));
    }
}
