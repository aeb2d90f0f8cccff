package plimsoll.chain.tx;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import plimsoll.chain.call.Aside;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.units.Address;
import plimsoll.units.Nonce;

/** The work on a lane's open intents, one pass at a time: sign, send, look, settle, raise, send again. */
final class LanePass {

    private final Chain chain;
    private final LaneSettings settings;
    private final InstantSource clock;
    private final LaneEvents events;
    private final Broadcast broadcast;
    private final Address signer;
    private final OpenIntents open;
    private final Nonces nonces;
    private final Pricing pricing;
    private final Outbox outbox;
    private final Tending tending;
    private final Settlement settlement;
    private final Gaps gaps;
    private final Semaphore news = new Semaphore(0);
    private BlockHeader head;

    LanePass(
            Chain chain,
            IntentStore store,
            LaneSettings settings,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast,
            OpenIntents open,
            Nonces nonces,
            Pricing pricing,
            BlockHeader head) {
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.broadcast = broadcast;
        this.signer = open.lane().signer();
        this.open = open;
        this.nonces = nonces;
        this.pricing = pricing;
        this.head = head;
        this.settlement = new Settlement(chain, settings, clock, events, signer);
        this.outbox = new Outbox(settings, clock, events, broadcast, open, nonces, pricing);
        this.tending = new Tending(settings, clock, events, open, pricing, outbox);
        this.gaps = new Gaps(store, settings, clock, events, open, pricing);
        open.all().forEach(intent -> outbox.add(intent.nonce())); // a node may have forgotten what it once accepted
    }

    /** Something was planned: tells a pass that is looking at the chain. */
    void wake() {
        news.release();
    }

    void run() {
        news.drainPermits();
        if (open.lease().expires().minus(settings.leaseTime().dividedBy(2)).isBefore(clock.instant())) {
            open.renew(settings.leaseTime());
        }
        if (!open.isCertain()) {
            nonces.exclusively(() -> {
                open.reload();
                return open;
            });
        }
        if (open.isEmpty()) {
            return;
        }
        sign(tending::begin);
        outbox.addSigned();
        send();
        look();
        send();
    }

    private void sign(Supplier<List<OpenIntents.Order>> orders) {
        // Nobody plans meanwhile, so that what is spent here is known to whoever asks for the day's budget next.
        nonces.exclusively(() -> open.sign(orders.get())).forEach(outbox::add);
    }

    private void send() {
        if (!outbox.isEmpty()) {
            outbox.send(broadcast.aimsAtBlocks() ? chain.head() : head);
        }
    }

    private void look() {
        BlockHeader before = head;
        head = chain.head();
        boolean isNew = !head.hash().equals(before.hash());
        if (isNew) {
            pricing.requoteAt(head.number());
        }
        Nonce count = meanwhile(() -> chain.transactionCount(signer, head.at()));
        nonces.setUsed(count);
        settle(count);
        takeBackBids(count);
        outbox.forget(count);
        pricing.forget(count);
        if (open.isEmpty()) {
            return;
        }
        if (open.all().stream().anyMatch(it -> it.state().standing().isEmpty())) {
            FeeQuote _ = meanwhile(pricing::quote); // or it would be asked for while others wait for the nonces
        }
        gaps.fill(count).forEach(outbox::add);
        sign(() -> tending.tend(count));
        if (isNew) {
            sendAgainWhatIsDue();
        }
    }

    /** A look is several exchanges with a node, and what is planned meanwhile waits for none of them. */
    private <T> T meanwhile(Supplier<T> exchange) {
        Aside<T> aside = Aside.start(exchange, news::release);
        try {
            while (!aside.isDone()) {
                news.acquireUninterruptibly();
                sendWhatIsNew();
            }
        } finally {
            aside.awaitEnd(); // it reads what the next pass writes
        }
        return aside.get();
    }

    private void sendWhatIsNew() {
        if (open.all().stream().anyMatch(intent -> intent.state() instanceof IntentState.Planned)) {
            sign(tending::begin);
            send();
        }
    }

    private void settle(Nonce count) {
        List<StoredIntent> changed = new ArrayList<>();
        List<StoredIntent> asked = List.copyOf(open.all());
        for (StoredIntent intent : meanwhile(() -> settlement.settle(asked, head, count))) {
            StoredIntent known = open.at(intent.nonce());
            if (known != null && intent.state() instanceof IntentState.Signed) {
                known.state().standing().ifPresent(lost -> events.reorganised(intent, lost));
                outbox.add(intent.nonce());
            }
            if (intent.state() instanceof IntentState.Dropped dropped && isToBePlannedAgain(intent, dropped)) {
                nonces.replan(intent, dropped);
            } else {
                changed.add(intent);
            }
        }
        open.change(changed);
    }

    private void takeBackBids(Nonce count) {
        for (StoredIntent intent : List.copyOf(open.all())) {
            if (intent.nonce().compareTo(count) >= 0
                    && intent.state().standing().isEmpty()
                    && Bid.of(intent).filter(bid -> bid.isOver(head.number())).isPresent()) {
                boolean _ = nonces.takeBack(
                        intent, new IntentState.Withdrawn("its block came without it: head=" + head.number()));
            }
        }
    }

    private boolean isToBePlannedAgain(StoredIntent intent, IntentState.Dropped dropped) {
        Optional<Attempt> mined = intent.attempts().stream()
                .filter(attempt -> attempt.hash().equals(dropped.cancellation().tx()))
                .findFirst();
        return mined.filter(attempt -> attempt.purpose() instanceof Attempt.Purpose.Yield)
                        .isPresent()
                && !intent.intent().isOverdue(clock.instant());
    }

    private void sendAgainWhatIsDue() {
        List<StoredIntent> waiting = open.all().stream()
                .filter(intent -> intent.state() instanceof IntentState.Sent && !outbox.holds(intent.nonce()))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        for (StoredIntent intent : meanwhile(() -> broadcast.due(waiting, head))) {
            events.forgotten(intent);
            outbox.add(intent.nonce());
        }
    }
}
