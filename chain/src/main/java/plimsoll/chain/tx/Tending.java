package plimsoll.chain.tx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Nonce;

/**
 * What is done about an intent that no block has taken yet. Nonces make a queue: whoever stands before an urgent intent is
 * as urgent as that one, and makes way where its own cap forbids it to pay. Only intents that the next block could take are
 * raised; raising one behind a gap buys nothing.
 */
final class Tending {

    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final OpenIntents open;
    private final Pricing pricing;
    private final Outbox outbox;

    Tending(
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            OpenIntents open,
            Pricing pricing,
            Outbox outbox) {
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.open = open;
        this.pricing = pricing;
        this.outbox = outbox;
    }

    /** For each intent that waits the most urgent one among it and those behind it; of equals the nearest. */
    private static Map<Nonce, StoredIntent> mostUrgentBehind(List<StoredIntent> waiting) {
        Map<Nonce, StoredIntent> most = new HashMap<>();
        StoredIntent leader = null;
        for (StoredIntent intent : waiting.reversed()) {
            boolean leads = leader == null
                    || !leader.intent().urgency().isMoreThan(intent.intent().urgency());
            leader = leads || leader == null ? intent : leader;
            most.put(intent.nonce(), leader);
        }
        return most;
    }

    /** The first attempts of intents that have none. */
    List<OpenIntents.Order> begin() {
        List<StoredIntent> waiting = open.all().stream()
                .filter(intent -> intent.state().standing().isEmpty())
                .toList();
        Map<Nonce, StoredIntent> leaders = mostUrgentBehind(waiting);
        List<OpenIntents.Order> orders = new ArrayList<>();
        for (StoredIntent intent : waiting) {
            if (!(intent.state() instanceof IntentState.Planned)) {
                continue;
            }
            Urgency level = level(leaders, intent);
            if (intent.intent().isOverdue(clock.instant())) {
                drop(intent, overdue(intent), level, pricing.budget()).ifPresent(orders::add);
            } else {
                orders.add(pricing.first(intent, level));
            }
        }
        return orders;
    }

    private static Urgency level(Map<Nonce, StoredIntent> leaders, StoredIntent intent) {
        return leaders.getOrDefault(intent.nonce(), intent).intent().urgency();
    }

    /** The next attempts of intents that wait; {@code count} nonces are used. */
    List<OpenIntents.Order> tend(Nonce count) {
        List<StoredIntent> run = open.executable(count);
        Map<Nonce, StoredIntent> leaders = mostUrgentBehind(run);
        List<OpenIntents.Order> orders = new ArrayList<>();
        Budget budget = pricing.budget();
        for (StoredIntent intent : run) {
            if (intent.attempts().isEmpty()) {
                break;
            }
            Optional<OpenIntents.Order> order = order(intent, leaders, !intent.equals(run.getLast()), budget);
            order.ifPresent(orders::add);
            if (order.isEmpty() && pricing.quote().pricesOut(intent.attempts().getLast())) {
                break; // until gas is cheaper no block takes what stands behind it
            }
        }
        return orders;
    }

    private Optional<OpenIntents.Order> order(
            StoredIntent intent, Map<Nonce, StoredIntent> leaders, boolean isFollowed, Budget budget) {
        Attempt last = intent.attempts().getLast();
        StoredIntent leader = leaders.getOrDefault(intent.nonce(), intent);
        Urgency level = leader.intent().urgency();
        if (!last.cancels() && intent.intent().isOverdue(clock.instant())) {
            return drop(intent, overdue(intent), level, budget);
        }
        if (Bid.of(intent).isPresent()) {
            return isFollowed ? drop(intent, "others wait behind the bid", level, budget) : Optional.empty();
        }
        boolean isPricedOut = pricing.quote().pricesOut(last);
        boolean isLate = intent.state() instanceof IntentState.Sent sent && waited(sent.at(), settings.bumpAfter());
        boolean standsInTheWay = level.isMoreThan(intent.intent().urgency());
        if (!isPricedOut && !isLate && !(standsInTheWay && pricing.quote().isBeneath(last, level))) {
            return Optional.empty();
        }
        if (!last.cancels() && pricing.isCapped(intent, level)) {
            if (standsInTheWay && (isPricedOut || isLate)) {
                return makeWay(intent, leader, level, budget);
            }
            if (isFollowed && waited(last.signedAt(), settings.giveUpAfter())) {
                return drop(intent, held(intent), level, budget);
            }
        }
        Optional<OpenIntents.Order> raise = pricing.raise(intent, level, budget);
        if (raise.isEmpty() && pricing.isNews(intent)) {
            outbox.add(intent.nonce());
        }
        return raise;
    }

    private boolean waited(Instant since, Duration time) {
        return !since.isAfter(clock.instant().minus(time));
    }

    private Optional<OpenIntents.Order> makeWay(
            StoredIntent intent, StoredIntent leader, Urgency level, Budget budget) {
        String reason = "made way for " + leader.reason();
        return pricing.noOp(intent, new Attempt.Purpose.Yield(reason), level, budget)
                .map(order -> {
                    events.yielding(intent, leader);
                    return order;
                });
    }

    private Optional<OpenIntents.Order> drop(StoredIntent intent, String reason, Urgency level, Budget budget) {
        return pricing.noOp(intent, new Attempt.Purpose.Drop(reason), level, budget)
                .map(order -> {
                    events.cancelling(intent, reason);
                    return order;
                });
    }

    private static String overdue(StoredIntent intent) {
        return "deadline passed: deadline="
                + intent.intent().deadline().map(Instant::toString).orElse("none");
    }

    private String held(StoredIntent intent) {
        return "held by its fee cap while others waited behind it: cap=" + pricing.cap(intent.intent()) + " baseFee="
                + pricing.quote().baseFee() + " held=" + settings.giveUpAfter();
    }
}
