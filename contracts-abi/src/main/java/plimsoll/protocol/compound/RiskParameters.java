package plimsoll.protocol.compound;

import plimsoll.units.Wad;

/**
 * What a reserve counts for.
 *
 * @param collateralFactor the share of collateral that may be borrowed against
 * @param liquidationThreshold the share of collateral that holds a debt; plain Compound has only the collateral factor
 * @param liquidationIncentive what a liquidator gets for a repaid unit of value, the premium included: 1.1 for 10 %
 */
public record RiskParameters(Wad collateralFactor, Wad liquidationThreshold, Wad liquidationIncentive) {

    public static final RiskParameters NONE = new RiskParameters(Wad.ZERO, Wad.ZERO, Wad.ZERO);
}
