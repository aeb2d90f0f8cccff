package plimsoll.oracle.study;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.oracle.file.MarketFile.Snapshot;
import plimsoll.oracle.file.StressWindowFile.Window;
import plimsoll.oracle.study.Replay.Outcome;
import plimsoll.risk.stress.HistoricalWindow;
import plimsoll.risk.stress.HistoricalWindow.Episode;

/** The episodes of the past under the parameters of one snapshot and under ours as of each episode's eve. */
final class StressReplays {

    /** Bad debt over liquidated value: the best that lenders have published for a crash. */
    static final double BAR = 0.0002;

    /** Price files end here: a later eve knows no more. */
    private static final LocalDate LAST_KNOWN = LocalDate.parse("2025-06-30");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    static final Duration RESTART = Duration.ofHours(12);
    static final Duration STAY = Duration.ofDays(2);

    private static final double SHALLOW = 0.25;

    static final int LOWEST_FACTOR = 60;
    static final int HIGHEST_FACTOR = 120;
    private static final int FACTOR_STEP = 2;

    private final Snapshot snapshot;
    private final CalibratedParameters parameters;
    private final MarketReplays replays;
    private final List<Result> results = new ArrayList<>();

    StressReplays(Snapshot snapshot, CalibratedParameters parameters, MarketReplays replays) {
        this.snapshot = snapshot;
        this.parameters = parameters;
        this.replays = replays;
    }

    void run(Window window) {
        // A stablecoin's depeg is told by the quarter of an hour, for there is a series that fine; the rest by the
        // hour.
        var step = window.episode().contains("depeg") ? QUARTER_HOUR : HOUR;
        var episode = new Episode(window.from(), window.to(), step);
        var prepared = replays.prepare(snapshot, episode);
        var eve = LocalDate.ofInstant(window.from(), ZoneOffset.UTC);
        var set = AgainstGovernance.set(snapshot);
        var ours = parameters.asOf(snapshot, eve.isAfter(LAST_KNOWN) ? LAST_KNOWN : eve);
        var whole = HistoricalWindow.of(prepared.known(), episode);
        var restarts = HistoricalWindow.of(prepared.known(), episode, Math.toIntExact(STAY.dividedBy(step)), RESTART);
        var replay = prepared.replay();
        results.add(new Result(
                window,
                prepared,
                whole,
                ours.neededBonus().size(),
                new Pair(replay.run(whole, set, set), replay.run(whole, ours.target(), ours.target())),
                new Pair(replay.run(restarts, set, set), replay.run(restarts, ours.target(), ours.target())),
                new Pair(
                        replay.run(restarts, set, set, SHALLOW),
                        replay.run(restarts, ours.target(), ours.target(), SHALLOW)),
                powerAtBar(replay, restarts, set),
                powerAtBar(replay, restarts, ours.target())));
    }

    /**
     * How much could be borrowed if all thresholds and LTVs moved together to where the episode costs no more than the bar:
     * the highest factor at which it holds. Empty where not even the lowest does.
     */
    private static Optional<Power> powerAtBar(Replay replay, HistoricalWindow paths, ParameterSet shape) {
        for (var percent = HIGHEST_FACTOR; percent >= LOWEST_FACTOR; percent -= FACTOR_STEP) {
            var scaled = shape.scaled(percent / 100.0);
            var outcome = replay.run(paths, scaled, scaled);
            if (outcome.share() <= BAR) {
                return Optional.of(new Power(percent, outcome.borrowingPower()));
            }
        }
        return Optional.empty();
    }

    List<Result> results() {
        return List.copyOf(results);
    }

    /** What both sets came to on the same paths. */
    record Pair(Outcome set, Outcome ours) {

        boolean oursHolds() {
            return ours.share() <= BAR;
        }

        boolean setHolds() {
            return set.share() <= BAR;
        }

        /** What ours lets borrow, as a share of what was set. */
        double power() {
            return ours.borrowingPower() / set.borrowingPower();
        }
    }

    /**
     * One episode.
     *
     * @param path over the whole of it
     * @param judged assets for which there was enough history on the eve
     * @param whole one book over all of it
     * @param restarted fresh books all along it
     * @param shallow the same at a quarter of the depth
     * @param setAtBar what was set, scaled to where it just holds
     */
    record Result(
            Window window,
            MarketReplays.Prepared prepared,
            HistoricalWindow path,
            int judged,
            Pair whole,
            Pair restarted,
            Pair shallow,
            Optional<Power> setAtBar,
            Optional<Power> oursAtBar) {}

    /** A factor in percent, and what could be borrowed at it. */
    record Power(int percent, double borrowingPower) {}
}
