package plimsoll.oracle.calibration;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a loss model says about one price.
 *
 * @param model its name and version, as the manifest gives it
 * @param observations returns that it was fitted on
 * @param annualVolatility its forecast for the next period, per year
 * @param liquidationShortfall expected shortfall of the fall over the liquidation horizon, a fraction of the price
 * @param userValueAtRisk value at risk of the fall over the user's horizon, a fraction of the price
 * @param details fitted parameters and intervals by name
 */
public record Measures(
        String model,
        int observations,
        double annualVolatility,
        double liquidationShortfall,
        double userValueAtRisk,
        Map<String, Double> details) {

    public Measures {
        details = Map.copyOf(details);
    }

    Map<String, Object> content() {
        TreeMap<String, Object> content = new TreeMap<>(details);
        content.put("annualVolatility", annualVolatility);
        content.put("liquidationShortfall", liquidationShortfall);
        content.put("model", model);
        content.put("observations", observations);
        content.put("userValueAtRisk", userValueAtRisk);
        return content;
    }
}
