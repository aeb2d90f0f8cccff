package plimsoll.chain.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.LeaseLostException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** An intent store that outlives the sender but not the process. */
public final class MemoryIntentStore implements IntentStore {

    private final InstantSource clock;
    private final Map<Lane, Lease> leases = new HashMap<>();
    private final TreeMap<Long, StoredIntent> intents = new TreeMap<>();

    public MemoryIntentStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Lease> acquire(Lane lane, String holder, Duration time) {
        Lease current = leases.get(lane);
        boolean taken = current != null
                && !current.holder().equals(holder)
                && current.expires().isAfter(clock.instant());
        if (taken) {
            return Optional.empty();
        }
        long token = current == null ? 1 : current.token() + 1;
        return Optional.of(put(new Lease(lane, holder, token, clock.instant().plus(time))));
    }

    @Override
    public synchronized Lease renew(Lease lease, Duration time) {
        verify(lease);
        return put(new Lease(
                lease.lane(), lease.holder(), lease.token(), clock.instant().plus(time)));
    }

    @Override
    public synchronized void release(Lease lease) {
        Lease current = leases.get(lease.lane());
        if (current != null && current.token() == lease.token()) {
            put(new Lease(lease.lane(), lease.holder(), lease.token(), Instant.EPOCH));
        }
    }

    @Override
    public synchronized List<Planning> plan(Lease lease, Nonce first, List<TransactionIntent> wanted, Instant at) {
        verify(lease);
        Nonce next = first;
        TreeMap<Long, StoredIntent> planned = new TreeMap<>();
        List<Planning> plannings = new ArrayList<>();
        for (TransactionIntent intent : wanted) {
            Optional<StoredIntent> known = Stream.concat(intents.values().stream(), planned.values().stream())
                    .filter(stored -> stored.reason().equals(intent.reason()))
                    .findFirst();
            if (known.isPresent()) {
                plannings.add(new Planning(known.get(), false));
                continue;
            }
            long id = (intents.isEmpty() ? 0 : intents.lastKey()) + planned.size() + 1;
            StoredIntent stored =
                    new StoredIntent(id, lease.lane(), next, intent, new IntentState.Planned(), List.of(), at);
            requireFree(stored);
            planned.put(id, stored);
            plannings.add(new Planning(stored, true));
            next = next.next();
        }
        intents.putAll(planned);
        return plannings;
    }

    @Override
    public synchronized void sign(Lease lease, List<Signing> attempts) {
        verify(lease);
        attempts.forEach(signing -> require(signing.intentId()));
        for (Signing signing : attempts) {
            intents.put(signing.intentId(), require(signing.intentId()).signed(signing.attempt()));
        }
    }

    @Override
    public synchronized void record(Lease lease, List<Change> changes) {
        verify(lease);
        changes.forEach(change -> require(change.intentId()));
        for (Change change : changes) {
            intents.put(change.intentId(), require(change.intentId()).with(change.state()));
        }
    }

    @Override
    public synchronized StoredIntent replan(Lease lease, long intentId, IntentState.Dropped yielded, Nonce nonce) {
        verify(lease);
        StoredIntent before = require(intentId);
        StoredIntent after = new StoredIntent(
                intentId,
                before.lane(),
                nonce,
                before.intent(),
                new IntentState.Planned(),
                List.of(),
                before.plannedAt());
        requireFree(after);
        intents.put(intentId, after);
        long id = intents.lastKey() + 1;
        intents.put(id, IntentStore.yieldedRecord(id, before, yielded));
        return after;
    }

    @Override
    public synchronized Optional<StoredIntent> at(Lane lane, Nonce nonce) {
        return holding(lane).filter(intent -> intent.nonce().equals(nonce)).findFirst();
    }

    @Override
    public synchronized Optional<StoredIntent> find(String reason) {
        return intents.values().stream()
                .filter(intent -> intent.reason().equals(reason))
                .findFirst();
    }

    @Override
    public synchronized List<StoredIntent> unfinished(Lane lane) {
        return on(lane).stream().filter(intent -> !intent.state().isFinished()).toList();
    }

    @Override
    public synchronized Optional<Nonce> highestNonce(Lane lane) {
        return holding(lane).map(StoredIntent::nonce).max(Comparator.naturalOrder());
    }

    @Override
    public synchronized Wei spentSince(Lane lane, Instant since) {
        Wei spent = Wei.ZERO;
        for (StoredIntent intent : on(lane)) {
            if (!intent.plannedAt().isBefore(since)) {
                spent = spent.plus(cost(intent));
            }
        }
        return spent;
    }

    /** Every intent of a lane, by nonce. */
    public synchronized List<StoredIntent> on(Lane lane) {
        return intents.values().stream()
                .filter(intent -> intent.lane().equals(lane))
                .sorted(Comparator.comparing(StoredIntent::nonce))
                .toList();
    }

    /** Those whose nonce is theirs: a bid that was withdrawn has given it back. */
    private Stream<StoredIntent> holding(Lane lane) {
        return on(lane).stream().filter(intent -> !(intent.state() instanceof IntentState.Withdrawn));
    }

    private static Wei cost(StoredIntent intent) {
        Wei value = intent.intent().value();
        return switch (intent.state()) {
            case IntentState.Mined(var in) -> in.succeeded() ? in.fee().plus(value) : in.fee();
            case IntentState.Final(var in) -> in.fee().plus(value);
            case IntentState.Reverted(var in, String _) -> in.fee();
            case IntentState.Dropped(var in, String _) -> in.fee();
            case IntentState.Planned _,
                    IntentState.Signed _,
                    IntentState.Sent _,
                    IntentState.Replaced _,
                    IntentState.Withdrawn _ -> Wei.ZERO;
        };
    }

    private void requireFree(StoredIntent wanted) {
        if (at(wanted.lane(), wanted.nonce()).isPresent()) {
            throw new IllegalStateException(
                    "Nonce is planned already: lane=" + wanted.lane() + " nonce=" + wanted.nonce());
        }
    }

    private Lease put(Lease lease) {
        leases.put(lease.lane(), lease);
        return lease;
    }

    private void verify(Lease lease) {
        Lease current = leases.get(lease.lane());
        if (current == null || current.token() != lease.token()) {
            throw new LeaseLostException(lease);
        }
    }

    private StoredIntent require(long id) {
        StoredIntent intent = intents.get(id);
        if (intent == null) {
            throw new IllegalArgumentException("Intent is unknown: id=" + id);
        }
        return intent;
    }
}
