package plimsoll.chain.auction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** An auction that does not answer is asked again so often for one bid; blocks do not wait. */
    private static final int MOST_TRIES = 3;

    private final OevAuction auction;
    private final Broadcast usual;
    private final Map<TxHash, Integer> tries = new ConcurrentHashMap<>();

    public AuctionBroadcast(OevAuction auction, Broadcast usual) {
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
        List<StoredIntent> others = new ArrayList<>();
        for (StoredIntent intent : intents) {
            Optional<Bid> bid = Bid.of(intent);
            if (bid.isPresent()) {
                answers.put(intent, answer(intent, bid.get(), head));
            } else {
                others.add(intent);
            }
        }
        if (!others.isEmpty()) {
            List<RpcAnswer> given = usual.send(others, head);
            for (int i = 0; i < others.size(); i++) {
                answers.put(others.get(i), given.get(i));
            }
        }
        return intents.stream().map(answers::get).toList();
    }

    private RpcAnswer answer(StoredIntent intent, Bid wanted, BlockHeader head) {
        TxHash tx = intent.attempts().getLast().hash();
        if (head.number().compareTo(wanted.block()) >= 0) {
            return failure(Kind.TRANSIENT, "Bid's block is there already: block=" + wanted.block());
        }
        if (tries.merge(tx, 1, Integer::sum) > MOST_TRIES) {
            return failure(Kind.TRANSIENT, "Auction does not answer: auction=" + auction.name());
        }
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
        intent.attempts().forEach(attempt -> tries.remove(attempt.hash()));
        usual.settled(intent);
    }
}
