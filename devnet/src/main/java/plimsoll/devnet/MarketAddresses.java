package plimsoll.devnet;

import java.util.Map;
import plimsoll.units.Address;
import plimsoll.units.ChainId;

/** Where everything of the local market is: what the applications' configuration needs. */
public record MarketAddresses(
        ChainId chainId,
        Address addressesProvider,
        Address pool,
        Address configurator,
        Address aclManager,
        Address oracle,
        Address protocolDataProvider,
        Address treasury,
        Address governor,
        Address timelock,
        Address governanceToken,
        Address multicall3,
        Address swapFactory,
        Address swapRouter,
        Address quoter,
        Map<Asset, ReserveAddresses> reserves) {

    public MarketAddresses {
        reserves = Map.copyOf(reserves);
    }

    public ReserveAddresses of(Asset asset) {
        ReserveAddresses found = reserves.get(asset);
        if (found == null) {
            throw new IllegalArgumentException("Market has no such reserve: asset=" + asset);
        }
        return found;
    }

    /**
     * One reserve.
     *
     * @param aggregator takes the rounds
     * @param feed the proxy in front of the aggregator: what the market and we read
     */
    public record ReserveAddresses(
            Address token, Address aToken, Address variableDebtToken, Address aggregator, Address feed) {}
}
