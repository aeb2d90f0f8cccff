package plimsoll.oracle.parameter;

import plimsoll.units.Bps;

/**
 * What one reserve lends and forgives as collateral.
 *
 * @param ltv how much may be borrowed against it, a share of its value
 * @param liquidationThreshold how much debt it may hold up, a share of its value
 * @param liquidationBonus the liquidator's premium alone: 500 bps where Aave stores 10 500
 * @param supplyCap most whole tokens that may be supplied; 0 is no cap (Aave v3)
 * @param borrowCap most whole tokens that may be borrowed; 0 is no cap (Aave v3)
 */
public record CollateralParameters(
        Bps ltv, Bps liquidationThreshold, Bps liquidationBonus, long supplyCap, long borrowCap) {

    /** Aave v3 keeps each share in 16 bits. */
    private static final int LARGEST_SHARE = 65_535;

    /** Aave v3 keeps each cap in 36 bits. */
    static final long LARGEST_CAP = (1L << 36) - 1;

    private static final int ONE = 10_000;

    public CollateralParameters {
        requireShare(ltv, "LTV");
        requireShare(liquidationThreshold, "Liquidation threshold");
        if (liquidationBonus.raw() > LARGEST_SHARE - ONE) {
            throw new IllegalArgumentException("Liquidation bonus does not fit 16 bits: found=" + liquidationBonus
                    + " allowed=" + (LARGEST_SHARE - ONE) + " bps");
        }
        requireCap(supplyCap, "Supply cap");
        requireCap(borrowCap, "Borrow cap");
    }

    /** The same reserve with another LTV and liquidation threshold: a vector, never one without the other. */
    public CollateralParameters with(Bps newLtv, Bps newLiquidationThreshold) {
        return new CollateralParameters(newLtv, newLiquidationThreshold, liquidationBonus, supplyCap, borrowCap);
    }

    /** The same reserve with another bonus; the caller sees to it that the threshold leaves room for it. */
    public CollateralParameters withBonus(Bps newLiquidationBonus) {
        return new CollateralParameters(ltv, liquidationThreshold, newLiquidationBonus, supplyCap, borrowCap);
    }

    /** The same reserve with other caps, in whole tokens. */
    public CollateralParameters withCaps(long newSupplyCap, long newBorrowCap) {
        return new CollateralParameters(ltv, liquidationThreshold, liquidationBonus, newSupplyCap, newBorrowCap);
    }

    /** The bonus as Aave v3 stores it: 10 500 for a premium of 500 bps, 0 where the reserve is no collateral. */
    public Bps storedLiquidationBonus() {
        return isCollateral() ? liquidationBonus.plus(Bps.ONE_HUNDRED_PERCENT) : Bps.ZERO;
    }

    /** The premium alone from what Aave v3 stores. */
    public static Bps premiumOf(Bps storedLiquidationBonus) {
        return storedLiquidationBonus.isZero() ? Bps.ZERO : storedLiquidationBonus.minus(Bps.ONE_HUNDRED_PERCENT);
    }

    public boolean isCollateral() {
        return !liquidationThreshold.isZero();
    }

    private static void requireShare(Bps share, String name) {
        if (share.raw() > ONE) {
            throw new IllegalArgumentException(name + " exceeds 100 %: found=" + share + " allowed=10000 bps");
        }
    }

    private static void requireCap(long wholeTokens, String name) {
        if (wholeTokens < 0 || wholeTokens > LARGEST_CAP) {
            throw new IllegalArgumentException(
                    name + " does not fit 36 bits: found=" + wholeTokens + " allowed=0.." + LARGEST_CAP);
        }
    }
}
