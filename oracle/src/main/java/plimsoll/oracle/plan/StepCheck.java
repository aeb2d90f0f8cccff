package plimsoll.oracle.plan;

import java.util.ArrayList;
import java.util.List;
import plimsoll.oracle.parameter.AaveCollateralRule;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** The economic post-conditions of one step, judged on whole vectors. */
final class StepCheck {

    private StepCheck() {}

    static List<PostCondition> of(List<ParameterChange> changes, int forcedLiquidations, StepLimits limits) {
        List<PostCondition> conditions = new ArrayList<>();
        for (ParameterChange change : changes) {
            CollateralParameters to = change.to();
            checkCap("supply", change.reserve(), change.from().supplyCap(), to.supplyCap(), limits, conditions);
            checkCap("borrow", change.reserve(), change.from().borrowCap(), to.borrowCap(), limits, conditions);
            if (!change.movesCollateral()) {
                continue;
            }
            String reserve = change.reserve().toString();
            conditions.add(new PostCondition(
                    "the contract accepts " + reserve,
                    AaveCollateralRule.contractAccepts(to),
                    to.ltv() + ", " + to.liquidationThreshold() + ", " + to.storedLiquidationBonus(),
                    "LTV <= threshold, percentMul(threshold, bonus) <= 10000 bps"));
            conditions.add(new PostCondition(
                    "a liquidation at the threshold of " + reserve + " is covered",
                    coversLiquidation(change),
                    Long.toString(AaveCollateralRule.product(to.liquidationThreshold(), to.liquidationBonus())),
                    "100000000, or no more than before"));
            conditions.add(new PostCondition(
                    "the change of " + reserve + " stays within the step's bounds",
                    isWithin(change, limits),
                    distance(change.from().ltv(), to.ltv()) + ", "
                            + distance(change.from().liquidationThreshold(), to.liquidationThreshold()) + ", "
                            + distance(change.from().liquidationBonus(), to.liquidationBonus()),
                    limits.mostLtvChange() + ", " + limits.mostThresholdChange() + ", " + limits.mostBonusChange()));
        }
        conditions.add(new PostCondition(
                "the step itself liquidates few",
                forcedLiquidations <= limits.mostForcedLiquidations(),
                Integer.toString(forcedLiquidations),
                Integer.toString(limits.mostForcedLiquidations())));
        return conditions;
    }

    private static void checkCap(
            String name, Address reserve, long from, long to, StepLimits limits, List<PostCondition> conditions) {
        if (from == to) {
            return;
        }
        boolean within = !limits.boundsCaps() || Math.abs(to - from) <= StepVector.reach(from, limits);
        conditions.add(new PostCondition(
                "the " + name + " cap of " + reserve + " is one, and moves within the step's bounds",
                to > 0 && within,
                from + " -> " + to,
                limits.boundsCaps() ? limits.mostCapChange() + " of " + from + ", above 0" : "above 0"));
    }

    /** The exact rule, or on the way back to it from a vector that only the contract's rounding let pass. */
    private static boolean coversLiquidation(ParameterChange change) {
        long after = AaveCollateralRule.product(
                change.to().liquidationThreshold(), change.to().liquidationBonus());
        long before = AaveCollateralRule.product(
                change.from().liquidationThreshold(), change.from().liquidationBonus());
        return AaveCollateralRule.holds(change.to()) || after <= before;
    }

    private static boolean isWithin(ParameterChange change, StepLimits limits) {
        return distance(change.from().ltv(), change.to().ltv()).compareTo(limits.mostLtvChange()) <= 0
                && distance(change.from().liquidationThreshold(), change.to().liquidationThreshold())
                                .compareTo(limits.mostThresholdChange())
                        <= 0
                && distance(change.from().liquidationBonus(), change.to().liquidationBonus())
                                .compareTo(limits.mostBonusChange())
                        <= 0;
    }

    private static Bps distance(Bps from, Bps to) {
        return new Bps(Math.abs(from.raw() - to.raw()));
    }
}
