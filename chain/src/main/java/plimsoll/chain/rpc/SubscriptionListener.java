package plimsoll.chain.rpc;

import tools.jackson.databind.JsonNode;

/**
 * Hears one subscription, one call at a time and in order, on a thread of its own.
 *
 * <p>A subscription tells only what happens while it stands. Between {@link #lost} and the next {@link #connected} anything
 * may have happened, so the owner polls while it is lost, and reads what it may have missed each time it is connected.
 */
public interface SubscriptionListener {

    /** The subscription stands: whatever happens from now on is told. What happened before must be read. */
    void connected();

    /** What the node told, as it came: the {@code result} of the notification. */
    void notified(JsonNode notification);

    /**
     * Nothing will be told until {@link #connected}, which is tried without end. Told once a loss, and also where the first
     * attempt fails.
     *
     * @param reason TRANSIENT where the node is away or silent or the listener too slow, REJECTED where it refuses the
     *     subscription, CORRUPT where it sent what the protocol does not allow
     */
    void lost(RpcException reason);
}
