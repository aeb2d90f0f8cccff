package plimsoll.chain.relay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;

/** Writes what happens between us and relays, one line an event. */
public final class RelayLog implements RelayEvents {

    private static final Logger LOG = LoggerFactory.getLogger(RelayLog.class);

    @Override
    public void sent(StoredIntent intent, int relays, BlockNumber first, BlockNumber last) {
        LOG.info("bundles sent: {} relays={} blocks={}..{}", facts(intent), relays, first, last);
    }

    @Override
    public void unsent(StoredIntent intent, int relays) {
        LOG.warn("no relay took the bundle, will be sent again: {} relays={}", facts(intent), relays);
    }

    @Override
    public void failed(String relay, RpcException reason, int bundles) {
        LOG.warn("relay failed: relay={} bundles={} because={}", relay, bundles, reason.getMessage());
    }

    @Override
    public void wentPublic(StoredIntent intent, long blocks) {
        LOG.warn("transaction goes public, no relay brought it into a block: {} blocks={}", facts(intent), blocks);
    }

    @Override
    public void withdrawn(StoredIntent intent, int bundles) {
        LOG.debug("bundles withdrawn: {} bundles={}", facts(intent), bundles);
    }

    private static String facts(StoredIntent intent) {
        String tx = intent.attempts().isEmpty()
                ? "none"
                : intent.attempts().getLast().hash().hex();
        return "reason=" + intent.reason() + " lane=" + intent.lane() + " nonce=" + intent.nonce() + " tx=" + tx;
    }
}
