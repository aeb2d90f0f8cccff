package plimsoll.chain.tx;

import java.util.ArrayList;
import java.util.List;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcRequest;

/** Sends to the public pool of a node, and asks at every block whether the pool still has what was sent. */
public final class NodeBroadcast implements Broadcast {

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
        return rpc.callAll(intents.stream()
                .map(intent -> RpcRequest.of(
                        "eth_sendRawTransaction", intent.attempts().getLast().bytes()))
                .toList());
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
