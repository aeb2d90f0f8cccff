package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.evidence.RecordContent;
import plimsoll.risk.calibration.ReserveInputs.Falls;
import plimsoll.risk.forecast.Marginal;
import plimsoll.risk.forecast.RiskMeasures.RiskMeasure;
import plimsoll.risk.tail.TailFit;

/**
 * What a loss model says about one price.
 *
 * @param model its name and version, as the manifest gives it
 * @param observations returns that it was fitted on
 * @param period that each return spans
 * @param annualVolatility its forecast for the next period, per year
 * @param falls how deep the price falls, by horizon
 * @param reasons what stands behind them, in words
 * @param table value at risk and expected shortfall by horizon and level, horizons in periods
 * @param lossTail of the standardised losses; empty where history was too short to fit one
 * @param details fitted parameters by name
 * @param marginal what a joint simulation needs; empty where the model has no path
 */
public record Measures(
        String model,
        int observations,
        Duration period,
        double annualVolatility,
        Falls falls,
        List<String> reasons,
        List<RiskMeasure> table,
        Optional<TailFit> lossTail,
        Map<String, Double> details,
        Optional<Marginal> marginal) {

    private static final int MOST_POINTS = 60;

    public Measures {
        reasons = List.copyOf(reasons);
        table = List.copyOf(table);
        details = new TreeMap<>(details);
    }

    Map<String, Object> content() {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("annualVolatility", annualVolatility);
        content.put("details", RecordContent.value(details));
        content.put("model", model);
        content.put("observations", observations);
        content.put("periodSeconds", period.toSeconds());
        content.put("risk", RecordContent.value(table));
        lossTail.ifPresent(tail -> content.put("tail", RecordContent.of(tail)));
        marginal.ifPresent(fitted -> content.put("worstResiduals", worst(fitted.standardizedResiduals())));
        return content;
    }

    /** The largest standardised losses and how often each was exceeded, for a chart beside the fitted tail. */
    private static List<Map<String, Object>> worst(double[] residuals) {
        double[] ascending = residuals.clone();
        Arrays.sort(ascending);
        List<Map<String, Object>> points = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_POINTS, ascending.length); i++) {
            points.add(Map.of("loss", -ascending[i], "exceeded", (i + 1.0) / (ascending.length + 1)));
        }
        return points;
    }
}
