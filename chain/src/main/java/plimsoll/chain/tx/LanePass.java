package plimsoll.chain.tx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/**
 * The work on a lane's open intents, one pass at a time: sign, send, look, settle, raise. Every step first writes to the
 * store what it is about to rely on, so that a crash between two steps repeats a step and never skips one.
 */
final class LanePass {

    private static final Duration QUOTE_AGE = Duration.ofSeconds(3);
    private static final Gas TRANSFER = new Gas(21_000);
    /** Refusals that we cannot read are taken for final after this many. */
    private static final int PATIENCE = 5;

    private static final int SEND_ROUNDS = 3;

    private record TimedQuote(Fees.Quote quote, Instant at) {}

    private final Chain chain;
    private final Signer signer;
    private final IntentStore store;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Settlement settlement;
    private final Broadcast broadcast;

    private final ConcurrentSkipListMap<Nonce, StoredIntent> open = new ConcurrentSkipListMap<>();
    private final TreeSet<Nonce> resend = new TreeSet<>();
    private final Map<Nonce, Integer> refusals = new HashMap<>();
    private BlockHeader head;
    private volatile Lease lease;
    private volatile Nonce used = new Nonce(0);
    private volatile Optional<TimedQuote> quote = Optional.empty();

    LanePass(
            Chain chain,
            Signer signer,
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast,
            Lease lease,
            BlockHeader head,
            List<StoredIntent> unfinished) {
        this.chain = chain;
        this.signer = signer;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.broadcast = broadcast;
        this.head = head;
        this.lease = lease;
        this.settlement = new Settlement(chain, settings, clock, signer.address());
        for (StoredIntent intent : unfinished) {
            add(intent);
            resend.add(intent.nonce()); // the node may have forgotten what it once accepted
        }
    }

    Lane lane() {
        return lease.lane();
    }

    Lease lease() {
        return lease;
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    /** The nonces below this are used on the chain, by us or by a stranger. */
    Nonce usedNonces() {
        return used;
    }

    void add(StoredIntent intent) {
        open.putIfAbsent(intent.nonce(), intent);
    }

    GasPrice cap(TransactionIntent intent) {
        return intent.maxFeeCap().compareTo(settings.gasPriceCap()) < 0 ? intent.maxFeeCap() : settings.gasPriceCap();
    }

    /** The most that the open intents that no block holds can still cost. */
    Wei committed(Fees now) {
        Wei sum = Wei.ZERO;
        for (StoredIntent intent : open.values()) {
            if (intent.state().standing().isEmpty()) {
                GasPrice price = intent.attempts().isEmpty()
                        ? now.maxFee()
                        : intent.attempts().getLast().maxFee();
                sum = sum.plus(price.times(intent.intent().gasLimit()))
                        .plus(intent.intent().value());
            }
        }
        return sum;
    }

    Fees freshQuote() {
        return fresh().fees();
    }

    /** The least price at which the next block takes a transaction at all. */
    GasPrice leastPrice() {
        return fresh().baseFee();
    }

    private Fees.Quote fresh() {
        Instant now = clock.instant();
        Optional<TimedQuote> known = quote;
        if (known.isPresent() && known.get().at().plus(QUOTE_AGE).isAfter(now)) {
            return known.get().quote();
        }
        Fees.Quote fresh = Fees.quote(chain, settings.minTip());
        quote = Optional.of(new TimedQuote(fresh, now));
        return fresh;
    }

    void run() {
        if (lease.expires().minus(settings.leaseTime().dividedBy(2)).isBefore(clock.instant())) {
            lease = store.renew(lease, settings.leaseTime());
        }
        if (open.isEmpty()) {
            return;
        }
        signPlanned();
        open.values().stream()
                .filter(intent -> intent.state() instanceof IntentState.Signed)
                .forEach(intent -> resend.add(intent.nonce()));
        send();
        look();
        send();
    }

    private void signPlanned() {
        Map<StoredIntent, Fees> fees = new LinkedHashMap<>();
        for (StoredIntent intent : open.values()) {
            if (intent.state() instanceof IntentState.Planned) {
                fees.put(intent, freshQuote().atMost(cap(intent.intent())));
            }
        }
        sign(fees, LanePass::samePurpose);
    }

    private static Attempt.Purpose samePurpose(StoredIntent intent) {
        return intent.attempts().isEmpty()
                ? new Attempt.Purpose.Act()
                : intent.attempts().getLast().purpose();
    }

    private void sign(Map<StoredIntent, Fees> fees, Function<StoredIntent, Attempt.Purpose> purpose) {
        if (fees.isEmpty()) {
            return;
        }
        List<IntentStore.Signing> signings = new ArrayList<>();
        fees.forEach((intent, fee) ->
                signings.add(new IntentStore.Signing(intent.id(), attempt(intent, fee, purpose.apply(intent)))));
        store.sign(lease, signings);
        int i = 0;
        for (StoredIntent intent : fees.keySet()) {
            Attempt attempt = signings.get(i++).attempt();
            StoredIntent signed = intent.signed(attempt);
            if (attempt.cancels()
                    && !intent.attempts().isEmpty()
                    && !intent.attempts().getLast().cancels()) {
                broadcast.settled(signed);
            }
            open.put(signed.nonce(), signed);
            resend.add(signed.nonce());
            events.signed(signed, attempt);
        }
    }

    private Attempt attempt(StoredIntent intent, Fees fees, Attempt.Purpose purpose) {
        TransactionIntent wanted = intent.intent();
        boolean nothing = !(purpose instanceof Attempt.Purpose.Act);
        UnsignedTransaction unsigned = new UnsignedTransaction(
                settings.chain(),
                intent.nonce(),
                fees.maxPriorityFee(),
                fees.maxFee(),
                nothing ? TRANSFER : wanted.gasLimit(),
                nothing ? signer.address() : wanted.to(),
                nothing ? Wei.ZERO : wanted.value(),
                nothing ? "0x" : wanted.data());
        SignedTransaction signed = signer.sign(unsigned);
        return new Attempt(
                intent.attempts().size() + 1,
                fees.maxFee(),
                fees.maxPriorityFee(),
                signed.hash(),
                signed.bytes(),
                purpose,
                clock.instant());
    }

    /** Sends the newest bytes of every intent that is due, in the order of nonces; answers that ask for other bytes get them. */
    private void send() {
        for (int round = 0; round < SEND_ROUNDS && !resend.isEmpty(); round++) {
            List<StoredIntent> due = new ArrayList<>();
            for (Nonce nonce : resend) {
                StoredIntent intent = open.get(nonce);
                if (intent != null
                        && !intent.attempts().isEmpty()
                        && intent.state().standing().isEmpty()) {
                    due.add(intent);
                }
            }
            resend.clear();
            if (due.isEmpty()) {
                return;
            }
            judge(due, broadcast.send(due, aim()));
        }
    }

    private BlockHeader aim() {
        if (broadcast.aimsAtBlocks()) {
            head = chain.head();
        }
        return head;
    }

    private void judge(List<StoredIntent> sent, List<RpcAnswer> answers) {
        List<StoredIntent> accepted = new ArrayList<>();
        Map<StoredIntent, Fees> raised = new LinkedHashMap<>();
        Map<StoredIntent, Fees> hopeless = new LinkedHashMap<>();
        Map<Long, String> reasons = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            StoredIntent intent = sent.get(i);
            if (!(answers.get(i) instanceof RpcAnswer.Failure(RpcException refusal))) {
                accepted.add(accepted(intent));
                continue;
            }
            switch (SendAnswer.of(refusal)) {
                case ACCEPTED -> accepted.add(accepted(intent));
                case NONCE_USED -> {} // the look at the chain that follows finds out by whom
                case REPLACEMENT_UNDERPRICED -> raise(intent).ifPresent(fees -> raised.put(intent, fees));
                case UNDERPRICED -> {
                    if (freshQuote()
                                    .maxFee()
                                    .compareTo(
                                            Fees.of(intent.attempts().getLast()).maxFee())
                            > 0) {
                        raise(intent).ifPresent(fees -> raised.put(intent, fees));
                    } else {
                        events.refused(intent, refusal);
                    }
                }
                case NO_FUNDS, LATER -> events.refused(intent, refusal);
                case UNKNOWN -> {
                    events.refused(intent, refusal);
                    if (refusals.merge(intent.nonce(), 1, Integer::sum) >= PATIENCE) {
                        cancel(intent, refusal).ifPresent(fees -> {
                            hopeless.put(intent, fees);
                            reasons.put(intent.id(), String.valueOf(refusal.getMessage()));
                        });
                    }
                }
                case HOPELESS ->
                    cancel(intent, refusal).ifPresent(fees -> {
                        hopeless.put(intent, fees);
                        reasons.put(intent.id(), String.valueOf(refusal.getMessage()));
                    });
            }
        }
        change(accepted);
        sign(raised, LanePass::samePurpose);
        sign(hopeless, intent -> new Attempt.Purpose.Drop(reasons.getOrDefault(intent.id(), "no node would take it")));
    }

    private StoredIntent accepted(StoredIntent intent) {
        TxHash tx = intent.attempts().getLast().hash();
        if (intent.state() instanceof IntentState.Sent(TxHash same, Instant _) && same.equals(tx)) {
            return intent; // sent again: it has waited since the first time
        }
        return intent.with(new IntentState.Sent(tx, clock.instant()));
    }

    private Optional<Fees> raise(StoredIntent intent) {
        GasPrice cap = cap(intent.intent());
        Optional<Fees> fees = Fees.of(intent.attempts().getLast()).raised(freshQuote(), cap);
        if (fees.isEmpty()) {
            events.heldByCap(intent, cap);
        }
        return fees;
    }

    private Optional<Fees> cancel(StoredIntent intent, RpcException refusal) {
        if (intent.attempts().getLast().cancels()) {
            events.refused(intent, refusal); // not even a transfer of nothing is taken: only a person can help
            return Optional.empty();
        }
        String reason = String.valueOf(refusal.getMessage());
        events.cancelling(intent, reason);
        return Optional.of(freshQuote().atMost(cap(intent.intent())));
    }

    private void look() {
        BlockHeader before = head;
        head = chain.head();
        Nonce count = chain.transactionCount(signer.address(), head.at());
        used = count;
        List<StoredIntent> changed = settlement.settle(open.values(), head, count);
        for (StoredIntent intent : changed) {
            StoredIntent known = open.get(intent.nonce());
            if (known != null && intent.state() instanceof IntentState.Signed) {
                known.state().standing().ifPresent(lost -> events.reorganised(intent, lost));
                resend.add(intent.nonce());
            }
        }
        change(changed);
        boolean isNew = !head.hash().equals(before.hash());
        if (isNew && !open.isEmpty()) {
            quote = Optional.empty(); // the next block asks for another base fee
        }
        raiseWhatWaits(count);
        if (isNew) {
            sendAgainWhatIsDue();
        }
    }

    private void sendAgainWhatIsDue() {
        List<StoredIntent> waiting = open.values().stream()
                .filter(intent -> intent.state() instanceof IntentState.Sent && !resend.contains(intent.nonce()))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        for (StoredIntent intent : broadcast.due(waiting, head)) {
            events.forgotten(intent);
            resend.add(intent.nonce());
        }
    }

    /**
     * Nothing blocks the open intents from {@code count} on: their nonces are consecutive, so all that wait too long are
     * raised, and those that the next block cannot take are raised at once (anvil, for one, forgets them without a word).
     */
    private void raiseWhatWaits(Nonce count) {
        Instant late = clock.instant().minus(settings.bumpAfter());
        Map<StoredIntent, Fees> raised = new LinkedHashMap<>();
        for (StoredIntent intent : open.tailMap(count).values()) {
            if (!(intent.state() instanceof IntentState.Sent sent)) {
                continue;
            }
            boolean isLate = !sent.at().isAfter(late);
            if (isLate || intent.attempts().getLast().maxFee().compareTo(leastPrice()) < 0) {
                raise(intent).ifPresentOrElse(fees -> raised.put(intent, fees), () -> resend.add(intent.nonce()));
            }
        }
        sign(raised, LanePass::samePurpose);
    }

    private void change(List<StoredIntent> reached) {
        List<StoredIntent> changed = reached.stream()
                .filter(intent -> !intent.equals(open.get(intent.nonce())))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        store.record(
                lease,
                changed.stream()
                        .map(intent -> new IntentStore.Change(intent.id(), intent.state()))
                        .toList());
        for (StoredIntent intent : changed) {
            if (intent.state().isFinished()) {
                open.remove(intent.nonce());
                refusals.remove(intent.nonce());
                broadcast.settled(intent);
            } else {
                open.put(intent.nonce(), intent);
            }
            events.reached(intent);
        }
    }
}
