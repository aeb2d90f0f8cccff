package plimsoll.chain.pool;

import java.time.Duration;
import java.util.Optional;

/**
 * One endpoint of the pool.
 *
 * @param name how logs, metrics and alerts call it; unique in the pool
 * @param url http or https; may hold credentials and is never shown
 * @param webSocket ws or wss, for news of new blocks; may hold credentials and is never shown
 * @param operator whose machine and view of the chain it is; endpoints of one operator count as one voice
 * @param weight its share of the reads beside others of equal speed, above 0
 * @param maxInFlight the most exchanges at once
 * @param maxPerSecond the most requests a second, each of a batch counted
 * @param maxBatch the most requests in one exchange; fewer once the endpoint refused larger ones
 * @param requestTimeout the longest wait for an exchange
 */
public record EndpointSettings(
        String name,
        String url,
        Optional<String> webSocket,
        String operator,
        double weight,
        int maxInFlight,
        double maxPerSecond,
        int maxBatch,
        Duration requestTimeout) {

    public EndpointSettings {
        if (name.isBlank() || operator.isBlank()) {
            throw new IllegalArgumentException(
                    "Endpoint needs a name and an operator: name=" + name + " operator=" + operator);
        }
        if (!(weight > 0) || !Double.isFinite(weight) || !(maxPerSecond > 0) || maxInFlight < 1 || maxBatch < 1) {
            throw new IllegalArgumentException("Endpoint's limits must be positive: name=" + name + " weight=" + weight
                    + " maxPerSecond=" + maxPerSecond + " maxInFlight=" + maxInFlight + " maxBatch=" + maxBatch);
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "Endpoint's time limit must be positive: name=" + name + " requestTimeout=" + requestTimeout);
        }
    }

    /** Its own operator, weight 1, 64 exchanges at once, no limit a second, 200 requests a batch, 10 s an exchange. */
    public static EndpointSettings of(String name, String url) {
        return new EndpointSettings(
                name, url, Optional.empty(), name, 1, 64, Double.MAX_VALUE, 200, Duration.ofSeconds(10));
    }

    public EndpointSettings withWebSocket(String wsUrl) {
        return new EndpointSettings(
                name, url, Optional.of(wsUrl), operator, weight, maxInFlight, maxPerSecond, maxBatch, requestTimeout);
    }

    public EndpointSettings withOperator(String who) {
        return new EndpointSettings(
                name, url, webSocket, who, weight, maxInFlight, maxPerSecond, maxBatch, requestTimeout);
    }

    public EndpointSettings withWeight(double share) {
        return new EndpointSettings(
                name, url, webSocket, operator, share, maxInFlight, maxPerSecond, maxBatch, requestTimeout);
    }

    public EndpointSettings withMaxInFlight(int exchanges) {
        return new EndpointSettings(
                name, url, webSocket, operator, weight, exchanges, maxPerSecond, maxBatch, requestTimeout);
    }

    public EndpointSettings withMaxPerSecond(double requests) {
        return new EndpointSettings(
                name, url, webSocket, operator, weight, maxInFlight, requests, maxBatch, requestTimeout);
    }

    public EndpointSettings withMaxBatch(int requests) {
        return new EndpointSettings(
                name, url, webSocket, operator, weight, maxInFlight, maxPerSecond, requests, requestTimeout);
    }

    public EndpointSettings withRequestTimeout(Duration timeout) {
        return new EndpointSettings(
                name, url, webSocket, operator, weight, maxInFlight, maxPerSecond, maxBatch, timeout);
    }

    @Override
    public String toString() {
        return "EndpointSettings[" + name + ", operator=" + operator + "]";
    }
}
