package plimsoll.chain.call;

import java.util.Optional;
import plimsoll.units.Address;

/**
 * How several calls are asked at once.
 *
 * @param multicall the chain's Multicall3 contract; absent means batches alone
 * @param way which of the two is taken where both are possible
 * @param callsAtOnce the most calls that one aggregate holds; bigger ones are slower on the nodes that we measured
 * @param bytesAtOnce the most call data that one aggregate holds
 */
public record CallSettings(Optional<Address> multicall, Way way, int callsAtOnce, int bytesAtOnce) {

    public enum Way {
        /** Whichever has been faster for that many calls; the other one is tried now and then. */
        MEASURED,
        BATCH,
        MULTICALL
    }

    public CallSettings {
        if (callsAtOnce < 1 || bytesAtOnce < 1) {
            throw new IllegalArgumentException(
                    "Multicall limits must be positive: callsAtOnce=" + callsAtOnce + " bytesAtOnce=" + bytesAtOnce);
        }
    }

    /** JSON-RPC batches and nothing else. */
    public static CallSettings batches() {
        return new CallSettings(Optional.empty(), Way.BATCH, 50, 64 << 10);
    }

    /** Batches or this contract, as measured; up to 50 calls and 64 KiB an aggregate. */
    public static CallSettings withMulticall(Address contract) {
        return new CallSettings(Optional.of(contract), Way.MEASURED, 50, 64 << 10);
    }

    public CallSettings withWay(Way chosen) {
        return new CallSettings(multicall, chosen, callsAtOnce, bytesAtOnce);
    }

    public CallSettings withLimits(int calls, int bytes) {
        return new CallSettings(multicall, way, calls, bytes);
    }
}
