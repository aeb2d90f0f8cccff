package plimsoll.risk.calibration;

import java.util.function.DoubleUnaryOperator;

/**
 * How much may be supplied, how much borrowed, and how much lent against an isolated asset?
 *
 * <pre>
 * supply  = max { d : loss(d) ≤ K,  d ≤ 2 · D(b) }                                       (4)
 * loss(d) = p·d · max(0, LT − (1 − X_s(h(d))) · (1 − g) / (1 + b))                         (5)
 * borrow  = min( uOptimal · supply,  2 · D_debt(b) )                                       (6)
 * ceiling = K / loss if worthless                                                          (7)
 * </pre>
 *
 * d: value supplied; K: loss budget; D(b): value that the venues take, or give back, within the bonus; p: share of the
 * collateral that a stressed fall puts up for sale; X_s: stressed fall; h(d): liquidation horizon at that size; g: oracle
 * gap; uOptimal: kink of the interest curve.
 *
 * <p>Source: docs/models/reserve-parameters.md, equations 4 to 7.
 */
public final class Caps {

    /** The rule of thumb of supply caps: twice what the venues take within the bonus. */
    static final double DEPTHS = 2;

    /** The search ends when the interval is this share of the highest value, far below what a cap is rounded by. */
    private static final double TOLERANCE = 1e-6;

    private Caps() {}

    /**
     * The largest value up to a highest one whose loss stays within a budget, by halving; the loss grows with the value.
     *
     * @param loss of a stress, at a value supplied: equation 5, or a simulation
     */
    public static double largestWithin(DoubleUnaryOperator loss, double budget, double highest) {
        Ranges.atLeast("budget", budget, 0);
        Ranges.atLeast("highest", highest, 0);
        if (loss.applyAsDouble(highest) <= budget) {
            return highest;
        }
        var bearable = 0.0;
        var tooMuch = highest;
        while (tooMuch - bearable > TOLERANCE * highest) {
            var middle = bearable + (tooMuch - bearable) / 2;
            if (loss.applyAsDouble(middle) <= budget) {
                bearable = middle;
            } else {
                tooMuch = middle;
            }
        }
        return bearable;
    }

    /** Equation 6. */
    static double borrow(double supplyValue, double optimalUtilisation, double debtDepth) {
        return Math.min(optimalUtilisation * supplyValue, DEPTHS * debtDepth);
    }

    /** Equation 7; an asset that cannot become worthless needs no ceiling, so the share must be positive. */
    static double debtCeiling(double lossBudget, double lossIfWorthless) {
        Ranges.positive("lossIfWorthless", lossIfWorthless);
        return lossBudget / lossIfWorthless;
    }
}
