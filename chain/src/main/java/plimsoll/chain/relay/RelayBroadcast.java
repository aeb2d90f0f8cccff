package plimsoll.chain.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.Forerunners;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.Nonce;
import tools.jackson.databind.node.StringNode;

/**
 * Sends through several relays at once, a bundle for each of the next blocks. One relay that takes an intent is enough. What
 * no block holds in time goes public or waits on, as the policy says.
 *
 * <p>An intent's bundle begins with the transactions of the lane's earlier open nonces, for a builder has never seen those.
 * How long an intent has waited is counted in this process: after a restart it has its whole private time again.
 */
public final class RelayBroadcast implements Broadcast {

    private final Chain chain;
    private final RelaySettings settings;
    private final RelayEvents events;
    private final InstantSource clock;
    private final List<RelayLink> links;
    private final Map<Lane, Shipments> lanes = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** @param chain tells which nonces are used; its node never gets the bytes from here */
    public RelayBroadcast(
            Chain chain,
            List<? extends Relay> relays,
            RelaySettings settings,
            RelayEvents events,
            InstantSource clock) {
        if (relays.isEmpty()) {
            throw new IllegalArgumentException("At least one relay is needed: found=0");
        }
        this.chain = chain;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
        this.links = relays.stream()
                .map(relay -> new RelayLink(relay, settings, events))
                .toList();
    }

    @Override
    public List<RpcAnswer> send(List<StoredIntent> intents, BlockHeader head) {
        lock.lock();
        try {
            List<Shipment> secret = new ArrayList<>();
            List<Shipment> open = new ArrayList<>();
            Map<StoredIntent, RpcAnswer> answers = new HashMap<>();
            Forerunners forerunners = new Forerunners(chain, head);
            for (StoredIntent intent : intents) {
                Shipment shipment = lane(intent).put(intent, head.number());
                Optional<RpcAnswer> lost = forerunners.lost(intent);
                if (lost.isPresent()) {
                    answers.put(intent, lost.get());
                } else {
                    (isPublic(shipment, forerunners, head) ? open : secret).add(shipment);
                }
            }
            sendPrivately(secret, forerunners, head, answers);
            sendPublicly(open, head, answers);
            return intents.stream().map(answers::get).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Once public, always public; a call that only uses a nonce up has nothing to hide. What stands behind another's pending transaction
     * is never public, and begins to wait when that is in a block.
     */
    private boolean isPublic(Shipment shipment, Forerunners forerunners, BlockHeader head) {
        if (forerunners.keepSecret(shipment.intent())) {
            return false;
        }
        if (Forerunners.of(shipment.intent())
                .filter(shipment.forerunners()::contains)
                .isPresent()) {
            shipment.waitFrom(head.number());
        }
        if (!shipment.isPublic() && settings.policy() instanceof RelayPolicy.PublicAfter(int blocks, Broadcast _)) {
            long waited = head.number().value() - shipment.since().value();
            if (shipment.attempt().cancels()) {
                shipment.goPublic();
            } else if (waited >= blocks) {
                shipment.goPublic();
                events.wentPublic(shipment.intent(), waited);
            }
        }
        return shipment.isPublic();
    }

    private void sendPublicly(List<Shipment> shipments, BlockHeader head, Map<StoredIntent, RpcAnswer> answers) {
        if (shipments.isEmpty() || !(settings.policy() instanceof RelayPolicy.PublicAfter(int _, Broadcast pool))) {
            return;
        }
        List<StoredIntent> intents = shipments.stream().map(Shipment::intent).toList();
        List<RpcAnswer> given = pool.send(intents, head);
        for (int i = 0; i < intents.size(); i++) {
            answers.put(intents.get(i), given.get(i));
        }
    }

    private void sendPrivately(
            List<Shipment> shipments, Forerunners forerunners, BlockHeader head, Map<StoredIntent, RpcAnswer> answers) {
        if (shipments.isEmpty()) {
            return;
        }
        Map<Lane, Nonce> used = new HashMap<>();
        List<Bundle> bundles = new ArrayList<>();
        for (Shipment shipment : shipments) {
            Lane lane = shipment.intent().lane();
            Nonce count = used.computeIfAbsent(lane, it -> chain.transactionCount(it.signer(), head.at()));
            lane(shipment.intent()).pack(shipment, count, head.number(), forerunners, settings);
            bundles.addAll(shipment.bundles());
        }
        used.forEach((lane, count) -> shipments(lane).forget(count));
        links.forEach(link -> link.forget(head.number()));
        Map<Shipment, Long> before = new HashMap<>();
        shipments.forEach(shipment -> before.put(shipment, deliveries(shipment)));
        deliver(bundles, head);
        for (Shipment shipment : shipments) {
            tell(shipment, before.getOrDefault(shipment, 0L));
            answers.put(shipment.intent(), answer(shipment));
        }
    }

    private void deliver(List<Bundle> bundles, BlockHeader head) {
        Instant now = clock.instant();
        atOnce(link -> link.deliver(bundles, head.hash(), now), settings.patience());
    }

    private void tell(Shipment shipment, long before) {
        if (shipment.bundles().isEmpty()) {
            return;
        }
        long relays = relaysWith(shipment);
        if (relays == 0) {
            events.unsent(shipment.intent(), links.size());
        } else if (deliveries(shipment) > before) {
            events.sent(
                    shipment.intent(),
                    (int) relays,
                    shipment.bundles().getFirst().target(),
                    shipment.bundles().getLast().target());
        }
    }

    /** The reasons of relays are told as events: their words mean nothing to a lane, which reads them as a node's. */
    private RpcAnswer answer(Shipment shipment) {
        if (shipment.bundles().isEmpty()) {
            return new RpcAnswer.Failure(new RpcException(
                    Kind.REJECTED,
                    "Nothing to bundle, nonce too low: nonce="
                            + shipment.intent().nonce()));
        }
        return relaysWith(shipment) > 0
                ? new RpcAnswer.Result(
                        StringNode.valueOf(shipment.attempt().hash().hex()))
                : new RpcAnswer.Failure(
                        new RpcException(Kind.TRANSIENT, "No relay took the bundle: relays=" + links.size()));
    }

    private long relaysWith(Shipment shipment) {
        return links.stream()
                .filter(link -> shipment.bundles().stream().anyMatch(link::holds))
                .count();
    }

    private long deliveries(Shipment shipment) {
        return links.stream()
                .mapToLong(
                        link -> shipment.bundles().stream().filter(link::holds).count())
                .sum();
    }

    @Override
    public boolean isDue(StoredIntent intent, BlockHeader head) {
        lock.lock();
        try {
            Optional<Shipment> known = known(intent);
            if (known.isEmpty()) {
                return true; // sent by an earlier process, if at all
            }
            Shipment shipment = known.get();
            if (settings.policy() instanceof RelayPolicy.PublicAfter(int blocks, Broadcast pool)) {
                if (shipment.isPublic()) {
                    return pool.isDue(intent, head);
                }
                if (head.number().value() - shipment.since().value() >= blocks) {
                    return true;
                }
            }
            return shipment.isRunOut(head.number()) || isMissedBySome(shipment, head);
        } finally {
            lock.unlock();
        }
    }

    /** Due as well: whatever stood behind a transaction, ours or another's, that is in a block now, or has become another. */
    @Override
    public List<StoredIntent> due(List<StoredIntent> waiting, BlockHeader head) {
        lock.lock();
        try {
            Map<Lane, Set<Nonce>> open = waiting.stream()
                    .collect(Collectors.groupingBy(
                            StoredIntent::lane, Collectors.mapping(StoredIntent::nonce, Collectors.toSet())));
            List<StoredIntent> published = waiting.stream()
                    .filter(intent -> known(intent).filter(Shipment::isPublic).isPresent())
                    .toList();
            Forerunners forerunners = new Forerunners(chain, head);
            Set<StoredIntent> due = new HashSet<>(
                    published.isEmpty()
                                    || !(settings.policy() instanceof RelayPolicy.PublicAfter(int _, Broadcast pool))
                            ? List.of()
                            : pool.due(published, head));
            for (StoredIntent intent : waiting) {
                List<Nonce> ahead = known(intent).map(Shipment::ahead).orElse(List.of());
                boolean isStranded = !open.getOrDefault(intent.lane(), Set.of()).containsAll(ahead);
                if (!published.contains(intent)
                        && (isStranded || isOutrun(intent, forerunners) || isDue(intent, head))) {
                    due.add(intent);
                }
            }
            return waiting.stream().filter(due::contains).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a transaction of another's in its bundles is pending no more, or one that had been in a block is pending again. */
    private boolean isOutrun(StoredIntent intent, Forerunners forerunners) {
        List<Forerunner> packed = known(intent).map(Shipment::forerunners).orElse(List.of());
        boolean isBack = Forerunners.of(intent)
                .filter(it -> !packed.contains(it) && forerunners.fate(it) != Forerunners.Fate.MINED)
                .isPresent();
        return isBack || packed.stream().anyMatch(it -> forerunners.fate(it) != Forerunners.Fate.PENDING);
    }

    private Optional<Shipment> known(StoredIntent intent) {
        return lane(intent).find(intent.nonce());
    }

    private boolean isMissedBySome(Shipment shipment, BlockHeader head) {
        Instant now = clock.instant();
        return links.stream()
                .anyMatch(link -> link.mayBeAsked(head.hash(), now)
                        && shipment.bundles().stream()
                                .filter(bundle -> bundle.target().compareTo(head.number()) > 0)
                                .anyMatch(bundle -> !link.holds(bundle) && !link.hasRefused(bundle, head.hash())));
    }

    @Override
    public void settled(StoredIntent intent) {
        lock.lock();
        try {
            Optional<Shipment> gone = lane(intent).remove(intent.nonce());
            if (gone.isEmpty()) {
                return;
            }
            Shipment shipment = gone.get();
            if (shipment.isPublic() && settings.policy() instanceof RelayPolicy.PublicAfter(int _, Broadcast pool)) {
                pool.settled(intent);
            }
            long held = deliveries(shipment);
            if (held > 0) {
                // What is finished cannot be harmed by a bundle that lingers; a call that is given up can.
                Duration wait = intent.state().isFinished() ? Duration.ZERO : settings.patience();
                List<Bundle> bundles = shipment.bundles();
                atOnce(link -> link.withdraw(bundles), wait);
                events.withdrawn(intent, (int) held);
            }
        } finally {
            lock.unlock();
        }
    }

    private Shipments lane(StoredIntent intent) {
        return shipments(intent.lane());
    }

    private Shipments shipments(Lane lane) {
        return lanes.computeIfAbsent(lane, _ -> new Shipments());
    }

    /** Each relay in a thread of its own; what takes longer than {@code patience} goes on without us. */
    private void atOnce(Consumer<RelayLink> work, Duration patience) {
        CountDownLatch done = new CountDownLatch(links.size());
        for (RelayLink link : links) {
            Thread.ofVirtual().name("relay").start(() -> {
                try {
                    work.accept(link);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            var _ = done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
