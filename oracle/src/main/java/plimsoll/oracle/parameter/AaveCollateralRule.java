package plimsoll.oracle.parameter;

import java.util.ArrayList;
import java.util.List;
import plimsoll.units.Bps;

/**
 * What Aave v3's {@code configureReserveAsCollateral} accepts, and the stricter line that we hold.
 *
 * <p>LTV ≤ LT; and where LT ≠ 0: LB &gt; 0 and LT · (1 + LB) ≤ 100 %. The contract takes the product by {@code percentMul},
 * which rounds half up: 9 524 × 10 500 passes though it is 100.002 %, and a position liquidated at its threshold would
 * then owe more than it holds. We plan with the exact integers: LT · (10 000 + LB) ≤ 100 000 000.
 */
public final class AaveCollateralRule {

    private static final long ONE = 10_000;
    private static final long EXACT_LIMIT = ONE * ONE;

    private AaveCollateralRule() {}

    /** Whether the contract would take the vector; its own rounding, for a reserve with suppliers. */
    public static boolean contractAccepts(CollateralParameters parameters) {
        long threshold = parameters.liquidationThreshold().raw();
        long stored = parameters.storedLiquidationBonus().raw();
        return parameters.ltv().raw() <= threshold
                && threshold != 0
                && stored > ONE
                && (threshold * stored + ONE / 2) / ONE <= ONE;
    }

    /** The sentences that say why we would not publish the vector; empty where we would. */
    public static List<String> violations(CollateralParameters parameters) {
        List<String> found = new ArrayList<>();
        Bps threshold = parameters.liquidationThreshold();
        if (threshold.isZero()) {
            found.add("Liquidation threshold is zero: a reserve with suppliers cannot leave the collateral list here");
            return found;
        }
        if (parameters.ltv().compareTo(threshold) > 0) {
            found.add("LTV exceeds liquidation threshold: ltv=" + parameters.ltv() + " threshold=" + threshold);
        }
        if (parameters.liquidationBonus().isZero()) {
            found.add("Liquidation bonus is zero: nobody would liquidate");
        }
        if (product(threshold, parameters.liquidationBonus()) > EXACT_LIMIT) {
            found.add("Threshold times one plus bonus exceeds 100 %: threshold=" + threshold + " bonus="
                    + parameters.liquidationBonus());
        }
        return found;
    }

    public static boolean holds(CollateralParameters parameters) {
        return violations(parameters).isEmpty();
    }

    /** The highest threshold that a bonus leaves room for: ⌊100 000 000 / (10 000 + LB)⌋. */
    public static Bps highestThreshold(Bps liquidationBonus) {
        return Bps.ofRaw(EXACT_LIMIT / (ONE + liquidationBonus.raw()));
    }

    /** The highest bonus that a threshold leaves room for: ⌊100 000 000 / LT⌋ − 10 000. */
    public static Bps highestBonus(Bps liquidationThreshold) {
        if (liquidationThreshold.isZero()) {
            throw new IllegalArgumentException("A threshold of zero bounds no bonus");
        }
        return Bps.ofRaw(EXACT_LIMIT / liquidationThreshold.raw() - ONE);
    }

    /** LT · (10 000 + LB): what is left to 100 000 000 is the exact margin. */
    public static long product(Bps liquidationThreshold, Bps liquidationBonus) {
        return liquidationThreshold.raw() * (ONE + liquidationBonus.raw());
    }
}
