package plimsoll.oracle.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import plimsoll.risk.calibration.CollateralCalibration;
import plimsoll.risk.calibration.CollateralCalibration.Inputs;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.ReserveInputs;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.risk.sensitivity.Input;
import plimsoll.risk.sensitivity.SobolIndices;
import plimsoll.risk.sensitivity.TippingPoint;
import plimsoll.risk.sensitivity.Tornado;

/** How each input moves the closed form's threshold, and where it would change the recommendation. */
final class SensitivityStage {

    private static final int SAMPLES = 4_096;
    /** A cost that was assumed may as well be half or half as much again. */
    private static final double DOUBT = 0.5;

    private SensitivityStage() {}

    /** Bars from the longest to the shortest; empty where the model has no answer. */
    static Optional<Map<String, Object>> of(AssetJudgement judgement, CalibrationSettings settings) {
        if (judgement.answer().isEmpty()) {
            return Optional.empty();
        }
        ReserveParameters answer = judgement.answer().get();
        List<Input> inputs = inputs(answer, judgement.inputs().orElseThrow(), settings);
        ToDoubleFunction<double[]> threshold = threshold(judgement.inputs().orElseThrow());
        double[] values = inputs.stream().mapToDouble(Input::value).toArray();
        double base = threshold.applyAsDouble(values);
        double band = Math.max(1, settings.stability().deadBand().raw()) / 10_000.0;
        List<Tornado.Bar> bars = Tornado.of(inputs, threshold);
        Map<String, Double> firstOrder = new TreeMap<>();
        SobolIndices.of(inputs, threshold, SAMPLES, settings.chance().seed())
                .forEach(index -> firstOrder.put(index.input().name(), index.firstOrder()));
        Map<String, TippingPoint> tipping = new TreeMap<>();
        TippingPoint.of(inputs, threshold, base - band, base + band)
                .forEach(point -> tipping.put(point.input().name(), point));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Tornado.Bar bar : bars.stream()
                .sorted(Comparator.comparingDouble(Tornado.Bar::swing).reversed())
                .toList()) {
            rows.add(row(bar, firstOrder, tipping));
        }
        return Optional.of(Map.of("output", "liquidationThreshold", "value", base, "tornado", rows));
    }

    private static Map<String, Object> row(
            Tornado.Bar bar, Map<String, Double> firstOrder, Map<String, TippingPoint> tipping) {
        String name = bar.input().name();
        TreeMap<String, Object> row = new TreeMap<>();
        row.put("input", name);
        row.put("low", bar.input().low());
        row.put("value", bar.input().value());
        row.put("high", bar.input().high());
        row.put("outputAtLow", bar.atLow());
        row.put("outputAtHigh", bar.atHigh());
        row.put("firstOrder", firstOrder.getOrDefault(name, 0.0));
        TippingPoint point = tipping.get(name);
        if (point != null) {
            point.below().ifPresent(value -> row.put("changesBelow", value));
            point.above().ifPresent(value -> row.put("changesAbove", value));
        }
        return row;
    }

    private static List<Input> inputs(ReserveParameters answer, ReserveInputs from, CalibrationSettings settings) {
        double slippage =
                from.collateral().slippage().applyAsDouble(settings.sizes().liquidationValue());
        double most = Math.nextDown(1.0);
        return List.of(
                measured("fall in the liquidation horizon", answer.fallInHorizon()),
                doubted("oracle gap", from.costs().oracleGap().value(), most),
                doubted("slippage", Math.min(slippage, 0.5), most),
                doubted("gas share", from.costs().gasShare(), 1),
                doubted("liquidator's margin", from.costs().liquidatorMargin(), 1),
                doubted("present bonus", from.current().bonus(), 1),
                new Input(
                        "market impact on the feed",
                        from.costs().impactMultiplier(),
                        from.costs().impactMultiplier(),
                        from.costs().impactMultiplier() + 0.1,
                        1,
                        3));
    }

    private static Input measured(String name, Estimate estimate) {
        return new Input(name, estimate.low(), estimate.value(), estimate.high(), 0, 1);
    }

    private static Input doubted(String name, double value, double most) {
        return new Input(name, value * (1 - DOUBT), value, Math.min(most, value * (1 + DOUBT)), 0, most);
    }

    private static ToDoubleFunction<double[]> threshold(ReserveInputs from) {
        return x -> CollateralCalibration.of(new Inputs(
                        x[0], 0, x[1], x[2], x[3], x[4], from.current().protocolFee(), x[6], x[5]))
                .liquidationThreshold();
    }
}
