package plimsoll.chain.auction;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.TxHash;
import tools.jackson.databind.node.StringNode;

/** Shows bids to the auction, each to it alone, and sends everything else the usual way. */
public final class AuctionBroadcast implements Broadcast {

    /** So often one bid is offered to an auction that cannot be reached; blocks do not wait. */
    private static final int MOST_TRIES = 3;

    private final OevAuction auction;
    private final Broadcast usual;
    private final Duration patience;
    private final Map<TxHash, Inquiry> inquiries = new ConcurrentHashMap<>();

    /** Waits a fifth of a second for the auction's answers. */
    public AuctionBroadcast(OevAuction auction, Broadcast usual) {
        this(auction, usual, Duration.ofMillis(200));
    }

    AuctionBroadcast(OevAuction auction, Broadcast usual, Duration patience) {
        this.patience = patience;
        this.auction = auction;
        this.usual = usual;
    }

    @Override
    public boolean takesBids() {
        return true;
    }

    @Override
    public boolean aimsAtBlocks() {
        return usual.aimsAtBlocks(); // a bid that comes late by one head is the auction's to refuse
    }

    @Override
    public List<RpcAnswer> send(List<StoredIntent> intents, BlockHeader head) {
        Map<StoredIntent, RpcAnswer> answers = new HashMap<>();
        List<StoredIntent> others =
                intents.stream().filter(intent -> Bid.of(intent).isEmpty()).toList();
        if (!others.isEmpty()) {
            List<RpcAnswer> given = usual.send(others, head);
            for (int i = 0; i < others.size(); i++) {
                answers.put(others.get(i), given.get(i));
            }
        }
        for (StoredIntent intent : intents) {
            Bid.of(intent).ifPresent(bid -> answers.put(intent, answer(intent, bid, head)));
        }
        return intents.stream().map(answers::get).toList();
    }

    private RpcAnswer answer(StoredIntent intent, Bid wanted, BlockHeader head) {
        TxHash tx = intent.attempts().getLast().hash();
        if (head.number().compareTo(wanted.block()) >= 0) {
            return failure(Kind.TRANSIENT, "Bid's block is there already: block=" + wanted.block());
        }
        Optional<Inquiry> known = Optional.ofNullable(inquiries.get(tx));
        if (known.isEmpty() || known.get().mayBeRepeated()) {
            Inquiry next = new Inquiry(known.map(it -> it.number + 1).orElse(1));
            inquiries.put(tx, next);
            Thread.ofVirtual().name("auction").start(() -> next.answered(ask(intent, wanted, tx)));
            next.await();
            return next.answer();
        }
        return known.get().answer();
    }

    private RpcAnswer ask(StoredIntent intent, Bid wanted, TxHash tx) {
        SignedBid bid =
                new SignedBid(wanted.behind(), intent.attempts().getLast().bytes(), wanted.block());
        try {
            return switch (auction.bid(bid)) {
                case BidAnswer.Accepted(Optional<String> bundle) -> {
                    AuctionLog.bid(auction.name(), intent, bid, bundle.orElse("unnamed"));
                    yield new RpcAnswer.Result(StringNode.valueOf(tx.hex()));
                }
                case BidAnswer.Refused(String why) -> failure(Kind.REJECTED, "Auction refused the bid: " + why);
            };
        } catch (RpcException e) {
            return failure(Kind.TRANSIENT, String.valueOf(e.getMessage()));
        }
    }

    /** One bid on its way. The lane waits a moment for the answer and no longer: others of its transactions must not wait for an auction. */
    private final class Inquiry {

        private final int number;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Optional<RpcAnswer> answer = Optional.empty();

        Inquiry(int number) {
            this.number = number;
        }

        void answered(RpcAnswer given) {
            answer = Optional.of(given);
            done.countDown();
        }

        void await() {
            try {
                var _ = done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        RpcAnswer answer() {
            return answer.orElseGet(
                    () -> failure(Kind.TRANSIENT, "Auction has not answered yet: auction=" + auction.name()));
        }

        boolean mayBeRepeated() {
            return number < MOST_TRIES
                    && answer.filter(it -> it instanceof RpcAnswer.Failure(RpcException reason) && reason.isTransient())
                            .isPresent();
        }
    }

    private static RpcAnswer failure(Kind kind, String words) {
        return new RpcAnswer.Failure(new RpcException(kind, words));
    }

    @Override
    public boolean isDue(StoredIntent intent, BlockHeader head) {
        return Bid.of(intent).isEmpty() && usual.isDue(intent, head);
    }

    /** A bid is for one block, and never sent again for another. */
    @Override
    public List<StoredIntent> due(List<StoredIntent> waiting, BlockHeader head) {
        List<StoredIntent> others =
                waiting.stream().filter(intent -> Bid.of(intent).isEmpty()).toList();
        return others.isEmpty() ? List.of() : usual.due(others, head);
    }

    @Override
    public void settled(StoredIntent intent) {
        intent.attempts().forEach(attempt -> inquiries.remove(attempt.hash()));
        usual.settled(intent);
    }
}
