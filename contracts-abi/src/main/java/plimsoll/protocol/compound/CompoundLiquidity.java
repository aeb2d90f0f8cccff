package plimsoll.protocol.compound;

import plimsoll.units.Wad;

/**
 * What an account's collateral holds and what it owes, in dollars with 18 decimals.
 *
 * @param collateral collateral weighted by its threshold
 * @param debt everything owed
 */
public record CompoundLiquidity(Wad collateral, Wad debt) {

    /** Whether debt exceeds collateral; equal is not enough. */
    public boolean isShort() {
        return debt.compareTo(collateral) > 0;
    }

    /** What could still be borrowed at these weights. */
    public Wad liquidity() {
        return collateral.minusOrZero(debt);
    }

    public Wad shortfall() {
        return debt.minusOrZero(collateral);
    }
}
