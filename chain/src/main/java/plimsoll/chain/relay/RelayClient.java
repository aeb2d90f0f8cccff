package plimsoll.chain.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.rpc.BodyHeaders;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.units.BlockNumber;
import tools.jackson.databind.JsonNode;

/**
 * One relay over HTTP. Each request carries {@code X-Flashbots-Signature: ADDRESS:SIGNATURE}, where the signature is EIP-191
 * over the text 0x… of the body's keccak-256, made by an identity of ours that owns nothing.
 *
 * <p>Sources: docs.flashbots.net, "RPC endpoint"; the reference client @flashbots/ethers-provider-bundle 1.0.0, src/index.ts,
 * {@code request} and {@code sendRawBundle}. Times in a bundle are seconds since 1970.
 */
public final class RelayClient implements Relay, AutoCloseable {

    private static final String SIGNATURE = "X-Flashbots-Signature";

    private final RpcClient rpc;

    public RelayClient(RpcSettings settings, MessageSigner identity) {
        rpc = new RpcClient(settings, signing(identity));
    }

    /** The header by which relays, and auctions of their kind, know who sends. */
    public static BodyHeaders signing(MessageSigner identity) {
        return body -> Map.of(SIGNATURE, signature(body, identity));
    }

    static String signature(byte[] body, MessageSigner identity) {
        String hash = Numeric.toHexString(Hash.sha3(body));
        return identity.address().checksummed() + ":" + identity.signText(hash);
    }

    @Override
    public String name() {
        return rpc.endpoint();
    }

    @Override
    public Optional<String> send(Bundle bundle) {
        JsonNode hash =
                rpc.call(RpcRequest.of("eth_sendBundle", bundle.parameter())).path("bundleHash");
        return hash.isString() ? Optional.of(hash.stringValue()) : Optional.empty();
    }

    @Override
    public void cancel(UUID replacement) {
        rpc.call(RpcRequest.of("eth_cancelBundle", Map.of("replacementUuid", replacement.toString())));
    }

    /** What the bundle would do in its block on top of {@code state}; nothing is handed to builders. */
    public BundleSimulation simulate(Bundle bundle, BlockNumber state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("txs", bundle.transactions());
        fields.put("blockNumber", Bundle.quantity(bundle.target()));
        fields.put("stateBlockNumber", Bundle.quantity(state));
        return BundleSimulation.read(rpc.call(RpcRequest.of("eth_callBundle", fields)), name());
    }

    /** What has become of a bundle that this identity sent: whether the relay has simulated it, and which builders took it up. */
    public BundleStats stats(String bundleHash, BlockNumber target) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bundleHash", bundleHash);
        fields.put("blockNumber", Bundle.quantity(target));
        return BundleStats.read(rpc.call(RpcRequest.of("flashbots_getBundleStatsV2", fields)), name());
    }

    @Override
    public void close() {
        rpc.close();
    }

    @Override
    public String toString() {
        return "RelayClient[" + name() + "]";
    }
}
