package plimsoll.chain.testing;

import plimsoll.chain.pool.EndpointState;
import plimsoll.chain.pool.Head;
import plimsoll.chain.pool.PoolEvents;

/** Hears everything and says nothing. */
public class SilentPoolEvents implements PoolEvents {

    @Override
    public void changed(String endpoint, EndpointState from, EndpointState to, String reason) {}

    @Override
    public void lied(String endpoint, String method, String difference) {}

    @Override
    public void blocked(String disagreement) {}

    @Override
    public void unblocked(String disagreement, String how) {}

    @Override
    public void trusting(String endpoint) {}

    @Override
    public void headMoved(Head head) {}

    @Override
    public void hedged(String slow, String second, String method) {}

    @Override
    public void failedOver(String endpoint, String method, String reason) {}

    @Override
    public void resized(String endpoint, int from, int to, String reason) {}

    @Override
    public void auditsDropped(long total) {}
}
