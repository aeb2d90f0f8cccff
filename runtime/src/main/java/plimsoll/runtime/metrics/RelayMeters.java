package plimsoll.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;

/** Counts what happens between us and relays. */
public final class RelayMeters implements RelayEvents {

    private static final String PREFIX = "plimsoll.relay.";

    private final MeterRegistry registry;

    public RelayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    private void count(String name, double by, String... tags) {
        registry.counter(PREFIX + name, tags).increment(by);
    }

    @Override
    public void sent(StoredIntent intent, int relays, BlockNumber first, BlockNumber last) {
        count("sent", 1);
        registry.summary(PREFIX + "takers").record(relays);
    }

    @Override
    public void unsent(StoredIntent intent, int relays) {
        count("unsent", 1);
    }

    @Override
    public void failed(String relay, RpcException reason, int bundles) {
        count(
                "failures",
                bundles,
                "relay",
                relay,
                "kind",
                reason.kind().toString().toLowerCase(Locale.ROOT));
    }

    @Override
    public void wentPublic(StoredIntent intent, long blocks) {
        count("went.public", 1);
    }

    @Override
    public void withdrawn(StoredIntent intent, int bundles) {
        count("withdrawn", bundles);
    }
}
