package plimsoll.oracle.plan;

import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;

/** One reserve before and after a step: LTV, threshold and bonus move together, in one call. */
public record ParameterChange(Address reserve, CollateralParameters from, CollateralParameters to) {

    public ParameterChange {
        if (from.supplyCap() != to.supplyCap() || from.borrowCap() != to.borrowCap()) {
            throw new IllegalArgumentException("A collateral change moves no cap: reserve=" + reserve);
        }
    }

    public boolean tightensThreshold() {
        return to.liquidationThreshold().compareTo(from.liquidationThreshold()) < 0;
    }
}
