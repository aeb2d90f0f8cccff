package plimsoll.chain.rpc;

import tools.jackson.databind.JsonNode;

/** What a node said to one request of a batch. */
public sealed interface RpcAnswer {

    record Result(JsonNode json) implements RpcAnswer {}

    record Failure(RpcException reason) implements RpcAnswer {}

    /** The result, or the failure thrown. */
    default JsonNode orThrow() {
        return switch (this) {
            case Result result -> result.json();
            case Failure failure -> throw failure.reason();
        };
    }
}
