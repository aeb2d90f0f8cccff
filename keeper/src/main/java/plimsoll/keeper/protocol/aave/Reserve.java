package plimsoll.keeper.protocol.aave;

import plimsoll.keeper.position.Asset;
import plimsoll.protocol.aave.AaveReserve;
import plimsoll.units.Address;

/** One asset of the market: what the pool stores of it, and the contracts around it. */
public record Reserve(AaveReserve stored, String symbol, Address supplyToken, Address debtToken, Address priceSource) {

    /** The reserve's place in the market's list and in users' bitmaps. */
    int number() {
        return stored.id();
    }

    Address asset() {
        return stored.asset();
    }

    int decimals() {
        return stored.configuration().decimals();
    }

    Asset asAsset() {
        return new Asset(number(), asset(), symbol, decimals());
    }

    Reserve with(AaveReserve.Indexes newer) {
        return new Reserve(
                new AaveReserve(
                        stored.id(), stored.asset(), stored.configuration(), newer, stored.liquidationGraceUntil()),
                symbol,
                supplyToken,
                debtToken,
                priceSource);
    }
}
