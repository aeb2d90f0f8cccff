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
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
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

    private final ConcurrentSkipListMap<Nonce, StoredIntent> open = new ConcurrentSkipListMap<>();
    private final TreeSet<Nonce> resend = new TreeSet<>();
    private final Map<Nonce, Integer> refusals = new HashMap<>();
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
            Lease lease,
            List<StoredIntent> unfinished) {
        this.chain = chain;
        this.signer = signer;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
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
        sign(fees, false);
    }

    private void sign(Map<StoredIntent, Fees> fees, boolean cancels) {
        if (fees.isEmpty()) {
            return;
        }
        List<IntentStore.Signing> signings = new ArrayList<>();
        fees.forEach(
                (intent, fee) -> signings.add(new IntentStore.Signing(intent.id(), attempt(intent, fee, cancels))));
        store.sign(lease, signings);
        int i = 0;
        for (StoredIntent intent : fees.keySet()) {
            Attempt attempt = signings.get(i++).attempt();
            List<Attempt> attempts = new ArrayList<>(intent.attempts());
            attempts.add(attempt);
            StoredIntent signed = new StoredIntent(
                    intent.id(),
                    intent.lane(),
                    intent.nonce(),
                    intent.intent(),
                    new IntentState.Signed(attempt.hash()),
                    attempts,
                    intent.plannedAt());
            open.put(signed.nonce(), signed);
            resend.add(signed.nonce());
            events.signed(signed, attempt);
        }
    }

    private Attempt attempt(StoredIntent intent, Fees fees, boolean cancels) {
        TransactionIntent wanted = intent.intent();
        boolean nothing = cancels
                || (!intent.attempts().isEmpty() && intent.attempts().getLast().cancels());
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
                nothing,
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
            List<RpcAnswer> answers = chain.rpc()
                    .callAll(due.stream()
                            .map(intent -> RpcRequest.of(
                                    "eth_sendRawTransaction",
                                    intent.attempts().getLast().bytes()))
                            .toList());
            judge(due, answers);
        }
    }

    private void judge(List<StoredIntent> sent, List<RpcAnswer> answers) {
        List<StoredIntent> accepted = new ArrayList<>();
        Map<StoredIntent, Fees> raised = new LinkedHashMap<>();
        Map<StoredIntent, Fees> hopeless = new LinkedHashMap<>();
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
                        cancel(intent, refusal).ifPresent(fees -> hopeless.put(intent, fees));
                    }
                }
                case HOPELESS -> cancel(intent, refusal).ifPresent(fees -> hopeless.put(intent, fees));
            }
        }
        change(accepted);
        sign(raised, false);
        sign(hopeless, true);
    }

    private StoredIntent accepted(StoredIntent intent) {
        return intent.with(new IntentState.Sent(intent.attempts().getLast().hash(), clock.instant()));
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
        settlement.remember(intent, reason);
        events.cancelling(intent, reason);
        return Optional.of(freshQuote().atMost(cap(intent.intent())));
    }

    private void look() {
        BlockHeader head = chain.head();
        Nonce count = chain.transactionCount(signer.address(), head.at());
        used = count;
        List<StoredIntent> changed = settlement.settle(open.values(), head, count);
        for (StoredIntent intent : changed) {
            StoredIntent before = open.get(intent.nonce());
            if (before != null && intent.state() instanceof IntentState.Signed) {
                before.state().standing().ifPresent(lost -> events.reorganised(intent, lost));
                resend.add(intent.nonce());
            }
        }
        change(changed);
        raiseWhatWaits(count);
    }

    /** Nothing blocks the open intents from {@code count} on: their nonces are consecutive, so all that wait too long are raised. */
    private void raiseWhatWaits(Nonce count) {
        Instant late = clock.instant().minus(settings.bumpAfter());
        Map<StoredIntent, Fees> raised = new LinkedHashMap<>();
        for (StoredIntent intent : open.tailMap(count).values()) {
            if (intent.state() instanceof IntentState.Sent sent && !sent.at().isAfter(late)) {
                raise(intent).ifPresentOrElse(fees -> raised.put(intent, fees), () -> resend.add(intent.nonce()));
            }
        }
        sign(raised, false);
    }

    private void change(List<StoredIntent> changed) {
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
            } else {
                open.put(intent.nonce(), intent);
            }
            events.reached(intent);
        }
    }
}
