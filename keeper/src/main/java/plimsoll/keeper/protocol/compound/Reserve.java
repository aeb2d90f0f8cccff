package plimsoll.keeper.protocol.compound;

import java.util.Optional;
import plimsoll.keeper.position.Asset;
import plimsoll.protocol.compound.CompoundReserve;
import plimsoll.protocol.compound.ReserveTotals;
import plimsoll.units.Address;

/**
 * One reserve of the market and the contracts around it.
 *
 * @param feed the price feed behind it, where the oracle's own source names one
 * @param unknown why nothing that this reserve takes part in is counted on; absent for an ordinary one
 */
record Reserve(CompoundReserve stored, String symbol, Optional<Address> feed, Optional<String> unknown) {

    /** The stablecoin takes the last place, whatever reserves are listed. */
    static final int VAI = 127;

    int number() {
        return stored.id();
    }

    Address token() {
        return stored.token();
    }

    Address underlying() {
        return stored.underlying();
    }

    Asset asAsset() {
        return new Asset(number(), underlying(), symbol, stored.decimals());
    }

    Reserve with(ReserveTotals newer) {
        return new Reserve(
                new CompoundReserve(
                        stored.id(),
                        stored.token(),
                        stored.underlying(),
                        stored.decimals(),
                        stored.risk(),
                        newer,
                        stored.seizeShare(),
                        stored.flags()),
                symbol,
                feed,
                unknown);
    }
}
