package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.risk.dependence.CopulaFit;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.JointResiduals;
import plimsoll.risk.dependence.JointResiduals.Series;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;

/**
 * How the prices of a market fall together: a t copula over what all histories share, where that is most of the longest;
 * else rank correlations of every two assets over what those two share, and degrees of freedom over what the longest share.
 */
final class DependenceStage {

    private static final Duration DAY = Duration.ofDays(1);
    /** Fewer rows say nothing about a pair. */
    private static final int FEWEST_ROWS = 60;
    /** Fewer rows say nothing about joint extremes. */
    private static final int FEWEST_ROWS_FOR_TAILS = 250;
    /** All histories count together where they share this much of the longest. */
    private static final double MOSTLY = 0.8;
    /** Where history is too short: what large crypto assets have had over years, on the heavy side. */
    private static final double ASSUMED_NU = 4;

    private DependenceStage() {}

    /**
     * What was found.
     *
     * @param rows that the degrees of freedom rest on
     * @param notes what had to be assumed or repaired
     */
    record Dependence(List<String> assets, TCopula copula, int rows, Duration period, List<String> notes) {}

    static Dependence of(List<AssetJudgement> priced) {
        boolean oneGrid = priced.stream()
                        .map(judgement -> judgement.measures().orElseThrow().period())
                        .distinct()
                        .count()
                == 1;
        List<Series> series = priced.stream()
                .map(judgement -> oneGrid ? residuals(judgement) : daily(judgement))
                .toList();
        Duration period = oneGrid ? priced.getFirst().measures().orElseThrow().period() : DAY;
        List<String> assets =
                priced.stream().map(judgement -> judgement.reserve().symbol()).toList();
        if (priced.size() == 1) {
            return new Dependence(assets, new TCopula(CorrelationMatrix.identity(1), ASSUMED_NU), 0, period, List.of());
        }
        JointResiduals shared = JointResiduals.aligned(series);
        int longest = series.stream().mapToInt(Series::size).max().orElse(0);
        if (shared.size() >= Math.max(FEWEST_ROWS_FOR_TAILS, MOSTLY * longest)) {
            CopulaFit fit = TCopula.fitByRanks(shared.columns());
            return new Dependence(
                    assets,
                    fit.copula(),
                    fit.rows(),
                    period,
                    fit.repair().map(List::of).orElse(List.of()));
        }
        List<String> notes = new ArrayList<>();
        CorrelationMatrix.Repair correlation = JointResiduals.pairwiseCorrelation(series, FEWEST_ROWS);
        correlation.reason().ifPresent(notes::add);
        Optional<CopulaFit> fit = tails(series);
        double nu = fit.map(found -> found.copula().nu()).orElse(ASSUMED_NU);
        if (fit.isEmpty()) {
            notes.add("degrees of freedom assumed: no two histories share " + FEWEST_ROWS_FOR_TAILS + " rows");
        }
        return new Dependence(
                assets,
                new TCopula(correlation.matrix(), nu),
                fit.map(CopulaFit::rows).orElse(0),
                period,
                notes);
    }

    /** Over the longest histories that together still share enough rows; each short one would shorten all. */
    private static Optional<CopulaFit> tails(List<Series> series) {
        List<Series> longestFirst = series.stream()
                .sorted((a, b) -> Integer.compare(b.size(), a.size()))
                .toList();
        List<Series> kept = new ArrayList<>(List.of(longestFirst.getFirst()));
        for (Series next : longestFirst.subList(1, longestFirst.size())) {
            kept.add(next);
            int rows = JointResiduals.aligned(kept).size();
            if (rows < FEWEST_ROWS_FOR_TAILS) {
                kept.removeLast();
            }
        }
        return kept.size() < 2
                ? Optional.empty()
                : Optional.of(TCopula.fitByRanks(JointResiduals.aligned(kept).columns()));
    }

    private static Series residuals(AssetJudgement judgement) {
        return judgement
                .measures()
                .orElseThrow()
                .marginal()
                .map(marginal ->
                        new Series(judgement.reserve().symbol(), marginal.times(), marginal.standardizedResiduals()))
                .orElseThrow();
    }

    private static Series daily(AssetJudgement judgement) {
        ReturnSeries returns =
                judgement.reserve().prices().series().resample(DAY).logReturns(DAY.multipliedBy(2), GapPolicy.KEEP);
        return new Series(judgement.reserve().symbol(), returns.times(), returns.logReturns());
    }
}
