package plimsoll.keeper.protocol.morpho;

import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.Asset;
import plimsoll.protocol.morpho.PreLiquidationTerms;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/**
 * What never changes about a market.
 *
 * @param morpho the contract that holds all markets
 * @param id the market's, as 0x hex
 * @param irm the interest rate model; the zero address where there is no interest
 * @param feeds what the oracle's price is made of, as far as the oracle tells
 * @param offer the pre-liquidation contract that is used beside the market
 */
record MarketTerms(
        Address morpho,
        String id,
        Asset loan,
        Asset collateral,
        Address oracle,
        Address irm,
        Wad lltv,
        List<Address> feeds,
        Optional<Offer> offer) {

    /** The numbers of the market's two tokens. */
    static final int LOAN = 0;

    static final int COLLATERAL = 1;

    /** The mode of accounts that have authorised the pre-liquidation contract; the others have none. */
    static final int AUTHORISED = 1;

    /** A pre-liquidation contract, what it offers, and whose price it counts with. */
    record Offer(Address contract, PreLiquidationTerms terms, Address oracle) {}

    MarketTerms {
        feeds = List.copyOf(feeds);
    }

    /** As every call of the contract names the market. */
    List<Object> params() {
        return List.of(loan.address(), collateral.address(), oracle, irm, lltv.raw());
    }

    List<Asset> assets() {
        return List.of(loan, collateral);
    }
}
