package plimsoll.chain.rpc;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Something that answers JSON-RPC requests: one node, several behind one face, or a simulated one. */
public interface JsonRpc {

    /**
     * The result of one request, {@code NullNode} where the node answered null.
     *
     * @throws RpcException where there is no result
     */
    JsonNode call(RpcRequest request);

    /**
     * One answer for each request, in the same order; requests may travel as one batch. A refusal of one request is its
     * own answer and leaves the others alone.
     *
     * @throws RpcException where the exchange as a whole failed
     */
    List<RpcAnswer> callAll(List<RpcRequest> requests);

    /** Where the answers come from, fit for a log: never with credentials. */
    String endpoint();

    default JsonNode call(String method, Object... params) {
        return call(RpcRequest.of(method, params));
    }
}
