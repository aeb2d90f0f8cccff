package plimsoll.chain.tx;

import java.time.Duration;
import java.time.Instant;
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

    private static final Duration DAY = Duration.ofDays(1);

    private final IntentStore store;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Lane lane;
    private final LanePass pass;

    private final ReentrantLock nonces = new ReentrantLock();
    private Optional<Nonce> next; // absent: a failed write left it unknown, the store knows

    private final ReentrantLock turn = new ReentrantLock();
    private final Condition passed = turn.newCondition();
    private final Wake wake = new Wake();
    private volatile boolean closed;
    private volatile boolean lost;

    private LaneSender(
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            LanePass pass,
            Nonce next) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.lane = pass.lane();
        this.pass = pass;
        this.next = Optional.of(next);
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
            LanePass pass =
                    new LanePass(chain, signer, store, settings, clock, events, broadcast, lease, head, unfinished);
            events.opened(lease, next, unfinished.size());
            return new LaneSender(store, settings, clock, events, pass, next);
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
            wake.await(pass.isIdle() ? settings.leaseTime().dividedBy(3) : settings.pollInterval());
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
                events.lost(pass.lease());
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
        Fees quote = pass.freshQuote();
        nonces.lock();
        try {
            requireOpen();
            return admit(intents, quote);
        } finally {
            nonces.unlock();
            wake.now();
        }
    }

    private List<Submission> admit(List<TransactionIntent> intents, Fees quote) {
        Submission[] answers = new Submission[intents.size()];
        List<Integer> places = new ArrayList<>();
        List<TransactionIntent> admitted = new ArrayList<>();
        Budget budget = settings.dailySpendCap().map(cap -> budget(cap, quote)).orElseGet(Budget::unlimited);
        for (int i = 0; i < answers.length; i++) {
            TransactionIntent intent = intents.get(i);
            Optional<Submission> refusal = refusal(intent, quote, budget);
            if (refusal.isEmpty()) {
                places.add(i);
                admitted.add(intent);
            } else {
                answers[i] = find(intent.reason())
                        .<Submission>map(Submission.Known::new)
                        .orElse(refusal.get());
            }
        }
        List<IntentStore.Planning> plannings = admitted.isEmpty() ? List.of() : plan(admitted);
        for (int i = 0; i < plannings.size(); i++) {
            IntentStore.Planning planning = plannings.get(i);
            answers[places.get(i)] = planning.isNew()
                    ? new Submission.Accepted(planning.intent())
                    : new Submission.Known(planning.intent());
        }
        return Arrays.asList(answers);
    }

    private List<IntentStore.Planning> plan(List<TransactionIntent> admitted) {
        Nonce first = nextNonce();
        next = Optional.empty(); // until the store has answered: it may have written and then failed to say so
        List<IntentStore.Planning> plannings = store.plan(pass.lease(), first, admitted, clock.instant());
        Nonce after = first;
        for (IntentStore.Planning planning : plannings) {
            if (planning.isNew()) {
                pass.add(planning.intent());
                events.planned(planning.intent());
                after = after.next();
            }
        }
        next = Optional.of(after);
        return plannings;
    }

    private Nonce nextNonce() {
        Nonce known = next.orElseGet(() -> {
            // Whatever the failed write left behind is found by its state and not by our memory of it.
            store.unfinished(lane).forEach(pass::add);
            return store.highestNonce(lane).map(Nonce::next).orElse(new Nonce(0));
        });
        Nonce used = pass.usedNonces();
        return known.compareTo(used) >= 0 ? known : used;
    }

    private Optional<Submission> refusal(TransactionIntent intent, Fees quote, Budget budget) {
        GasPrice cap = pass.cap(intent);
        GasPrice least = pass.leastPrice();
        if (least.compareTo(cap) > 0) {
            return Optional.of(new Submission.GasTooDear(least, cap));
        }
        Wei cost = quote.atMost(cap).maxFee().times(intent.gasLimit()).plus(intent.value());
        return budget.spend(cost);
    }

    private Budget budget(Wei cap, Fees quote) {
        Instant since = clock.instant().minus(DAY);
        return new Budget(store.spentSince(lane, since).plus(pass.committed(quote)), Optional.of(cap));
    }

    @Override
    public Optional<StoredIntent> find(String reason) {
        return store.find(reason);
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
            throw new LeaseLostException(pass.lease());
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
                store.release(pass.lease());
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String toString() {
        return "LaneSender[" + lane + "]";
    }

    /** What may still be spent today. */
    private static final class Budget {

        private Wei spent;
        private final Optional<Wei> cap;

        Budget(Wei spent, Optional<Wei> cap) {
            this.spent = spent;
            this.cap = cap;
        }

        static Budget unlimited() {
            return new Budget(Wei.ZERO, Optional.empty());
        }

        Optional<Submission> spend(Wei cost) {
            Wei after = spent.plus(cost);
            if (cap.isPresent() && after.compareTo(cap.get()) > 0) {
                return Optional.of(new Submission.SpendCapReached(after, cap.get()));
            }
            spent = after;
            return Optional.empty();
        }
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
