package plimsoll.devnet.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.web3j.crypto.Hash;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcException;
import tools.jackson.databind.JsonNode;

/**
 * Builds one block on a node that mines only when told, out of bundles and of what its pool holds. A bundle is in the block
 * whole and without a revert, or not at all: a block that breaks this is undone and built again without the bundle.
 */
final class BlockBuilder {

    /** @param found the bytes of those that were in the pool already; they stay there whatever becomes of the bundle */
    private record Included(HeldBundle bundle, List<String> hashes, List<String> found) {

        List<String> brought() {
            List<String> others = found.stream().map(BlockBuilder::hash).toList();
            return hashes.stream().filter(hash -> !others.contains(hash)).toList();
        }
    }

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
            included.forEach(it -> it.brought().forEach(this::drop));
            included.forEach(it -> it.found().forEach(this::putBack));
            candidates.removeAll(broken);
        }
    }

    private void offer(HeldBundle bundle, List<Included> included) {
        Included offered = new Included(bundle, new ArrayList<>(), new ArrayList<>());
        try {
            for (String bytes : bundle.transactions()) {
                String hash = hash(bytes);
                boolean isOurs = included.stream().anyMatch(it -> it.brought().contains(hash));
                if (!isOurs && waits(hash)) {
                    offered.found().add(bytes);
                } else {
                    node.call("eth_sendRawTransaction", bytes);
                }
                offered.hashes().add(hash);
            }
            included.add(offered);
        } catch (RpcException e) {
            // A nonce of it is used, or taken by a bundle that is in already; what is new of it goes.
            offered.brought().forEach(this::drop);
        }
    }

    private static String hash(String bytes) {
        return Hash.sha3(bytes);
    }

    private boolean waits(String hash) {
        JsonNode known = node.call("eth_getTransactionByHash", hash);
        return !known.isNull() && known.path("blockHash").isNull();
    }

    private void putBack(String bytes) {
        if (!waits(hash(bytes))) {
            node.call("eth_sendRawTransaction", bytes);
        }
    }

    private void drop(String hash) {
        node.call("anvil_dropTransaction", hash);
    }

    private boolean isWhole(Included included) {
        long place = -1;
        for (String hash : included.hashes()) {
            JsonNode receipt = node.call("eth_getTransactionReceipt", hash);
            boolean failed = !receipt.path("status").asString("").equals("0x1");
            if (receipt.isNull() || (failed && !included.bundle().mayRevert().contains(hash))) {
                return false;
            }
            long next = Long.decode(receipt.path("transactionIndex").asString("0x0"));
            if (next <= place) {
                return false;
            }
            place = next;
        }
        return true;
    }
}
