package plimsoll.chain.tx;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;

/** Sends the newest bytes of every intent that is due, in the order of nonces; answers that ask for other bytes get them. */
final class Outbox {

    private static final int ROUNDS = 3;
    /** Refusals that we cannot read are taken for final after this many. */
    private static final int PATIENCE = 5;

    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Broadcast broadcast;
    private final OpenIntents open;
    private final Nonces nonces;
    private final Pricing pricing;
    private final TreeSet<Nonce> due = new TreeSet<>();
    private final Map<Nonce, Integer> unread = new HashMap<>();
    private final Map<Nonce, String> told = new HashMap<>();

    Outbox(
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast,
            OpenIntents open,
            Nonces nonces,
            Pricing pricing) {
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.broadcast = broadcast;
        this.open = open;
        this.nonces = nonces;
        this.pricing = pricing;
    }

    void add(Nonce nonce) {
        due.add(nonce);
    }

    boolean isEmpty() {
        return due.isEmpty();
    }

    boolean holds(Nonce nonce) {
        return due.contains(nonce);
    }

    void addSigned() {
        for (StoredIntent intent : open.all()) {
            if (intent.state() instanceof IntentState.Signed) {
                due.add(intent.nonce());
            }
        }
    }

    void forget(Nonce used) {
        unread.keySet().removeIf(nonce -> nonce.compareTo(used) < 0);
        told.keySet().removeIf(nonce -> nonce.compareTo(used) < 0);
    }

    void send(BlockHeader head) {
        for (int round = 0; round < ROUNDS && !due.isEmpty(); round++) {
            List<StoredIntent> sent = new ArrayList<>();
            for (Nonce nonce : due) {
                StoredIntent intent = open.at(nonce);
                if (intent != null
                        && (broadcast.takesBids() || Bid.of(intent).isEmpty())
                        && !intent.attempts().isEmpty()
                        && intent.state().standing().isEmpty()) {
                    sent.add(intent);
                }
            }
            due.clear();
            if (!sent.isEmpty()) {
                judge(sent, broadcast.send(sent, head));
            }
        }
    }

    private void judge(List<StoredIntent> sent, List<RpcAnswer> answers) {
        List<StoredIntent> accepted = new ArrayList<>();
        List<StoredIntent> outbid = new ArrayList<>();
        Map<StoredIntent, String> hopeless = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            StoredIntent intent = sent.get(i);
            if (!(answers.get(i) instanceof RpcAnswer.Failure(RpcException refusal))) {
                accepted.add(accepted(intent));
                continue;
            }
            if (Bid.of(intent).isPresent()) {
                unsold(intent, refusal);
                continue;
            }
            switch (SendAnswer.of(refusal)) {
                case ACCEPTED -> accepted.add(accepted(intent));
                case NONCE_USED -> {} // the look at the chain that follows finds out by whom
                case REPLACEMENT_UNDERPRICED -> outbid.add(intent);
                case UNDERPRICED -> {
                    if (asksForMore(intent)) {
                        outbid.add(intent);
                    } else {
                        refused(intent, refusal);
                    }
                }
                case NONCE_GAP -> {
                    refused(intent, refusal);
                    sendAgainWhatIsBefore(intent);
                }
                case NO_FUNDS, LATER -> refused(intent, refusal);
                case UNKNOWN -> {
                    refused(intent, refusal);
                    if (unread.merge(intent.nonce(), 1, Integer::sum) >= PATIENCE) {
                        hopeless.put(intent, String.valueOf(refusal.getMessage()));
                    }
                }
                case HOPELESS -> {
                    if (intent.attempts().getLast().cancels()) {
                        refused(intent, refusal); // not even a transfer of nothing is taken: only a person can help
                    } else {
                        hopeless.put(intent, String.valueOf(refusal.getMessage()));
                    }
                }
            }
        }
        open.change(accepted);
        if (!outbid.isEmpty() || !hopeless.isEmpty()) {
            due.addAll(nonces.exclusively(() -> open.sign(orders(outbid, hopeless))));
        }
    }

    /** A bid is never raised or replaced: one that is refused is over, any other is over with its block. */
    private void unsold(StoredIntent bid, RpcException refusal) {
        refused(bid, refusal);
        if (refusal.kind() == RpcException.Kind.REJECTED) {
            boolean _ = nonces.takeBack(bid, new IntentState.Withdrawn(String.valueOf(refusal.getMessage())));
        }
    }

    private List<OpenIntents.Order> orders(List<StoredIntent> outbid, Map<StoredIntent, String> hopeless) {
        List<OpenIntents.Order> orders = new ArrayList<>();
        Budget budget = pricing.budget();
        for (StoredIntent intent : outbid) {
            pricing.raise(intent, intent.intent().urgency(), budget).ifPresent(orders::add);
        }
        hopeless.forEach((intent, reason) -> {
            if (!intent.attempts().getLast().cancels()) {
                pricing.noOp(
                                intent,
                                new Attempt.Purpose.Drop(reason),
                                intent.intent().urgency(),
                                budget)
                        .ifPresent(order -> {
                            events.cancelling(intent, reason);
                            orders.add(order);
                        });
            }
        });
        return orders;
    }

    /** Whether an underpriced intent may bid more: where the network's price has risen, or where it has stood still for long. */
    private boolean asksForMore(StoredIntent intent) {
        pricing.requote();
        Attempt last = intent.attempts().getLast();
        Fees offer = pricing.quote().offer(intent.intent().urgency());
        return offer.maxFee().compareTo(last.maxFee()) > 0
                || !last.signedAt().isAfter(clock.instant().minus(settings.bumpAfter()));
    }

    /** A gap in the node's pool is one of ours that it lost. */
    private void sendAgainWhatIsBefore(StoredIntent gapped) {
        for (StoredIntent intent : open.all()) {
            if (intent.nonce().compareTo(gapped.nonce()) <= 0
                    && intent.state().standing().isEmpty()) {
                due.add(intent.nonce());
            }
        }
    }

    private StoredIntent accepted(StoredIntent intent) {
        told.remove(intent.nonce());
        TxHash tx = intent.attempts().getLast().hash();
        if (intent.state() instanceof IntentState.Sent(TxHash same, Instant _) && same.equals(tx)) {
            return intent; // sent again: it has waited since the first time
        }
        return intent.with(new IntentState.Sent(tx, clock.instant()));
    }

    private void refused(StoredIntent intent, RpcException refusal) {
        String words = String.valueOf(refusal.getMessage());
        if (!words.equals(told.put(intent.nonce(), words))) {
            events.refused(intent, refusal);
        }
    }
}
