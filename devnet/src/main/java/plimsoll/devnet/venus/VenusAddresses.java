package plimsoll.devnet.venus;

import java.util.Map;
import plimsoll.devnet.Asset;
import plimsoll.units.Address;

/**
 * Where Venus' contracts are.
 *
 * @param oracle what the comptroller asks: the resilient oracle
 * @param feeds what the resilient oracle asks: Venus' reader of Chainlink feeds
 * @param liquidator through which liquidations go
 */
public record VenusAddresses(
        Address comptroller,
        Address lens,
        Address oracle,
        Address feeds,
        Address liquidator,
        Address vaiController,
        Address admin,
        Map<Asset, Address> vTokens) {

    public VenusAddresses {
        vTokens = Map.copyOf(vTokens);
    }

    public Address vToken(Asset asset) {
        Address found = vTokens.get(asset);
        if (found == null) {
            throw new IllegalArgumentException("Venus has no such reserve: asset=" + asset);
        }
        return found;
    }
}
