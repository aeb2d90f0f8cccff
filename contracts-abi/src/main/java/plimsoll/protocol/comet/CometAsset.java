package plimsoll.protocol.comet;

import java.math.BigInteger;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/**
 * One kind of collateral of a market.
 *
 * @param offset its place in the market, from 0; an account's bitmap of assets refers to it
 * @param liquidateCollateralFactor the share of its value that may be owed before the account is absorbed
 * @param liquidationFactor the share of its value that an absorbed account is credited with
 */
public record CometAsset(
        int offset,
        Address asset,
        Address priceFeed,
        int decimals,
        Wad liquidateCollateralFactor,
        Wad liquidationFactor) {

    /** The market with the extended asset list keeps 24 bits for each account; the first one keeps 16. */
    public static final int MAX_ASSETS = 24;

    public CometAsset {
        if (offset < 0 || offset >= MAX_ASSETS) {
            throw new IllegalArgumentException("Asset is outside 0..23: found=" + offset);
        }
        if (decimals < 0 || decimals > 18) {
            throw new IllegalArgumentException("Collateral has decimals outside 0..18: found=" + decimals);
        }
        if (liquidationFactor.compareTo(Wad.ONE) > 0 || liquidateCollateralFactor.compareTo(Wad.ONE) > 0) {
            throw new IllegalArgumentException("Collateral factor exceeds one: liquidation=" + liquidationFactor
                    + " liquidateCollateral=" + liquidateCollateralFactor);
        }
    }

    BigInteger scale() {
        return BigInteger.TEN.pow(decimals);
    }
}
