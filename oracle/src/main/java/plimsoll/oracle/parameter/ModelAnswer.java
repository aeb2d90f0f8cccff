package plimsoll.oracle.parameter;

import java.util.OptionalDouble;
import plimsoll.risk.calibration.ReserveParameters;

/**
 * What a model wants a reserve to become, before anything is rounded or held back.
 *
 * @param ltv a fraction of collateral value
 * @param liquidationThreshold a fraction of collateral value
 * @param liquidationBonus the premium alone, a fraction; empty to leave it
 * @param supplyCap in tokens; empty to leave it
 * @param borrowCap in tokens; empty to leave it
 */
public record ModelAnswer(
        double ltv,
        double liquidationThreshold,
        OptionalDouble liquidationBonus,
        OptionalDouble supplyCap,
        OptionalDouble borrowCap) {

    /** Threshold and LTV alone. */
    public static ModelAnswer of(double ltv, double liquidationThreshold) {
        return new ModelAnswer(
                ltv, liquidationThreshold, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** The closed form's whole answer. */
    public static ModelAnswer of(ReserveParameters made) {
        return new ModelAnswer(
                made.ltv().value(),
                made.liquidationThreshold().value(),
                OptionalDouble.of(made.bonus().value()),
                OptionalDouble.of(made.supplyCap().value()),
                made.borrowCap().map(cap -> OptionalDouble.of(cap.value())).orElse(OptionalDouble.empty()));
    }

    /** The same answer with threshold and LTV as a simulation has refined them. */
    public ModelAnswer with(double refinedLtv, double refinedLiquidationThreshold) {
        return new ModelAnswer(refinedLtv, refinedLiquidationThreshold, liquidationBonus, supplyCap, borrowCap);
    }
}
