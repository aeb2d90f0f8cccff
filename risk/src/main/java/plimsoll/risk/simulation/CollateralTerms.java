package plimsoll.risk.simulation;

import java.io.Serializable;

/**
 * On what terms an asset counts as collateral: its own, or those of an efficiency mode. All are fractions.
 *
 * @param liquidationBonus the premium alone, 0.05 for 5 %
 */
public record CollateralTerms(double ltv, double liquidationThreshold, double liquidationBonus)
        implements Serializable {

    /** No collateral at all: a threshold of zero counts nothing and can be seized by nobody. */
    public static final CollateralTerms NONE = new CollateralTerms(0, 0, 0);

    public CollateralTerms {
        if (!(ltv >= 0 && ltv <= liquidationThreshold && liquidationThreshold <= 1)) {
            throw new IllegalArgumentException("LTV and liquidation threshold do not fit: ltv=%s threshold=%s"
                    .formatted(ltv, liquidationThreshold));
        }
        if (!(liquidationBonus >= 0 && liquidationBonus <= 1)) {
            throw new IllegalArgumentException(
                    "liquidation bonus is out of range: found=" + liquidationBonus + " allowed=[0, 1]");
        }
    }

    /** Another threshold; the LTV keeps its proportion to it, so that both move as one. */
    public CollateralTerms withThreshold(double threshold) {
        var scaled = liquidationThreshold == 0 ? 0 : ltv * (threshold / liquidationThreshold);
        return new CollateralTerms(Math.min(scaled, threshold), threshold, liquidationBonus);
    }

    public CollateralTerms withBonus(double bonus) {
        return new CollateralTerms(ltv, liquidationThreshold, bonus);
    }
}
