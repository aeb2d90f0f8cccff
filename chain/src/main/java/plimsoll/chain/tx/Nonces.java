package plimsoll.chain.tx;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import plimsoll.units.Nonce;

/** The lane's nonces, handed out one after another, each to an intent that is stored under it at once. */
final class Nonces {

    private final IntentStore store;
    private final OpenIntents open;
    private final LaneEvents events;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Nonce> next; // absent: a failed write left it unknown, the store knows
    private volatile Nonce used = new Nonce(0);

    Nonces(IntentStore store, OpenIntents open, LaneEvents events, Nonce next) {
        this.store = store;
        this.open = open;
        this.events = events;
        this.next = Optional.of(next);
    }

    /** Does something while nobody else plans. */
    <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The nonces below this are used on the chain, by us or by a stranger. */
    void setUsed(Nonce count) {
        used = count;
    }

    List<IntentStore.Planning> plan(List<TransactionIntent> intents, Instant at) {
        return exclusively(() -> {
            Nonce first = first();
            next = Optional.empty(); // until the store has answered: it may have written and then failed to say so
            List<IntentStore.Planning> plannings = store.plan(open.lease(), first, intents, at);
            Nonce after = first;
            for (IntentStore.Planning planning : plannings) {
                if (planning.isNew()) {
                    open.add(planning.intent());
                    events.planned(planning.intent());
                    after = after.next();
                }
            }
            next = Optional.of(after);
            return plannings;
        });
    }

    void replan(StoredIntent yielded, IntentState.Dropped state) {
        exclusively(() -> {
            Nonce nonce = first();
            next = Optional.empty();
            open.replan(yielded, state, nonce);
            next = Optional.of(nonce.next());
            return nonce;
        });
    }

    /**
     * Frees the nonce of a bid that no block can hold any more; whether it could be freed, which it cannot while another is planned
     * behind it.
     */
    boolean takeBack(StoredIntent bid, IntentState.Withdrawn state) {
        return exclusively(() -> {
            if (!first().equals(bid.nonce().next())) {
                return false;
            }
            next = Optional.empty();
            open.change(List.of(bid.with(state)));
            next = Optional.of(bid.nonce());
            return true;
        });
    }

    private Nonce first() {
        Nonce known = next.orElseGet(() -> {
            // Whatever the failed write left behind is found by its state and not by our memory of it.
            store.unfinished(open.lane()).forEach(open::add);
            return store.highestNonce(open.lane()).map(Nonce::next).orElse(new Nonce(0));
        });
        return known.compareTo(used) >= 0 ? known : used;
    }
}
