package plimsoll.chain.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A method with its parameters; parameters are text, numbers, booleans, lists, maps or JSON trees. */
public record RpcRequest(String method, List<?> params) {

    public RpcRequest {
        params = Collections.unmodifiableList(new ArrayList<>(params)); // may hold null: some methods want it
    }

    public static RpcRequest of(String method, Object... params) {
        return new RpcRequest(method, List.of(params));
    }
}
