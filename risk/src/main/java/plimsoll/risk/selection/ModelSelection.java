package plimsoll.risk.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.ShortfallTest;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.series.ReturnSeries;

/**
 * Which model should we believe from now on? The champion stays unless a challenger is significantly better out of sample.
 *
 * <pre>
 * QLIKE_t = ln h_t + r_t²/h_t                                                                             (6)
 * switch to c, the challenger of the lowest mean FZ0, where all of these hold:
 *   FZ0(c) < FZ0(champion), Diebold-Mariano p < α;  the champion is outside the confidence set of FZ0 at 1 − α;
 *   c is not worse by QLIKE with Diebold-Mariano p < α                                                   (7)
 * </pre>
 *
 * FZ0 scores value at risk and expected shortfall together (equation 5 of its page) and QLIKE the
 * variance h against the squared log return r²; both keep the order of models where what they are scored by is noisy.
 * Sources: Patton, Ziegel and Chen, Journal of Econometrics 211 (2019); Patton, Journal of Econometrics 160 (2011);
 * docs/models/model-selection.md, equations 6 and 7.
 */
public final class ModelSelection {

    /** Fewer forecasts hold so few exceptions that no score can tell models apart. */
    public static final int FEWEST_FORECASTS = 250;

    private static final int PATHS = 10_000;

    private ModelSelection() {}

    /** Walks every model through the history, forecasting the same days, and selects. */
    public static Selection select(ReturnSeries returns, Contest contest, IntConsumer progress) {
        var models = new LinkedHashSet<>(List.of(contest.champion()));
        models.addAll(contest.challengers());
        var settings = contest.settings();
        var walks = new ArrayList<Walk>();
        for (var model : models) {
            var done = walks.size() * Backtest.count(returns, contest.walk());
            var horizon = new Horizon(contest.walk().periods(), PATHS, settings.seed());
            var forecaster = model.forecaster(settings.level(), horizon);
            var outcomes = Backtest.run(returns, forecaster, contest.walk(), step -> progress.accept(done + step));
            walks.add(new Walk(model.name(), outcomes));
        }
        return select(contest.champion().name(), walks, settings);
    }

    /** Selects among walks over the same days, the champion's among them. */
    public static Selection select(String champion, List<Walk> walks, Settings settings) {
        var holder = walks.stream()
                .filter(walk -> walk.model().equals(champion))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("champion did not walk: champion=" + champion));
        requireSameDays(holder, walks);
        var size = holder.outcomes().size();
        if (size < FEWEST_FORECASTS) {
            return new Selection(
                    champion,
                    false,
                    "%s stays: %d forecasts are too few to compare models, needed %d"
                            .formatted(champion, size, FEWEST_FORECASTS),
                    List.of());
        }
        var scored =
                walks.stream().map(walk -> new Scored(walk, settings.level())).toList();
        var able = scored.stream().filter(Scored::isFinite).toList();
        var incumbent = scored.get(walks.indexOf(holder));
        var inSet = ModelConfidenceSet.probabilities(
                able.stream().map(model -> model.shortfall).toArray(double[][]::new),
                settings.replications(),
                settings.seed());
        var candidates = scored.stream()
                .map(model -> model.candidate(
                        incumbent, able.contains(model) ? inSet[able.indexOf(model)] : 0, settings.significance()))
                .toList();
        return decide(candidates.get(walks.indexOf(holder)), candidates, settings.significance());
    }

    private static Selection decide(Candidate holder, List<Candidate> candidates, double significance) {
        var best = holder;
        for (var candidate : candidates) {
            best = Double.isFinite(candidate.fz0()) && !(candidate.fz0() >= best.fz0()) ? candidate : best;
        }
        if (best.equals(holder)) {
            return stays(holder, candidates, "no challenger has a lower FZ0");
        }
        if (!Double.isFinite(holder.fz0())) {
            return follows(best, candidates, "the champion's shortfall was not positive");
        }
        var facts = figures(best, holder);
        if (best.fz0Probability() >= significance || holder.confidenceSetProbability() >= significance) {
            return stays(holder, candidates, "%s is not significantly better: %s".formatted(best.model(), facts));
        }
        if (best.qlike() > holder.qlike() && best.qlikeProbability() < significance) {
            return stays(
                    holder,
                    candidates,
                    "%s is better, but its variance is significantly worse: %s".formatted(best.model(), facts));
        }
        return follows(best, candidates, "significantly better: " + facts);
    }

    private static Selection stays(Candidate holder, List<Candidate> candidates, String why) {
        return new Selection(holder.model(), false, holder.model() + " stays: " + why, candidates);
    }

    private static Selection follows(Candidate best, List<Candidate> candidates, String why) {
        return new Selection(best.model(), true, best.model() + " follows: " + why, candidates);
    }

    private static String figures(Candidate best, Candidate holder) {
        return String.format(
                Locale.ROOT,
                "FZ0 %.4f against %.4f, Diebold-Mariano p=%.3f, confidence set p=%.3f; QLIKE %.4f against %.4f, p=%.3f",
                best.fz0(),
                holder.fz0(),
                best.fz0Probability(),
                holder.confidenceSetProbability(),
                best.qlike(),
                holder.qlike(),
                best.qlikeProbability());
    }

    private static void requireSameDays(Walk holder, List<Walk> walks) {
        var days = holder.outcomes().stream().map(Outcome::time).toList();
        for (var walk : walks) {
            if (!walk.outcomes().stream().map(Outcome::time).toList().equals(days)) {
                throw new IllegalArgumentException("models were not walked over the same days: champion=%s other=%s"
                        .formatted(holder.model(), walk.model()));
            }
        }
    }

    /**
     * How to compare.
     *
     * @param level of the value at risk and expected shortfall that FZ0 scores
     * @param significance α, in (0, 0.5)
     * @param replications of the bootstrap, at least 100
     */
    public record Settings(double level, double significance, int replications, long seed) {

        public static final Settings DEFAULT = new Settings(0.99, 0.05, 1000, 1);

        public Settings {
            if (!(level > 0.5 && level < 1) || !(significance > 0 && significance < 0.5) || replications < 100) {
                throw new IllegalArgumentException(
                        "selection settings are out of range: level=%s allowed=(0.5, 1) significance=%s allowed=(0, 0.5) replications=%d needed=100"
                                .formatted(level, significance, replications));
            }
        }
    }

    /** Who holds the title, who asks for it, and over which days they are compared. */
    public record Contest(
            ForecastModel champion, List<ForecastModel> challengers, Backtest.Settings walk, Settings settings) {

        public Contest {
            challengers = List.copyOf(challengers);
        }
    }

    /** A model's forecasts and what came of them. */
    public record Walk(String model, List<Outcome> outcomes) {

        public Walk {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * One model's standing.
     *
     * @param fz0 mean score, lower is better; not finite where a forecast shortfall was not positive
     * @param qlike mean score, lower is better; not finite where there is no variance
     * @param fz0Probability of Diebold and Mariano's test against the champion; likewise {@code qlikeProbability}
     * @param confidenceSetProbability by FZ0
     */
    public record Candidate(
            String model,
            double fz0,
            double qlike,
            double fz0Probability,
            double qlikeProbability,
            double confidenceSetProbability,
            boolean isInConfidenceSet) {}

    /**
     * Whom to believe from now on.
     *
     * @param reason in words, with the figures that decided it
     * @param candidates in the order given; empty where there was too little to compare
     */
    public record Selection(String champion, boolean isSwitched, String reason, List<Candidate> candidates) {

        public Selection {
            candidates = List.copyOf(candidates);
        }
    }

    /** A walk with the scores of each forecast. */
    private static final class Scored {

        private final String model;
        private final double[] shortfall;
        private final double[] variance;

        Scored(Walk walk, double level) {
            model = walk.model();
            shortfall = walk.outcomes().stream()
                    .mapToDouble(outcome -> ShortfallTest.fisslerZiegel(outcome, level))
                    .toArray();
            variance = walk.outcomes().stream().mapToDouble(Scored::qlike).toArray();
        }

        private static double qlike(Outcome outcome) {
            var h = outcome.variance();
            return StrictMath.log(h) + outcome.loss() * outcome.loss() / h;
        }

        boolean isFinite() {
            return Arrays.stream(shortfall).allMatch(Double::isFinite);
        }

        Candidate candidate(Scored champion, double inSet, double significance) {
            return new Candidate(
                    model,
                    mean(shortfall),
                    mean(variance),
                    DieboldMariano.of(shortfall, champion.shortfall).probability(),
                    DieboldMariano.of(variance, champion.variance).probability(),
                    inSet,
                    inSet >= significance);
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).sum() / values.length;
        }
    }
}
