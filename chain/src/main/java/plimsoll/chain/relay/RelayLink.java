package plimsoll.chain.relay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/**
 * One relay and what it holds of ours. It is not sent twice what it has; what it refused it is asked again at the next head;
 * while it does not answer it is left alone for a moment.
 */
final class RelayLink {

    private record Silence(BlockHash head, Instant since) {}

    private final Relay relay;
    private final RelaySettings settings;
    private final RelayEvents events;
    private final Map<UUID, Bundle> held = new ConcurrentHashMap<>();
    private final Map<UUID, Bundle> refused = new ConcurrentHashMap<>();
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private volatile Optional<BlockHash> refusedAt = Optional.empty();
    private volatile Optional<Silence> silence = Optional.empty();

    RelayLink(Relay relay, RelaySettings settings, RelayEvents events) {
        this.relay = relay;
        this.settings = settings;
        this.events = events;
    }

    boolean holds(Bundle bundle) {
        return bundle.equals(held.get(bundle.name()));
    }

    /** Whether it has refused the bundle since {@code head} is the newest block. */
    boolean hasRefused(Bundle bundle, BlockHash head) {
        return refusedAt.filter(head::equals).isPresent() && bundle.equals(refused.get(bundle.name()));
    }

    /** Whether the relay can be asked now, or is still at an earlier request, or has just failed to answer one. */
    boolean mayBeAsked(BlockHash head, Instant now) {
        boolean isSilent = silence.filter(
                        it -> it.head().equals(head) && now.isBefore(it.since().plus(settings.retryAfter())))
                .isPresent();
        return !isSilent && !isBusy.get();
    }

    /** Hands over what the relay lacks, and returns when it has answered or failed to. */
    void deliver(List<Bundle> bundles, BlockHash head, Instant now) {
        List<Bundle> missing = bundles.stream()
                .filter(bundle -> !holds(bundle) && !hasRefused(bundle, head))
                .toList();
        if (missing.isEmpty() || !mayBeAsked(head, now) || !isBusy.compareAndSet(false, true)) {
            return;
        }
        try {
            silence = Optional.empty();
            if (refusedAt.filter(head::equals).isEmpty()) {
                refused.clear();
                refusedAt = Optional.of(head);
            }
            Round round = new Round();
            round.offer(missing);
            Optional<RpcException> failure = round.failure.get();
            if (!isAnswering(failure)) {
                silence = Optional.of(new Silence(head, now));
            }
            failure.ifPresent(reason -> events.failed(relay.name(), reason, missing.size() - round.taken.get()));
        } finally {
            isBusy.set(false);
        }
    }

    /** Takes bundles back; a relay that does not answer keeps them, and they die with their blocks. */
    void withdraw(List<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            if (held.remove(bundle.name()) == null) {
                continue;
            }
            try {
                relay.cancel(bundle.name());
            } catch (RpcException e) {
                events.failed(relay.name(), e, 1);
                if (e.kind() != Kind.REJECTED) {
                    return;
                }
            }
        }
    }

    /** Bundles for blocks up to this one are of no use any more. */
    void forget(BlockNumber upTo) {
        held.values().removeIf(bundle -> bundle.target().compareTo(upTo) <= 0);
        refused.values().removeIf(bundle -> bundle.target().compareTo(upTo) <= 0);
    }

    /** A refusal concerns one bundle; silence and nonsense concern them all. */
    private static boolean isAnswering(Optional<RpcException> failure) {
        return failure.filter(reason -> reason.kind() != Kind.REJECTED).isEmpty();
    }

    /** Several bundles at a time; the first that finds the relay silent spares it the rest. */
    private final class Round {

        final AtomicReference<Optional<RpcException>> failure = new AtomicReference<>(Optional.empty());
        final AtomicInteger taken = new AtomicInteger();
        private final Semaphore slots = new Semaphore(settings.inFlight());

        void offer(List<Bundle> bundles) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Bundle bundle : bundles) {
                    threads.execute(() -> offer(bundle));
                }
            }
        }

        private void offer(Bundle bundle) {
            slots.acquireUninterruptibly();
            try {
                if (isAnswering(failure.get())) {
                    relay.send(bundle);
                    held.put(bundle.name(), bundle);
                    taken.incrementAndGet();
                }
            } catch (RpcException e) {
                if (e.kind() == Kind.REJECTED) {
                    refused.put(bundle.name(), bundle);
                }
                failure.updateAndGet(known -> isAnswering(known) ? Optional.of(e) : known);
            } finally {
                slots.release();
            }
        }
    }
}
