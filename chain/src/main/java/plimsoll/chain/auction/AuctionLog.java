package plimsoll.chain.auction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.StoredIntent;

/** Writes what happens between us and auctions, one line an event. */
final class AuctionLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuctionLog.class);

    private AuctionLog() {}

    static void connected(String auction) {
        LOG.info("auction heard: auction={}", auction);
    }

    static void lost(String auction, RpcException reason, AuctionTally tally) {
        LOG.warn(
                "auction not heard, will be tried again: auction={} because={} events={} unreadable={} forgotten={}"
                        + " outages={}",
                auction,
                reason.getMessage(),
                tally.events(),
                tally.unreadable(),
                tally.forgotten(),
                tally.outages());
    }

    static void bid(String auction, StoredIntent intent, SignedBid bid, String bundle) {
        LOG.info(
                "bid taken: auction={} reason={} nonce={} tx={} behind={} block={} tip={} bundle={}",
                auction,
                intent.reason(),
                intent.nonce(),
                intent.attempts().getLast().hash(),
                bid.behind(),
                bid.block(),
                intent.attempts().getLast().maxPriorityFee(),
                bundle);
    }
}
