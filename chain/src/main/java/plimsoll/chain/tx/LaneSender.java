package plimsoll.chain.tx;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * The one owner of a lane. Intents get consecutive nonces as they come and are stored at once; a worker signs, sends,
 * watches, raises fees and resends until each is finished. Whatever a crash interrupts, the next owner finishes.
 *
 * <p>Safe for many threads.
 */
public final class LaneSender implements TransactionSender, AutoCloseable {

    private final IntentStore store;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Lane lane;
    private final OpenIntents open;
    private final Nonces nonces;
    private final Pricing pricing;
    private final LanePass pass;

    private final ReentrantLock turn = new ReentrantLock();
    private final Condition passed = turn.newCondition();
    private final Wake wake = new Wake();
    private volatile boolean closed;
    private volatile boolean lost;

    private LaneSender(
            Chain chain,
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast,
            OpenIntents open,
            Nonce next,
            BlockHeader head) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.lane = open.lane();
        this.open = open;
        this.nonces = new Nonces(store, open, events, next);
        this.pricing = new Pricing(chain, settings, clock, events, store, open);
        this.pass = new LanePass(chain, store, settings, clock, events, broadcast, open, nonces, pricing, head);
    }

    /**
     * Takes the lane and all that an earlier owner left unfinished; absent where another process holds it. Nothing is
     * sent before {@link #start} or {@link #advance}.
     *
     * @throws RpcException where the node serves another chain, or one that has forgotten our final transactions
     */
    public static Optional<LaneSender> open(
            Chain chain,
            Signer signer,
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events) {
        return open(chain, signer, store, settings, clock, events, new NodeBroadcast(chain.rpc()));
    }

    /** The same with another way for signed bytes than the node's public pool. */
    public static Optional<LaneSender> open(
            Chain chain,
            Signer signer,
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast) {
        chain.verifyChainId(settings.chain());
        Lane lane = new Lane(settings.chain(), signer.address());
        return store.acquire(lane, settings.holder(), settings.leaseTime()).map(lease -> {
            BlockHeader head = chain.head();
            if (head.baseFee().isEmpty()) {
                throw new RpcException(
                        Kind.REJECTED, "Chain has no base fee, and only EIP-1559 transactions are made here");
            }
            Nonce count = chain.transactionCount(signer.address(), head.at());
            List<StoredIntent> unfinished = store.unfinished(lane);
            Nonce planned = store.highestNonce(lane).map(Nonce::next).orElse(new Nonce(0));
            Nonce settled =
                    unfinished.isEmpty() ? planned : unfinished.getFirst().nonce();
            if (count.compareTo(settled) < 0) {
                throw RpcException.corrupt(
                        "Chain has forgotten transactions that were final, it is not the chain that they"
                                + " were sent to: lane=" + lane + " chainNonce=" + count + " finishedBelow=" + settled);
            }
            Nonce next = planned.compareTo(count) >= 0 ? planned : count;
            OpenIntents open = new OpenIntents(store, signer, clock, events, broadcast, lease);
            unfinished.forEach(open::add);
            events.opened(lease, next, unfinished.size());
            return new LaneSender(chain, store, settings, clock, events, broadcast, open, next, head);
        });
    }

    /** Works in the background until closed, or until another process takes the lane over. */
    public void start() {
        Thread.ofVirtual().name("lane-" + lane).start(this::work);
    }

    private void work() {
        while (!closed) {
            try {
                advance();
            } catch (LeaseLostException e) {
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    events.troubled(lane, e);
                }
            }
            wake.await(open.isEmpty() ? settings.leaseTime().dividedBy(3) : settings.pollInterval());
        }
    }

    /** One turn of the work: sign and send what is new, look at the chain, settle, raise fees. */
    public void advance() {
        turn.lock();
        try {
            requireOpen();
            pass.run();
        } catch (LeaseLostException e) {
            if (!lost) {
                lost = true;
                events.lost(open.lease());
            }
            throw e;
        } finally {
            passed.signalAll();
            turn.unlock();
        }
    }

    @Override
    public Address address() {
        return lane.signer();
    }

    @Override
    public List<Submission> submitAll(List<TransactionIntent> intents) {
        pricing.quote(); // asked for while nobody waits for the nonces
        try {
            return nonces.exclusively(() -> {
                requireOpen();
                return admit(intents);
            });
        } finally {
            wake.now();
            pass.wake();
        }
    }

    private List<Submission> admit(List<TransactionIntent> intents) {
        Submission[] answers = new Submission[intents.size()];
        List<Integer> places = new ArrayList<>();
        List<TransactionIntent> admitted = new ArrayList<>();
        Budget budget = pricing.budget();
        for (int i = 0; i < answers.length; i++) {
            TransactionIntent intent = intents.get(i);
            Optional<Submission> refusal = refusal(intent, budget);
            if (refusal.isEmpty()) {
                places.add(i);
                admitted.add(intent);
            } else {
                answers[i] = find(intent.reason())
                        .<Submission>map(Submission.Known::new)
                        .orElse(refusal.get());
            }
        }
        List<IntentStore.Planning> plannings = admitted.isEmpty() ? List.of() : nonces.plan(admitted, clock.instant());
        for (int i = 0; i < plannings.size(); i++) {
            IntentStore.Planning planning = plannings.get(i);
            answers[places.get(i)] = planning.isNew()
                    ? new Submission.Accepted(planning.intent())
                    : new Submission.Known(planning.intent());
        }
        return Arrays.asList(answers);
    }

    private Optional<Submission> refusal(TransactionIntent intent, Budget budget) {
        if (intent.isOverdue(clock.instant())) {
            return Optional.of(
                    new Submission.TooLate(clock.instant(), intent.deadline().orElseThrow()));
        }
        long waiting = open.all().stream()
                .filter(it -> it.state().standing().isEmpty())
                .count();
        if (intent.bid().isPresent() && waiting > 0) {
            return Optional.of(new Submission.LaneBusy(waiting));
        }
        FeeQuote quote = pricing.quote();
        GasPrice cap = pricing.cap(intent);
        if (quote.baseFee().compareTo(cap) > 0) {
            return Optional.of(new Submission.GasTooDear(quote.baseFee(), cap));
        }
        Wei cost = quote.offer(intent, intent.urgency())
                .atMost(cap)
                .maxFee()
                .times(intent.gasLimit())
                .plus(intent.value());
        return budget.spend(cost).map(Submission.class::cast);
    }

    @Override
    public Optional<StoredIntent> find(String reason) {
        return store.find(reason);
    }

    @Override
    public void expect(BlockNumber head) {
        pricing.requoteAt(head);
        Thread.ofVirtual().name("quote-" + lane).start(() -> {
            try {
                FeeQuote _ = pricing.quote();
            } catch (RpcException e) {
                // Whoever submits asks again, and hears why not.
            }
        });
    }

    @Override
    public void look() {
        advance();
    }

    @Override
    public Optional<StoredIntent> await(String reason, Duration atMost) {
        long left = atMost.toNanos();
        turn.lock();
        try {
            Optional<StoredIntent> found = find(reason);
            while (left > 0 && found.isPresent() && !found.get().state().isFinished() && !closed && !lost) {
                left = passed.awaitNanos(left);
                found = find(reason);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return find(reason);
        } finally {
            turn.unlock();
        }
    }

    private void requireOpen() {
        if (lost) {
            throw new LeaseLostException(open.lease());
        }
        if (closed) {
            throw new IllegalStateException("Sender is closed: lane=" + lane);
        }
    }

    /** Stops after the turn that is under way and gives the lane free; what is unfinished waits for the next owner. */
    @Override
    public void close() {
        boolean wasClosed = closed;
        closed = true;
        wake.now();
        turn.lock();
        try {
            passed.signalAll();
            if (!wasClosed && !lost) {
                store.release(open.lease());
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String toString() {
        return "LaneSender[" + lane + "]";
    }

    /** Lets the worker sleep until there is something to do. */
    private static final class Wake {

        private final Semaphore permits = new Semaphore(0);

        void now() {
            permits.release();
        }

        void await(Duration atMost) {
            try {
                if (permits.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                    permits.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
