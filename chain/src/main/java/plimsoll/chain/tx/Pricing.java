package plimsoll.chain.tx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import plimsoll.chain.call.Chain;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** What an attempt offers: as much as the urgency asks, never above the caps of intent, lane and day. */
final class Pricing {

    private static final Duration QUOTE_AGE = Duration.ofSeconds(3);
    private static final Duration DAY = Duration.ofDays(1);

    private record TimedQuote(FeeQuote quote, Instant at) {}

    private final Chain chain;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final IntentStore store;
    private final OpenIntents open;
    private final Map<Nonce, Instant> told = new HashMap<>();
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<TimedQuote> known = Optional.empty();

    Pricing(
            Chain chain,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            IntentStore store,
            OpenIntents open) {
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.store = store;
        this.open = open;
    }

    FeeQuote quote() {
        return fresh().orElseGet(() -> {
            asking.lock(); // whoever comes while another asks waits for that answer
            try {
                return fresh().orElseGet(this::ask);
            } finally {
                asking.unlock();
            }
        });
    }

    private Optional<FeeQuote> fresh() {
        Instant now = clock.instant();
        return known.filter(timed -> timed.at().plus(QUOTE_AGE).isAfter(now)).map(TimedQuote::quote);
    }

    private FeeQuote ask() {
        Instant now = clock.instant();
        FeeQuote quote = FeeQuote.ask(chain, settings.minTip());
        known = Optional.of(new TimedQuote(quote, now));
        return quote;
    }

    /** What is known is not believed any more. */
    void requote() {
        known = Optional.empty();
    }

    /** There is a new block, and the next one asks for another base fee; but perhaps that was asked for already. */
    void requoteAt(BlockNumber head) {
        known = known.filter(timed -> timed.quote().newest().compareTo(head) >= 0);
    }

    GasPrice cap(TransactionIntent intent) {
        return Fees.min(intent.maxFeeCap(), settings.gasPriceCap());
    }

    /** What one attempt may cost: the intent's own cap counts for what the intent is worth, not for a no-op in its place. */
    private GasPrice cap(StoredIntent intent, Attempt.Purpose purpose) {
        return purpose instanceof Attempt.Purpose.Act ? cap(intent.intent()) : settings.gasPriceCap();
    }

    /** What is left of the day's spend, counting all that is in flight at its worst. */
    Budget budget() {
        return settings.dailySpendCap()
                .map(cap -> new Budget(
                        store.spentSince(open.lane(), clock.instant().minus(DAY))
                                .plus(open.committed(quote())),
                        Optional.of(cap)))
                .orElseGet(Budget::unlimited);
    }

    OpenIntents.Order first(StoredIntent intent, Urgency level) {
        return new OpenIntents.Order(
                intent, quote().offer(intent.intent(), level).atMost(cap(intent.intent())), new Attempt.Purpose.Act());
    }

    /** The same again for more; absent, and told, where a cap forbids it. */
    Optional<OpenIntents.Order> raise(StoredIntent intent, Urgency level, Budget budget) {
        Attempt last = intent.attempts().getLast();
        GasPrice cap = cap(intent, last.purpose());
        Optional<Fees> fees = raised(last, level, cap);
        if (fees.isEmpty()) {
            if (isNews(intent)) {
                events.heldByCap(intent, cap);
            }
            return Optional.empty();
        }
        return within(budget, new OpenIntents.Order(intent, fees.get(), last.purpose()));
    }

    /** Whether its own cap forbids an intent to pay more, or so much that the next block could take it. */
    boolean isCapped(StoredIntent intent, Urgency level) {
        return raised(intent.attempts().getLast(), level, cap(intent.intent())).isEmpty();
    }

    /** A raise that still leaves it below the base fee buys nothing. */
    private Optional<Fees> raised(Attempt last, Urgency level, GasPrice cap) {
        FeeQuote now = quote();
        return Fees.of(last)
                .raised(now.offer(level), cap)
                .filter(fees -> fees.tipAt(now.baseFee()).isPresent());
    }

    /** A transaction that does nothing in the intent's place; absent, and told, where a cap forbids it. */
    Optional<OpenIntents.Order> noOp(StoredIntent intent, Attempt.Purpose purpose, Urgency level, Budget budget) {
        GasPrice cap = settings.gasPriceCap();
        Fees wanted = quote().offer(level).atMost(cap);
        boolean isFirstInPublic = intent.attempts().isEmpty() || Bid.of(intent).isPresent();
        Optional<Fees> fees = isFirstInPublic
                ? Optional.of(wanted) // no pool has anything of it that would have to be outbid
                : Fees.of(intent.attempts().getLast()).raised(wanted, cap);
        if (fees.isEmpty()) {
            if (isNews(intent)) {
                events.heldByCap(intent, cap);
            }
            return Optional.empty();
        }
        return within(budget, new OpenIntents.Order(intent, fees.get(), purpose));
    }

    private Optional<OpenIntents.Order> within(Budget budget, OpenIntents.Order order) {
        StoredIntent intent = order.intent();
        Wei before = OpenIntents.worst(intent, order.fees());
        Wei after = OpenIntents.cost(intent, order.fees(), order.purpose());
        Optional<Submission.SpendCapReached> over = budget.spend(after.minusOrZero(before));
        over.filter(_ -> isNews(intent))
                .ifPresent(reached -> events.heldByBudget(intent, reached.found(), reached.allowed()));
        return over.isEmpty() ? Optional.of(order) : Optional.empty();
    }

    /** Whether something may be told about the intent again: what lasts is told once in a while. */
    boolean isNews(StoredIntent intent) {
        Instant now = clock.instant();
        Instant before = told.get(intent.nonce());
        if (before != null && before.plus(settings.bumpAfter()).isAfter(now)) {
            return false;
        }
        told.put(intent.nonce(), now);
        return true;
    }

    void forget(Nonce used) {
        told.keySet().removeIf(nonce -> nonce.compareTo(used) < 0);
    }
}
