package plimsoll.chain.rpc;

import java.time.Duration;

/**
 * How to reach a node.
 *
 * @param url http or https; user, password, path and query may hold credentials and are never shown
 * @param connectTimeout the longest wait for a connection
 * @param requestTimeout the longest wait for a whole exchange, a batch included
 * @param maxResponseBytes the largest answer that is read
 * @param maxBatch the most requests sent in one exchange
 */
public record RpcSettings(
        String url, Duration connectTimeout, Duration requestTimeout, int maxResponseBytes, int maxBatch) {

    public RpcSettings {
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || requestTimeout.isNegative()
                || requestTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "RPC timeouts must be positive: connect=" + connectTimeout + " request=" + requestTimeout);
        }
        if (maxResponseBytes < 1 || maxBatch < 1) {
            throw new IllegalArgumentException(
                    "RPC limits must be positive: maxResponseBytes=" + maxResponseBytes + " maxBatch=" + maxBatch);
        }
    }

    /** 2 s to connect, 20 s for an exchange, 64 MiB of answer, 200 requests a batch. */
    public static RpcSettings of(String url) {
        return new RpcSettings(url, Duration.ofSeconds(2), Duration.ofSeconds(20), 64 << 20, 200);
    }

    public RpcSettings withRequestTimeout(Duration timeout) {
        return new RpcSettings(url, connectTimeout, timeout, maxResponseBytes, maxBatch);
    }

    public RpcSettings withMaxResponseBytes(int bytes) {
        return new RpcSettings(url, connectTimeout, requestTimeout, bytes, maxBatch);
    }

    public RpcSettings withMaxBatch(int requests) {
        return new RpcSettings(url, connectTimeout, requestTimeout, maxResponseBytes, requests);
    }

    @Override
    public String toString() {
        return "RpcSettings[" + Endpoint.shown(url) + ", connectTimeout=" + connectTimeout + ", requestTimeout="
                + requestTimeout + ", maxResponseBytes=" + maxResponseBytes + ", maxBatch=" + maxBatch + "]";
    }
}
