package plimsoll.chain.testing;

import java.util.concurrent.atomic.AtomicInteger;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;

/** Counts what went wrong on a lane, and says nothing. */
public final class CountingLaneEvents extends SilentLaneEvents {

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger troubles = new AtomicInteger();

    @Override
    public void refused(StoredIntent intent, RpcException reason) {
        refusals.incrementAndGet();
    }

    @Override
    public void troubled(Lane lane, RuntimeException reason) {
        troubles.incrementAndGet();
    }

    /** How many transactions a node refused. */
    public int refusals() {
        return refusals.get();
    }

    /** Refusals, and rounds that failed as a whole. */
    public int failures() {
        return refusals.get() + troubles.get();
    }
}
