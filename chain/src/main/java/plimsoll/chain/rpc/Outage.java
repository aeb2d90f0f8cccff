package plimsoll.chain.rpc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import plimsoll.chain.rpc.RpcException.Kind;

/** Says in our words why a node could not be reached; the library's own words may quote the URL. */
final class Outage {

    private Outage() {}

    static RpcException of(IOException e, String what, Endpoint endpoint) {
        String found = switch (e) {
            case UnknownHostException _ -> "Node's host is unknown";
            case ConnectException _ -> "Node refused the connection";
            case InterruptedIOException _ ->
                Thread.currentThread().isInterrupted() ? "Exchange was interrupted" : "Node did not answer in time";
            case SSLException _ -> "Node failed the TLS handshake";
            default -> "Connection to the node broke";
        };
        return new RpcException(Kind.TRANSIENT, found + ": " + what + " node=" + endpoint, e);
    }

    /** @param status of the HTTP answer to the request for a WebSocket, 0 where there was none */
    static RpcException ofSocket(Throwable failure, int status, Endpoint endpoint) {
        if (status != 0 && status != 101) {
            return new RpcException(
                    Verdict.ofHttp(status),
                    status,
                    "Node refused the WebSocket: http=" + status + " node=" + endpoint,
                    Optional.empty());
        }
        return switch (failure) {
            case MeteredSockets.TooLargeException e ->
                new RpcException(Kind.REJECTED, e.getMessage() + " node=" + endpoint);
            case ProtocolException e ->
                RpcException.corrupt("Node broke the WebSocket protocol: "
                        + endpoint.clean(String.valueOf(e.getMessage())) + " node=" + endpoint);
            case IOException e -> of(e, "socket", endpoint);
            default ->
                new RpcException(
                        Kind.TRANSIENT,
                        "Connection failed: " + failure.getClass().getSimpleName() + " node=" + endpoint);
        };
    }
}
