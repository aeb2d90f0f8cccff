package plimsoll.keeper.watch;

import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * Where the guards' evidence is read.
 *
 * @param second an aggregator that is not the protocol's, by the token whose price it tells
 * @param sequencer the uptime feed of a rollup's sequencer
 * @param multicall a Multicall3, which tells the balance of the chain's coin
 */
public record EvidenceSources(Map<Address, Address> second, Optional<Address> sequencer, Optional<Address> multicall) {

    /** Only what the market itself knows. */
    public static final EvidenceSources NONE = new EvidenceSources(Map.of(), Optional.empty(), Optional.empty());

    public EvidenceSources {
        second = Map.copyOf(second);
    }
}
