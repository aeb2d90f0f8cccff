package plimsoll.chain.rpc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import plimsoll.chain.rpc.RpcException.Kind;

/** Says in our words why a node could not be reached; the library's own words may quote the URL. */
final class Outage {

    private Outage() {}

    static RpcException of(IOException e, String what, Endpoint endpoint) {
        String found =
                switch (e) {
                    case UnknownHostException _ -> "Node's host is unknown";
                    case ConnectException _ -> "Node refused the connection";
                    case InterruptedIOException _ ->
                        Thread.currentThread().isInterrupted()
                                ? "Exchange was interrupted"
                                : "Node did not answer in time";
                    case SSLException _ -> "Node failed the TLS handshake";
                    default -> "Connection to the node broke";
                };
        return new RpcException(Kind.TRANSIENT, found + ": " + what + " node=" + endpoint, e);
    }
}
