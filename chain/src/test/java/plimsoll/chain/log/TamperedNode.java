package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import tools.jackson.databind.JsonNode;

/** A node whose answers to questions for logs pass through somebody's hands. */
final class TamperedNode implements JsonRpc {

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
    public List<RpcAnswer> callAll(List<RpcRequest> requests) {
        List<RpcAnswer> answers = new ArrayList<>();
        for (RpcRequest request : requests) {
            try {
                answers.add(new RpcAnswer.Result(call(request)));
            } catch (RpcException e) {
                answers.add(new RpcAnswer.Failure(e));
            }
        }
        return answers;
    }

    @Override
    public String endpoint() {
        return node.endpoint();
    }
}
