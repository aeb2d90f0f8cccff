package plimsoll.chain.testing;

import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;

/** Hears everything and says nothing. */
public class SilentRelayEvents implements RelayEvents {

    @Override
    public void sent(StoredIntent intent, int relays, BlockNumber first, BlockNumber last) {}

    @Override
    public void unsent(StoredIntent intent, int relays) {}

    @Override
    public void failed(String relay, RpcException reason, int bundles) {}

    @Override
    public void wentPublic(StoredIntent intent, long blocks) {}

    @Override
    public void withdrawn(StoredIntent intent, int bundles) {}
}
