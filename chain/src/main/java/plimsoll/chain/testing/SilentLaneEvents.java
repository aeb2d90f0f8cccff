package plimsoll.chain.testing;

import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;

/** Hears everything and says nothing. */
public class SilentLaneEvents implements LaneEvents {

    @Override
    public void opened(Lease lease, Nonce next, int unfinished) {}

    @Override
    public void planned(StoredIntent intent) {}

    @Override
    public void signed(StoredIntent intent, Attempt attempt) {}

    @Override
    public void reached(StoredIntent intent) {}

    @Override
    public void reorganised(StoredIntent intent, Inclusion lost) {}

    @Override
    public void refused(StoredIntent intent, RpcException reason) {}

    @Override
    public void cancelling(StoredIntent intent, String reason) {}

    @Override
    public void heldByCap(StoredIntent intent, GasPrice cap) {}

    @Override
    public void troubled(Lane lane, RuntimeException reason) {}

    @Override
    public void lost(Lease lease) {}
}
