package plimsoll.risk.backtest;

import java.util.List;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.strict.SeededRandom;

/**
 * Are losses beyond the value at risk as large as the expected shortfall says?
 *
 * <pre>
 * Z₂  = 1 − Σ L_t·1[L_t > VaR_t] / (T(1−α)·ES_t)                                                     (4)
 * FZ0 = mean of 1[L > VaR]·(L − VaR)/((1−α)·ES) + VaR/ES + ln ES − 1                                  (5)
 * </pre>
 *
 * Z₂ has mean 0 under a correct model and is negative where risk was underestimated. Its probability is the share of
 * {@link #SIMULATIONS} histories, simulated under the forecasts themselves, with a Z₂ at most as large; beyond the value
 * at risk those losses are exponential with mean ES − VaR, the least committal tail with that mean. FZ0 is a score for
 * comparing models on the same days: lower is better; it is NaN where a forecast shortfall is not positive.
 * Sources: Acerbi and Szekely, Risk (December 2014), test 2; Patton, Ziegel and Chen, Journal of Econometrics 211 (2019), equation 6;
 * docs/models/value-at-risk-backtests.md, equations 4 and 5.
 */
public final class ShortfallTest {

    public static final int SIMULATIONS = 5000;

    /** Fixed: the same backtest must give the same probability. */
    private static final long SEED = 20140912;

    private ShortfallTest() {}

    public static AcerbiSzekely acerbiSzekely(List<Outcome> outcomes, double level) {
        var expected = outcomes.size() * (1 - level);
        var sum = 0.0;
        for (var outcome : outcomes) {
            if (outcome.isException()) {
                sum += outcome.loss() / outcome.expectedShortfall();
            }
        }
        var z2 = 1 - sum / expected;
        return new AcerbiSzekely(z2, probability(outcomes, level, z2));
    }

    private static double probability(List<Outcome> outcomes, double level, double z2) {
        var ratios = outcomes.stream()
                .mapToDouble(outcome -> outcome.valueAtRisk() / outcome.expectedShortfall())
                .toArray();
        var expected = ratios.length * (1 - level);
        var random = new SeededRandom(SEED);
        var asLow = 0;
        for (var simulation = 0; simulation < SIMULATIONS; simulation++) {
            var sum = 0.0;
            for (var ratio : ratios) {
                if (random.nextDouble() > level) {
                    sum += ratio - (1 - ratio) * StrictMath.log(random.nextDouble());
                }
            }
            asLow += 1 - sum / expected <= z2 ? 1 : 0;
        }
        return (double) asLow / SIMULATIONS;
    }

    /** The mean FZ0 score: equation 5. */
    public static double fisslerZiegel(List<Outcome> outcomes, double level) {
        var sum = 0.0;
        for (var outcome : outcomes) {
            sum += fisslerZiegel(outcome, level);
        }
        return sum / outcomes.size();
    }

    /** The FZ0 score of one forecast. */
    public static double fisslerZiegel(Outcome outcome, double level) {
        var shortfall = outcome.expectedShortfall();
        var excess = outcome.isException() ? (outcome.loss() - outcome.valueAtRisk()) / (1 - level) : 0;
        return (excess + outcome.valueAtRisk()) / shortfall + StrictMath.log(shortfall) - 1;
    }

    /** The statistic, and how likely one at most as large is under a correct model. */
    public record AcerbiSzekely(double z2, double probability) {}
}
