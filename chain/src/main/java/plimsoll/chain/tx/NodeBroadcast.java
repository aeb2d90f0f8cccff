package plimsoll.chain.tx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;

/** Sends to the public pool of a node, and asks at every block whether the pool still has what was sent. */
public final class NodeBroadcast implements Broadcast {

    private static final String WAITS = "Stands behind a transaction that no block holds yet, and there is no relay";

    private final JsonRpc rpc;

    public NodeBroadcast(JsonRpc rpc) {
        this.rpc = rpc;
    }

    @Override
    public boolean aimsAtBlocks() {
        return false;
    }

    @Override
    public List<RpcAnswer> send(List<StoredIntent> intents, BlockHeader head) {
        Map<StoredIntent, RpcAnswer> heldBack = heldBack(intents);
        List<StoredIntent> shown =
                intents.stream().filter(intent -> !heldBack.containsKey(intent)).toList();
        List<RpcAnswer> answers = rpc.callAll(shown.stream()
                .map(intent -> RpcRequest.of(
                        "eth_sendRawTransaction", intent.attempts().getLast().bytes()))
                .toList());
        Map<StoredIntent, RpcAnswer> all = new HashMap<>(heldBack);
        for (int i = 0; i < shown.size(); i++) {
            all.put(shown.get(i), answers.get(i));
        }
        return intents.stream().map(all::get).toList();
    }

    /** What stands behind another's pending transaction is shown to nobody here, whatever lane it came from. */
    private Map<StoredIntent, RpcAnswer> heldBack(List<StoredIntent> intents) {
        Map<StoredIntent, RpcAnswer> heldBack = new HashMap<>();
        if (intents.stream().allMatch(intent -> Forerunners.of(intent).isEmpty())) {
            return heldBack;
        }
        Chain chain = new Chain(rpc);
        Forerunners forerunners = new Forerunners(chain, chain.head());
        for (StoredIntent intent : intents) {
            if (forerunners.keepSecret(intent)) {
                heldBack.put(
                        intent,
                        forerunners
                                .lost(intent)
                                .orElseGet(() ->
                                        new RpcAnswer.Failure(new RpcException(RpcException.Kind.TRANSIENT, WAITS))));
            }
        }
        return heldBack;
    }

    /** What the node has forgotten; pools drop transactions without a word. A node that does not answer has forgotten nothing. */
    @Override
    public List<StoredIntent> due(List<StoredIntent> waiting, BlockHeader head) {
        List<RpcAnswer> answers = rpc.callAll(waiting.stream()
                .map(intent -> RpcRequest.of(
                        "eth_getTransactionByHash",
                        intent.attempts().getLast().hash().hex()))
                .toList());
        List<StoredIntent> forgotten = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof RpcAnswer.Result(var json) && json.isNull()) {
                forgotten.add(waiting.get(i));
            }
        }
        return forgotten;
    }
}
