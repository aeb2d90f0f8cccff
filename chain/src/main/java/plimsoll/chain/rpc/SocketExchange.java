package plimsoll.chain.rpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

/**
 * One message on its way to the node and what comes back.
 *
 * @param feed the subscription that it asks for; null for a request that somebody waits for
 */
record SocketExchange(
        List<Long> ids,
        boolean batch,
        CompletableFuture<List<RpcAnswer>> answer,
        @Nullable SocketFeed feed) {

    static SocketExchange of(List<Long> ids, boolean batch, @Nullable SocketFeed feed) {
        return new SocketExchange(List.copyOf(ids), batch, new CompletableFuture<>(), feed);
    }

    /** One answer for each id; thrown where the exchange was refused as a whole, and as CORRUPT where anything is amiss. */
    List<RpcAnswer> answers(Wire wire, JsonNode message) {
        List<Wire.Envelope> envelopes =
                batch ? wire.batch(message, ids) : List.of(wire.single(message, ids.getFirst()));
        List<RpcAnswer> answers = envelopes.stream().map(wire::read).toList();
        for (RpcAnswer found : answers) {
            if (found instanceof RpcAnswer.Failure(RpcException reason) && reason.kind() == Kind.CORRUPT) {
                throw reason;
            }
        }
        return answers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
