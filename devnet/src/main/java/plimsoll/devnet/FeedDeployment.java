package plimsoll.devnet;

import java.math.BigInteger;
import java.util.List;
import plimsoll.abi.Aggregator;
import plimsoll.units.Address;

/** A Chainlink feed as it stood on mainnet: an aggregator with one oracle, and the proxy that everybody reads. */
record FeedDeployment(Address aggregator, Address proxy) {

    static final int DECIMALS = 8;
    private static final BigInteger LARGEST_ANSWER = BigInteger.TWO.pow(176);

    /** The answer 0 is let through, because what reads it must cope with it. */
    static FeedDeployment create(Deployer deployer, Asset asset, Address link, Address oracle) {
        Address aggregator = deployer.create(
                "AccessControlledAggregator",
                "(address,uint128,uint32,address,int256,int256,uint8,string)",
                link,
                0,
                0,
                Address.ZERO,
                0,
                LARGEST_ANSWER,
                DECIMALS,
                asset.feed());
        deployer.send(
                aggregator,
                Aggregator.CHANGE_ORACLES.encode(List.of(), List.of(oracle), List.of(deployer.owner()), 1, 1, 0));
        Address proxy = deployer.create("EACAggregatorProxy", "(address,address)", aggregator, Address.ZERO);
        deployer.send(aggregator, Aggregator.ADD_ACCESS.encode(proxy));
        return new FeedDeployment(aggregator, proxy);
    }
}
