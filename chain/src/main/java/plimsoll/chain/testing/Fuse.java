package plimsoll.chain.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** Ends a sender's life at one chosen point: just before or just after one of its calls to the store or the node. */
public final class Fuse {

    /** Not an exception that anyone could catch and survive. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Runnable end;
    private long left;
    private long burned;
    private boolean blown;

    /** Blows at the call number {@code point}, counting each call twice: before and after. */
    public Fuse(long point) {
        this(point, () -> {
            throw new Crash();
        });
    }

    /** The same with another end, which does not return; 0 never blows. */
    public Fuse(long point, Runnable end) {
        this.left = point;
        this.end = end;
    }

    /** How many points were passed. */
    public long burned() {
        return burned;
    }

    public boolean isBlown() {
        return blown;
    }

    private void burn() {
        burned++;
        if (blown || --left == 0) {
            blown = true;
            end.run();
        }
    }

    private <T> T around(Supplier<T> call) {
        burn();
        T result = call.get();
        burn();
        return result;
    }

    public JsonRpc on(JsonRpc node) {
        return new JsonRpc() {
            @Override
            public JsonNode call(RpcRequest request) {
                return around(() -> node.call(request));
            }

            @Override
            public List<RpcAnswer> callAll(List<RpcRequest> requests) {
                return around(() -> node.callAll(requests));
            }

            @Override
            public String endpoint() {
                return node.endpoint();
            }
        };
    }

    public IntentStore on(IntentStore store) {
        return new IntentStore() {
            @Override
            public Optional<Lease> acquire(Lane lane, String holder, Duration time) {
                return around(() -> store.acquire(lane, holder, time));
            }

            @Override
            public Lease renew(Lease lease, Duration time) {
                return around(() -> store.renew(lease, time));
            }

            @Override
            public void release(Lease lease) {
                store.release(lease);
            }

            @Override
            public List<Planning> plan(Lease lease, Nonce first, List<TransactionIntent> intents, Instant at) {
                return around(() -> store.plan(lease, first, intents, at));
            }

            @Override
            public void sign(Lease lease, List<Signing> attempts) {
                burn();
                store.sign(lease, attempts);
                burn();
            }

            @Override
            public void record(Lease lease, List<Change> changes) {
                burn();
                store.record(lease, changes);
                burn();
            }

            @Override
            public StoredIntent replan(Lease lease, long intentId, IntentState.Dropped yielded, Nonce nonce) {
                return around(() -> store.replan(lease, intentId, yielded, nonce));
            }

            @Override
            public Optional<StoredIntent> at(Lane lane, Nonce nonce) {
                return around(() -> store.at(lane, nonce));
            }

            @Override
            public Optional<StoredIntent> find(String reason) {
                return store.find(reason);
            }

            @Override
            public List<StoredIntent> unfinished(Lane lane) {
                return around(() -> store.unfinished(lane));
            }

            @Override
            public Optional<Nonce> highestNonce(Lane lane) {
                return around(() -> store.highestNonce(lane));
            }

            @Override
            public Wei spentSince(Lane lane, Instant since) {
                return store.spentSince(lane, since);
            }
        };
    }
}
