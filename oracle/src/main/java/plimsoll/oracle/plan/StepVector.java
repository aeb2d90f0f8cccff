package plimsoll.oracle.plan;

import plimsoll.oracle.parameter.AaveCollateralRule;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Bps;

/**
 * The farthest legal move of one reserve towards its target within one step.
 *
 * <p>Only three couplings bind: LTV ≤ LT from below, LT · (1 + LB) ≤ 100 % from above, and the threshold's share of a
 * step that the forced liquidations leave. So the coordinate that makes room moves first: cut LTV, then threshold, then
 * raise the bonus; cut the bonus, then raise threshold, then LTV. Moving it as far as allowed leaves every later step
 * at least as much room as any other choice, so that the greedy sequence is a shortest one (a test compares it with
 * all sequences). Caps move by themselves.
 */
final class StepVector {

    private StepVector() {}

    /**
     * One step.
     *
     * @param lowestThreshold the threshold is not cut below this in the step, however much the limits allow
     */
    static CollateralParameters towards(
            CollateralParameters target, CollateralParameters now, StepLimits limits, Bps lowestThreshold) {
        int ltv = approach(now.ltv(), target.ltv(), limits.mostLtvChange());
        int threshold =
                approach(now.liquidationThreshold(), target.liquidationThreshold(), limits.mostThresholdChange());
        int bonus = approach(now.liquidationBonus(), target.liquidationBonus(), limits.mostBonusChange());
        boolean cuts = target.liquidationThreshold().compareTo(now.liquidationThreshold()) < 0;
        if (cuts) {
            threshold = Math.max(threshold, Math.max(ltv, lowestThreshold.raw()));
            threshold = Math.min(threshold, now.liquidationThreshold().raw());
            int room = AaveCollateralRule.highestBonus(new Bps(threshold)).raw();
            // A bonus that is already too high for the exact rule is cut, not raised, by approach itself.
            bonus = Math.min(bonus, Math.max(room, now.liquidationBonus().raw()));
        } else {
            int room = AaveCollateralRule.highestThreshold(new Bps(bonus)).raw();
            threshold = Math.min(
                    threshold, Math.max(room, now.liquidationThreshold().raw()));
            ltv = Math.min(ltv, threshold);
        }
        return new CollateralParameters(
                new Bps(ltv),
                new Bps(threshold),
                new Bps(bonus),
                approachCap(now.supplyCap(), target.supplyCap(), limits),
                approachCap(now.borrowCap(), target.borrowCap(), limits));
    }

    private static int approach(Bps from, Bps to, Bps most) {
        int distance = to.raw() - from.raw();
        return from.raw() + Math.clamp(distance, -most.raw(), most.raw());
    }

    /** A cap moves by a share of itself; nothing else couples with it, and the farthest move leaves the fewest steps. */
    private static long approachCap(long from, long to, StepLimits limits) {
        if (!limits.boundsCaps()) {
            return to;
        }
        long reach = reach(from, limits);
        return from + Math.clamp(to - from, -reach, reach);
    }

    /** How far the limits let a cap move: ⌊share · cap⌋; 36 bits times 16 fit a long. */
    static long reach(long cap, StepLimits limits) {
        return cap * limits.mostCapChange().raw() / 10_000;
    }
}
