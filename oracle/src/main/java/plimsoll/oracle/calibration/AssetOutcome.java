package plimsoll.oracle.calibration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.calibration.BacktestStage.Tested;
import plimsoll.oracle.evidence.RecordContent;
import plimsoll.oracle.parameter.Advice;
import plimsoll.oracle.parameter.Recommendation;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.BacktestReport;
import plimsoll.risk.calibration.CometView;
import plimsoll.risk.calibration.CompoundView;
import plimsoll.risk.calibration.MarginView;
import plimsoll.risk.calibration.MorphoView;
import plimsoll.risk.calibration.ReserveParameters;

/** What a calibration says about one reserve. */
public final class AssetOutcome {

    /** What Comet's main markets have. */
    private static final double STORE_FRONT_PRICE_FACTOR = 0.6;

    private final AssetJudgement judgement;
    private final Recommendation recommendation;
    private final Optional<Map<String, Object>> sensitivity;

    AssetOutcome(AssetJudgement judgement, Recommendation recommendation, Optional<Map<String, Object>> sensitivity) {
        this.judgement = judgement;
        this.recommendation = recommendation;
        this.sensitivity = sensitivity;
    }

    public Reserve reserve() {
        return judgement.reserve();
    }

    public Recommendation recommendation() {
        return recommendation;
    }

    /** How its price falls; empty where its feed forbade a judgement. */
    public Optional<Measures> measures() {
        return judgement.measures();
    }

    /** Every parameter as the model has it, before any rounding; empty where its feed or its state forbade a judgement. */
    public Optional<ReserveParameters> answer() {
        return judgement.answer();
    }

    /** What people should carry out besides; empty where there is no {@link #answer}. */
    public Optional<Advice> advice() {
        return answer().map(found -> Advice.of(found, reserve().protocolShareOfBonus()));
    }

    public boolean isChanged() {
        return !recommendation.parameters().equals(reserve().current());
    }

    /** Whether forecasts of one day would have held, by level; nothing where there is no backtest. */
    public Map<String, Object> backtest() {
        TreeMap<String, Object> levels = new TreeMap<>();
        for (Tested test : judgement.trial().tested()) {
            BacktestReport report = test.report();
            TreeMap<String, Object> content = new TreeMap<>();
            content.put("window", test.window());
            content.put("observations", report.observations());
            content.put("exceptions", report.exceptions());
            content.put("expected", report.expectedExceptions());
            content.put("kupiecP", report.kupiec().probability());
            content.put("christoffersenP", report.christoffersen().probability());
            content.put("conditionalCoverageP", report.conditionalCoverage().probability());
            content.put("z2", report.acerbiSzekely().z2());
            content.put("trafficLight", RecordContent.of(report.trafficLight()));
            content.put("fz0", report.fisslerZiegelScore());
            levels.put(Double.toString(test.level()), content);
        }
        return levels;
    }

    /** The newest forecasts of one day at the first level and what came of them, for charts. */
    List<Map<String, Object>> recent() {
        List<Tested> tested = judgement.trial().tested();
        return tested.isEmpty()
                ? List.of()
                : tested.getFirst().report().recent().stream()
                        .map(AssetOutcome::point)
                        .toList();
    }

    private static Map<String, Object> point(Outcome outcome) {
        return Map.of(
                "time", outcome.time().toString(),
                "loss", outcome.loss(),
                "valueAtRisk", outcome.valueAtRisk(),
                "exception", outcome.isException());
    }

    /** How the model was chosen. */
    Optional<Map<String, Object>> selection() {
        return judgement.trial().selection().map(RecordContent::of);
    }

    /** The same answer as other protocols take it; empty where there is none. */
    Optional<Map<String, Object>> views() {
        return answer().map(found -> Map.<String, Object>of(
                "compound", RecordContent.of(CompoundView.of(found)),
                "comet", RecordContent.of(CometView.of(found, STORE_FRONT_PRICE_FACTOR)),
                "morpho", RecordContent.of(MorphoView.of(judgement.inputs().orElseThrow(), found, MorphoView.MENU)),
                "margin", RecordContent.of(MarginView.isolated(found))));
    }

    Optional<Map<String, Object>> sensitivity() {
        return sensitivity;
    }
}
