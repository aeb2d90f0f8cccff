package plimsoll.chain.tx;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * Nonces below open ones that the chain has not used and that nobody works on: a reorg took away what used them. What was
 * ours is sent again as it was; in a stranger's place comes a transaction that does nothing, as nothing behind it is mined
 * before its nonce is used.
 */
final class Gaps {

    private final IntentStore store;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final OpenIntents open;
    private final Pricing pricing;
    private final Map<Nonce, Instant> since = new HashMap<>();

    Gaps(
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            OpenIntents open,
            Pricing pricing) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.open = open;
        this.pricing = pricing;
    }

    /** Returns the nonces whose bytes have to be sent. */
    List<Nonce> fill(Nonce count) {
        List<Nonce> filled = new ArrayList<>();
        Nonce last = open.highest().orElse(count);
        for (Nonce nonce = count; nonce.compareTo(last) < 0; nonce = nonce.next()) {
            if (open.at(nonce) == null && fillOne(nonce)) {
                filled.add(nonce);
            }
        }
        since.keySet().removeIf(nonce -> nonce.compareTo(count) < 0 || open.at(nonce) != null);
        return filled;
    }

    private boolean fillOne(Nonce nonce) {
        Optional<StoredIntent> ours = store.at(open.lane(), nonce);
        if (ours.isEmpty()) {
            return isTimeFor(nonce) && occupy(nonce);
        }
        return switch (ours.get().state()) {
            case IntentState.Planned _, IntentState.Signed _, IntentState.Sent _, IntentState.Mined _ -> {
                open.add(ours.get()); // a submission stored it a moment ago
                yield false;
            }
            case IntentState.Final(Inclusion lost) -> reopen(ours.get(), lost);
            case IntentState.Reverted(Inclusion lost, String _) -> reopen(ours.get(), lost);
            case IntentState.Dropped(Inclusion lost, String _) -> reopen(ours.get(), lost);
            case IntentState.Replaced(String reason) -> isTimeFor(nonce) && cancel(ours.get(), reason);
            case IntentState.Withdrawn _ -> isTimeFor(nonce) && occupy(nonce);
        };
    }

    /** A stranger's transaction mostly comes back by itself. */
    private boolean isTimeFor(Nonce nonce) {
        Instant now = clock.instant();
        return !since.computeIfAbsent(nonce, _ -> now)
                .plus(settings.bumpAfter())
                .isAfter(now);
    }

    private boolean reopen(StoredIntent finished, Inclusion lost) {
        StoredIntent again = finished.with(
                new IntentState.Signed(finished.attempts().getLast().hash()));
        open.change(List.of(again));
        events.reorganised(again, lost);
        return true;
    }

    /** It was told that this intent did not happen, and so it must not. */
    private boolean cancel(StoredIntent replaced, String reason) {
        return pricing.noOp(replaced, new Attempt.Purpose.Drop(reason), Urgency.URGENT, pricing.budget())
                .map(order -> !open.sign(List.of(order)).isEmpty())
                .orElse(false);
    }

    private boolean occupy(Nonce nonce) {
        Lane lane = open.lane();
        TransactionIntent nothing = new TransactionIntent(
                "gap/" + lane.chain().value() + "/" + lane.signer().hex() + "/" + nonce.value(),
                lane.signer(),
                "0x",
                Wei.ZERO,
                OpenIntents.NO_OP,
                settings.gasPriceCap());
        StoredIntent filler = store.plan(open.lease(), nonce, List.of(nothing), clock.instant())
                .getFirst()
                .intent();
        events.filling(filler);
        open.add(filler);
        return false; // its bytes come with the next pass
    }
}
