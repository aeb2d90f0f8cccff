package plimsoll.chain.tx;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.units.Gas;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * The lane's unfinished intents. Every change goes to the store first, then here, then to whoever listens, so that a crash
 * between two steps repeats a step and never skips one.
 */
final class OpenIntents {

    static final Gas NO_OP = new Gas(21_000);

    /** An attempt that is wanted. */
    record Order(StoredIntent intent, Fees fees, Attempt.Purpose purpose) {}

    private final IntentStore store;
    private final Signer signer;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Broadcast broadcast;
    private final ConcurrentSkipListMap<Nonce, StoredIntent> open = new ConcurrentSkipListMap<>();
    private volatile Lease lease;
    private boolean isCertain = true;

    OpenIntents(
            IntentStore store,
            Signer signer,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast,
            Lease lease) {
        this.store = store;
        this.signer = signer;
        this.clock = clock;
        this.events = events;
        this.broadcast = broadcast;
        this.lease = lease;
    }

    Lane lane() {
        return lease.lane();
    }

    Lease lease() {
        return lease;
    }

    void renew(Duration time) {
        lease = store.renew(lease, time);
    }

    /** False after a write that failed: it may have been written all the same, and only the store knows. */
    boolean isCertain() {
        return isCertain;
    }

    void reload() {
        List<StoredIntent> unfinished = store.unfinished(lane());
        open.clear();
        unfinished.forEach(this::add);
        isCertain = true;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void add(StoredIntent intent) {
        open.putIfAbsent(intent.nonce(), intent);
    }

    Collection<StoredIntent> all() {
        return open.values();
    }

    @Nullable
    StoredIntent at(Nonce nonce) {
        return open.get(nonce);
    }

    Optional<Nonce> highest() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.lastKey());
    }

    /** The intents that only each other keep from being mined: consecutive nonces from the first that the chain has not used. */
    List<StoredIntent> executable(Nonce first) {
        List<StoredIntent> run = new ArrayList<>();
        Nonce next = first;
        for (StoredIntent intent : open.tailMap(first).values()) {
            if (!intent.nonce().equals(next) || intent.state().standing().isPresent()) {
                break;
            }
            run.add(intent);
            next = next.next();
        }
        return run;
    }

    /** The most that the open intents that no block holds can still cost. */
    Wei committed(FeeQuote now) {
        Wei sum = Wei.ZERO;
        for (StoredIntent intent : open.values()) {
            if (intent.state().standing().isEmpty()) {
                sum = sum.plus(
                        worst(intent, now.offer(intent.intent(), intent.intent().urgency())));
            }
        }
        return sum;
    }

    /** The dearest of an intent's attempts; where there is none yet, what the first would cost. */
    static Wei worst(StoredIntent intent, Fees first) {
        Wei worst = Wei.ZERO;
        for (Attempt attempt : intent.attempts()) {
            worst = max(worst, cost(intent, Fees.of(attempt), attempt.purpose()));
        }
        return intent.attempts().isEmpty() ? cost(intent, first, new Attempt.Purpose.Act()) : worst;
    }

    static Wei cost(StoredIntent intent, Fees fees, Attempt.Purpose purpose) {
        TransactionIntent wanted = intent.intent();
        return purpose instanceof Attempt.Purpose.Act
                ? fees.maxFee().times(wanted.gasLimit()).plus(wanted.value())
                : fees.maxFee().times(NO_OP);
    }

    private static Wei max(Wei a, Wei b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Signs and stores what is ordered; returns the nonces whose bytes are new. */
    List<Nonce> sign(List<Order> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        List<IntentStore.Signing> signings = new ArrayList<>();
        for (Order order : orders) {
            signings.add(new IntentStore.Signing(order.intent().id(), attempt(order)));
        }
        isCertain = false;
        store.sign(lease, signings);
        isCertain = true;
        List<Nonce> nonces = new ArrayList<>();
        for (int i = 0; i < signings.size(); i++) {
            StoredIntent before = orders.get(i).intent();
            Attempt attempt = signings.get(i).attempt();
            StoredIntent signed = before.signed(attempt);
            open.put(signed.nonce(), signed);
            nonces.add(signed.nonce());
            if (attempt.cancels()
                    && !before.attempts().isEmpty()
                    && !before.attempts().getLast().cancels()) {
                broadcast.settled(signed);
            }
            events.signed(signed, attempt);
        }
        return nonces;
    }

    private Attempt attempt(Order order) {
        StoredIntent intent = order.intent();
        TransactionIntent wanted = intent.intent();
        boolean acts = order.purpose() instanceof Attempt.Purpose.Act;
        SignedTransaction signed = signer.sign(new UnsignedTransaction(
                lane().chain(),
                intent.nonce(),
                order.fees().maxPriorityFee(),
                order.fees().maxFee(),
                acts ? wanted.gasLimit() : NO_OP,
                acts ? wanted.to() : signer.address(),
                acts ? wanted.value() : Wei.ZERO,
                acts ? wanted.data() : "0x"));
        return new Attempt(
                intent.attempts().size() + 1,
                order.fees().maxFee(),
                order.fees().maxPriorityFee(),
                signed.hash(),
                signed.bytes(),
                order.purpose(),
                clock.instant());
    }

    /** Stores the states that the intents have reached, as far as they are new. */
    void change(List<StoredIntent> reached) {
        List<StoredIntent> changed = reached.stream()
                .filter(intent -> !intent.equals(open.get(intent.nonce())))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        isCertain = false;
        store.record(
                lease,
                changed.stream()
                        .map(intent -> new IntentStore.Change(intent.id(), intent.state()))
                        .toList());
        isCertain = true;
        for (StoredIntent intent : changed) {
            if (intent.state().isFinished()) {
                open.remove(intent.nonce());
                broadcast.settled(intent);
            } else {
                open.put(intent.nonce(), intent);
            }
            events.reached(intent);
        }
    }

    /** Gives an intent that has yielded, for good, its new nonce. */
    void replan(StoredIntent yielded, IntentState.Dropped state, Nonce nonce) {
        isCertain = false;
        StoredIntent again = store.replan(lease, yielded.id(), state, nonce);
        isCertain = true;
        open.remove(yielded.nonce());
        open.put(nonce, again);
        broadcast.settled(yielded);
        events.replanned(again, yielded.nonce());
    }
}
