package plimsoll.chain.tx;

import plimsoll.chain.rpc.RpcException;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** What happens on a lane, told as it happens. */
public interface LaneEvents {

    /** The lane is ours; {@code unfinished} intents were found and go on. */
    void opened(Lease lease, Nonce next, int unfinished);

    /** An intent has a nonce and is stored. */
    void planned(StoredIntent intent);

    /** Bytes exist and are stored; attempt 2 and later raise the fees of the one before. */
    void signed(StoredIntent intent, Attempt attempt);

    /** The intent has reached a new state at the node or on the chain. */
    void reached(StoredIntent intent);

    /** A block that held the intent is no longer part of the chain; the same bytes are sent again. */
    void reorganised(StoredIntent intent, Inclusion lost);

    /** A node did not take the bytes this time; they are sent again. */
    void refused(StoredIntent intent, RpcException reason);

    /** The intent is given up for this reason; its nonce is used up by a transaction that does nothing. */
    void cancelling(StoredIntent intent, String reason);

    /** Fees should be raised and may not; the intent waits for gas to become cheaper. */
    void heldByCap(StoredIntent intent, GasPrice cap);

    /** A transaction should be replaced and may not: the day's spend would reach {@code found}. It waits as it is. */
    default void heldByBudget(StoredIntent intent, Wei found, Wei allowed) {}

    /** A node does not know any more what it once accepted; the same bytes are sent again. */
    default void forgotten(StoredIntent intent) {}

    /** {@code intent} stands in the way of a more urgent one and cannot pay enough: its nonce is used up for that one's sake. */
    default void yielding(StoredIntent intent, StoredIntent urgent) {}

    /** The intent gave its nonce up, for good, and has the one that it now shows. */
    default void replanned(StoredIntent intent, Nonce before) {}

    /** A nonce below open ones was used by a stranger whose transaction a reorg took away; {@code filler} uses it up. */
    default void filling(StoredIntent filler) {}

    /** The node's answers about the intent cannot all be true; nothing is concluded from them. */
    default void contradicted(StoredIntent intent, String contradiction) {}

    /** A look at the chain failed as a whole; the next one comes after the poll interval. */
    void troubled(Lane lane, RuntimeException reason);

    /** Another process owns the lane now; this one sends nothing more on it. */
    void lost(Lease lease);
}
