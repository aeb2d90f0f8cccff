package plimsoll.chain.pool;

/** What happens in a pool, told as it happens. Called from many threads; must be quick and must not throw. */
public interface PoolEvents {

    /** An endpoint changed its state. */
    void changed(String endpoint, EndpointState from, EndpointState to, String reason);

    /** An endpoint gave a false answer and is out; {@code difference} says in one line what it said and what is so. */
    void lied(String endpoint, String method, String difference);

    /** Endpoints contradict each other and no majority tells who is right: nothing is read or sent until they agree. */
    void blocked(String disagreement);

    /** A disagreement is over. */
    void unblocked(String disagreement, String how);

    /** There is one endpoint only, and what it says is believed unchecked. Told once. */
    void trusting(String endpoint);

    /** Enough endpoints know a new head. */
    void headMoved(Head head);

    /** A read was put to a second endpoint because the first is slower than it usually is. */
    void hedged(String slow, String second, String method);

    /** A call went to another endpoint because this one failed. */
    void failedOver(String endpoint, String method, String reason);

    /** An endpoint gets larger or smaller batches from now on. */
    void resized(String endpoint, int from, int to, String reason);

    /** Audits were left out because too many wait; {@code total} counts all since the start. */
    void auditsDropped(long total);
}
