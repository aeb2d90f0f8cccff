package plimsoll.devnet.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcException;
import tools.jackson.databind.JsonNode;

/**
 * Builds one block on a node that mines only when told, out of bundles and of what its pool holds. A bundle is in the block
 * whole and without a revert, or not at all: a block that breaks this is undone and built again without the bundle.
 */
final class BlockBuilder {

    private record Included(HeldBundle bundle, List<String> hashes) {}

    private final JsonRpc node;

    BlockBuilder(JsonRpc node) {
        this.node = node;
    }

    long nextBlock() {
        return Long.decode(node.call("eth_blockNumber").stringValue()) + 1;
    }

    /** Mines the next block; how many of the bundles are in it. */
    int build(List<HeldBundle> held) {
        long target = nextBlock();
        List<HeldBundle> candidates = new ArrayList<>(held);
        candidates.removeIf(bundle -> bundle.target() != target);
        // The longest first: of bundles that begin alike, the one that holds the others.
        candidates.sort(Comparator.comparingInt(
                (HeldBundle bundle) -> -bundle.transactions().size()));
        while (true) {
            String before = node.call("evm_snapshot").stringValue();
            List<Included> included = new ArrayList<>();
            candidates.forEach(bundle -> offer(bundle, included));
            node.call("evm_mine");
            List<HeldBundle> broken = included.stream()
                    .filter(it -> !isWhole(it))
                    .map(Included::bundle)
                    .toList();
            if (broken.isEmpty()) {
                return included.size();
            }
            node.call("evm_revert", before);
            included.forEach(it -> it.hashes().forEach(this::drop));
            candidates.removeAll(broken);
        }
    }

    private void offer(HeldBundle bundle, List<Included> included) {
        List<String> hashes = new ArrayList<>();
        try {
            for (String bytes : bundle.transactions()) {
                hashes.add(node.call("eth_sendRawTransaction", bytes).stringValue());
            }
            included.add(new Included(bundle, hashes));
        } catch (RpcException e) {
            // A nonce of it is used, or taken by a bundle that is in already; what is new of it goes.
            hashes.forEach(this::drop);
        }
    }

    private void drop(String hash) {
        node.call("anvil_dropTransaction", hash);
    }

    private boolean isWhole(Included included) {
        for (String hash : included.hashes()) {
            JsonNode receipt = node.call("eth_getTransactionReceipt", hash);
            boolean failed = !receipt.path("status").asString("").equals("0x1");
            if (receipt.isNull() || (failed && !included.bundle().mayRevert().contains(hash))) {
                return false;
            }
        }
        return true;
    }
}
