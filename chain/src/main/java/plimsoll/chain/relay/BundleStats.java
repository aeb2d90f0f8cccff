package plimsoll.chain.relay;

import plimsoll.chain.rpc.RpcException;
import tools.jackson.databind.JsonNode;

/**
 * What a relay says of a bundle (flashbots_getBundleStatsV2).
 *
 * @param isSimulated whether the relay has tried it
 * @param isHighPriority whether our identity stands high enough for the fast queue
 * @param consideredBy how many builders had it among what they chose from
 * @param sealedBy how many builders put it into a block of theirs; a block of theirs need not become the chain's
 */
public record BundleStats(boolean isSimulated, boolean isHighPriority, int consideredBy, int sealedBy) {

    static BundleStats read(JsonNode json, String relay) {
        if (!json.isObject()) {
            throw RpcException.corrupt("Relay's bundle statistics are not an object: relay=" + relay);
        }
        return new BundleStats(
                json.path("isSimulated").asBoolean(false),
                json.path("isHighPriority").asBoolean(false),
                json.path("consideredByBuildersAt").size(),
                json.path("sealedByBuildersAt").size());
    }
}
