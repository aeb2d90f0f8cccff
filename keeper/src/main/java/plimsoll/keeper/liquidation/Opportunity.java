package plimsoll.keeper.liquidation;

import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/**
 * A liquidation that the protocol would accept now, to the wei: what we pay and what we get. Whether it pays is not said yet.
 *
 * @param takesAll whether to ask for all there is: the contract then cuts it down to {@code repaid} itself, and interest of the next
 *     seconds leaves no dust
 * @param repaid what we pay of the debt asset
 * @param received what we get of the collateral asset, after the protocol's fee
 * @param protocolFee what the protocol keeps of the collateral
 */
public record Opportunity(
        Address account,
        HealthFactor healthFactor,
        Leg debt,
        Leg collateral,
        TokenAmount repaid,
        TokenAmount received,
        TokenAmount protocolFee,
        boolean takesAll) {

    /** True where one asset is both debt and collateral: nothing needs to be sold. */
    public boolean needsNoSale() {
        return debt.asset().equals(collateral.asset());
    }
}
