package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.Measures;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.Plan;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Bps;

/** What {@code oracle calibrate} prints. */
record CalibrationAnswer(String manifest, String hash, List<Asset> assets, boolean reachable) {

    record Asset(
            String asset,
            String symbol,
            Shares current,
            Shares recommended,
            Map<String, List<Double>> interval,
            List<String> reasons,
            Optional<String> model,
            Map<String, Object> backtest) {}

    record Shares(
            Bps ltvBps, Bps liquidationThresholdBps, Bps liquidationBonusBps, String supplyCap, String borrowCap) {}

    static CalibrationAnswer of(Path file, CalibrationResult result) {
        return new CalibrationAnswer(
                file.toString(),
                result.manifest().hash(),
                result.outcomes().stream().map(CalibrationAnswer::asset).toList(),
                result.plan() instanceof Plan.Reachable);
    }

    String table() {
        Table table =
                Table.columns("asset", "LTV", "-> LTV", "threshold", "-> threshold", "bonus", "-> bonus", "reason");
        for (Asset asset : assets) {
            table.row(
                    asset.symbol(),
                    asset.current().ltvBps(),
                    asset.recommended().ltvBps(),
                    asset.current().liquidationThresholdBps(),
                    asset.recommended().liquidationThresholdBps(),
                    asset.current().liquidationBonusBps(),
                    asset.recommended().liquidationBonusBps(),
                    asset.reasons().getLast());
        }
        return table + System.lineSeparator() + "manifest " + manifest + " hash " + hash;
    }

    private static Asset asset(AssetOutcome outcome) {
        return new Asset(
                outcome.reserve().asset().hex(),
                outcome.reserve().symbol(),
                shares(outcome.reserve().current()),
                shares(outcome.recommendation().parameters()),
                outcome.answer().map(CalibrationAnswer::interval).orElse(Map.of()),
                outcome.recommendation().reasons(),
                outcome.measures().map(Measures::model),
                outcome.backtest());
    }

    private static Shares shares(CollateralParameters parameters) {
        return new Shares(
                parameters.ltv(),
                parameters.liquidationThreshold(),
                parameters.liquidationBonus(),
                Long.toString(parameters.supplyCap()),
                Long.toString(parameters.borrowCap()));
    }

    /** In basis points, as the model has them before any rounding or clamping. */
    private static Map<String, List<Double>> interval(ReserveParameters answer) {
        TreeMap<String, List<Double>> interval = new TreeMap<>();
        interval.put("ltvBps", bps(answer.ltv().estimate()));
        interval.put(
                "liquidationThresholdBps", bps(answer.liquidationThreshold().estimate()));
        interval.put("liquidationBonusBps", bps(answer.bonus().estimate()));
        return interval;
    }

    private static List<Double> bps(Estimate estimate) {
        return List.of(estimate.low() * 10_000, estimate.high() * 10_000);
    }
}
