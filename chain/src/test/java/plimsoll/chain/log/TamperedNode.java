package plimsoll.chain.log;

import java.util.Map;
import java.util.function.BiFunction;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.OneByOne;
import tools.jackson.databind.JsonNode;

/** A node whose answers to questions for logs pass through somebody's hands. */
final class TamperedNode implements OneByOne {

    private final JsonRpc node;
    private final BiFunction<Map<?, ?>, JsonNode, JsonNode> hand;
    private int struck;

    /** @param hand is given the query and the true answer; what it returns is answered */
    TamperedNode(JsonRpc node, BiFunction<Map<?, ?>, JsonNode, JsonNode> hand) {
        this.node = node;
        this.hand = hand;
    }

    int struck() {
        return struck;
    }

    @Override
    public synchronized JsonNode call(RpcRequest request) {
        JsonNode answer = node.call(request);
        if (!request.method().equals("eth_getLogs")) {
            return answer;
        }
        JsonNode changed = hand.apply((Map<?, ?>) request.params().getFirst(), answer);
        struck += changed.equals(answer) ? 0 : 1;
        return changed;
    }

    @Override
    public String endpoint() {
        return node.endpoint();
    }
}
