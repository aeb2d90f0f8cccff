package plimsoll.chain.relay;

import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;

/** What happens between us and relays, told as it happens. */
public interface RelayEvents {

    /** Relays have bundles with the intent's newest attempt for each of these blocks; told when some were new to them. */
    void sent(StoredIntent intent, int relays, BlockNumber first, BlockNumber last);

    /** No relay has the intent; it is tried again. */
    void unsent(StoredIntent intent, int relays);

    /** A relay did not take bundles that others may have taken. */
    void failed(String relay, RpcException reason, int bundles);

    /** So many blocks came without the intent that its bytes go to the public pool from now on. */
    void wentPublic(StoredIntent intent, long blocks);

    /** The intent is finished or gave its nonce to another call; bundles for blocks to come are withdrawn. */
    void withdrawn(StoredIntent intent, int bundles);
}
