package plimsoll.chain.auction;

import java.util.List;
import plimsoll.chain.rpc.RpcException;

/** Someone who sells the place directly behind oracle updates that no block holds yet. */
public interface OevAuction extends AutoCloseable {

    /** How people call it, fit for a log. */
    String name();

    /**
     * Listens to what is offered from now on.
     *
     * @param onNews told, on another thread, when there is something to take
     */
    void listen(Runnable onNews);

    /** What was offered and not taken before, the oldest first. Where nobody takes, the oldest are forgotten. */
    List<OfferedUpdate> take();

    /**
     * Bids for the place behind an update.
     *
     * @throws RpcException where the auction did not answer, and nobody knows whether it has the bid
     */
    BidAnswer bid(SignedBid bid);

    /** What was heard since the start. */
    AuctionTally tally();

    @Override
    void close();
}
