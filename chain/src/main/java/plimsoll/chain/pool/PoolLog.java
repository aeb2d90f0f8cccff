package plimsoll.chain.pool;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens in a pool, one line an event. */
public final class PoolLog implements PoolEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PoolLog.class);

    private final AtomicLong nextDropLine = new AtomicLong(1);

    @Override
    public void changed(String endpoint, EndpointState from, EndpointState to, String reason) {
        switch (to) {
            case UNTRIED, ALIVE -> LOG.info("endpoint {}: endpoint={} was={} because={}", to, endpoint, from, reason);
            case BEHIND, COOLING -> LOG.warn("endpoint {}: endpoint={} was={} because={}", to, endpoint, from, reason);
            case WRONG_CHAIN ->
                LOG.error(
                        "endpoint WRONG_CHAIN: endpoint={} was={} because={}; correct its URL", endpoint, from, reason);
            case DISTRUSTED ->
                LOG.error(
                        "endpoint DISTRUSTED: endpoint={} was={} because={}; ask its operator, or replace it",
                        endpoint,
                        from,
                        reason);
        }
    }

    @Override
    public void lied(String endpoint, String method, String difference) {
        LOG.error("endpoint gave a false answer: endpoint={} method={} {}", endpoint, method, difference);
    }

    @Override
    public void blocked(String disagreement) {
        LOG.error("endpoints disagree, nothing is read or sent until they agree: {}; add an endpoint", disagreement);
    }

    @Override
    public void unblocked(String disagreement, String how) {
        LOG.warn("endpoints agree again: {} because={}", disagreement, how);
    }

    @Override
    public void trusting(String endpoint) {
        LOG.warn("one endpoint is believed unchecked: endpoint={}", endpoint);
    }

    @Override
    public void headMoved(Head head) {
        LOG.debug("head agreed: block={} hash={}", head.number(), head.hash());
    }

    @Override
    public void hedged(String slow, String second, String method) {
        LOG.debug("read hedged: slow={} second={} method={}", slow, second, method);
    }

    @Override
    public void failedOver(String endpoint, String method, String reason) {
        LOG.debug("call went to another endpoint: endpoint={} method={} because={}", endpoint, method, reason);
    }

    @Override
    public void resized(String endpoint, int from, int to, String reason) {
        if (to < from) {
            LOG.info("batches made smaller: endpoint={} from={} to={} because={}", endpoint, from, to, reason);
        } else {
            LOG.debug("batches made larger: endpoint={} from={} to={}", endpoint, from, to);
        }
    }

    /** At 1, 2, 4, 8, ... left out: repeats are counted, not repeated. */
    @Override
    public void auditsDropped(long total) {
        long next = nextDropLine.get();
        if (total >= next && nextDropLine.compareAndSet(next, 2 * total)) {
            LOG.warn("audits left out, too many wait: total={}", total);
        }
    }
}
