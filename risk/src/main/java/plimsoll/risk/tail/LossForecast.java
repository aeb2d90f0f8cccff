package plimsoll.risk.tail;

/**
 * What the next horizon can cost, at one level: the log loss (minus the log return) that is exceeded with probability
 * 1 − level, and the mean beyond it.
 */
public record LossForecast(double valueAtRisk, double expectedShortfall) {

    public LossForecast {
        if (!(expectedShortfall >= valueAtRisk)) {
            throw new IllegalArgumentException("expected shortfall is below the value at risk: found=%s allowed=%s"
                    .formatted(expectedShortfall, valueAtRisk));
        }
    }
}
