package plimsoll.oracle.plan;

import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;

/**
 * One reserve before and after a step. LTV, threshold and bonus move together, in one call; each cap moves in a call of
 * its own.
 */
public record ParameterChange(Address reserve, CollateralParameters from, CollateralParameters to) {

    public boolean movesCollateral() {
        return !from.ltv().equals(to.ltv())
                || !from.liquidationThreshold().equals(to.liquidationThreshold())
                || !from.liquidationBonus().equals(to.liquidationBonus());
    }

    public boolean movesSupplyCap() {
        return from.supplyCap() != to.supplyCap();
    }

    public boolean movesBorrowCap() {
        return from.borrowCap() != to.borrowCap();
    }

    public boolean tightensThreshold() {
        return to.liquidationThreshold().compareTo(from.liquidationThreshold()) < 0;
    }
}
