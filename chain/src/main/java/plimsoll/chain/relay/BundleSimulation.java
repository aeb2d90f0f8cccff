package plimsoll.chain.relay;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/**
 * How a bundle ends when a relay tries it (eth_callBundle).
 *
 * @param builderGains what the block's builder earns by it, tips and direct payments
 * @param gasPrice that, per unit of gas
 */
public record BundleSimulation(List<Outcome> outcomes, Wei builderGains, GasPrice gasPrice, Gas gasUsed) {

    /** One transaction of the bundle; {@code failure} holds the relay's words where it reverts or cannot run. */
    public record Outcome(TxHash tx, Gas gasUsed, Optional<String> failure) {}

    public BundleSimulation {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether a block could hold the bundle. */
    public boolean succeeds() {
        return outcomes.stream().allMatch(outcome -> outcome.failure().isEmpty());
    }

    static BundleSimulation read(JsonNode json, String relay) {
        try {
            List<Outcome> outcomes = new ArrayList<>();
            for (JsonNode result : json.path("results")) {
                JsonNode failure = result.has("error") ? result.path("error") : result.path("revert");
                outcomes.add(new Outcome(
                        TxHash.parse(result.path("txHash").asString("")),
                        new Gas(whole(result.path("gasUsed")).longValueExact()),
                        failure.isMissingNode() || failure.isNull()
                                ? Optional.empty()
                                : Optional.of(failure.isString() ? failure.stringValue() : failure.toString())));
            }
            return new BundleSimulation(
                    outcomes,
                    Wei.ofRaw(whole(json.path("coinbaseDiff"))),
                    GasPrice.ofRaw(whole(json.path("bundleGasPrice"))),
                    new Gas(whole(json.path("totalGasUsed")).longValueExact()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw RpcException.corrupt("Relay's simulation cannot be read: relay=" + relay);
        }
    }

    /** Relays write wei as decimal text and gas as numbers. */
    private static BigInteger whole(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.bigIntegerValue();
        }
        if (number.isString() && number.stringValue().length() <= 80) {
            return new BigInteger(number.stringValue());
        }
        throw new IllegalArgumentException("not a whole number");
    }
}
