package plimsoll.chain.auction;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.relay.RelayClient;
import plimsoll.chain.rpc.EventStream;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.rpc.RpcSettings;
import tools.jackson.databind.JsonNode;

/**
 * Flashbots' MEV-Share, by which Chainlink sells the place behind its SVR feeds' updates on Ethereum. Offers come as server-sent events;
 * a bid is a bundle of the update's reference and one transaction of ours, and its price is what that pays the block's maker, here by its
 * tip. What of this the update's sender gets back is for the auction's own rules; nothing is said about it in a bid.
 *
 * <p>Sources: docs.flashbots.net, "Event Stream" and "Understanding Bundles" ({@code mev_sendBundle} v0.1), as of revision 272fd13 of
 * 17 November 2025; a bundle holds one backrun since 20 October 2025. docs.chain.link, "SVR Searcher Onboarding: Ethereum Mainnet", as of
 * revision 59e5cde of 21 August 2026.
 */
public final class MevShareAuction implements OevAuction {

    private static final int MOST_WAITING = 1_024;

    private final InstantSource clock;
    private final EventStream stream;
    private final RpcClient bundles;
    private final ArrayBlockingQueue<OfferedUpdate> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong forgotten = new AtomicLong();
    private final AtomicLong outages = new AtomicLong();
    private volatile Runnable onNews = () -> {};

    /**
     * @param hints where events are told, the largest answer being the largest event
     * @param node where bundles are sent
     * @param identity signs the bundles' headers and owns nothing
     */
    public MevShareAuction(RpcSettings hints, RpcSettings node, MessageSigner identity, InstantSource clock) {
        this.clock = clock;
        this.stream = new EventStream(hints, new Ear(), new SplittableRandom());
        this.bundles = new RpcClient(node, RelayClient.signing(identity));
    }

    @Override
    public String name() {
        return stream.endpoint();
    }

    @Override
    public void listen(Runnable listener) {
        onNews = listener;
        stream.start();
    }

    @Override
    public List<OfferedUpdate> take() {
        List<OfferedUpdate> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }

    @Override
    public BidAnswer bid(SignedBid bid) {
        try {
            JsonNode hash = bundles.call(RpcRequest.of("mev_sendBundle", parameter(bid)))
                    .path("bundleHash");
            return new BidAnswer.Accepted(hash.isString() ? Optional.of(hash.stringValue()) : Optional.empty());
        } catch (RpcException e) {
            if (e.kind() == RpcException.Kind.REJECTED) {
                return new BidAnswer.Refused(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static Map<String, Object> parameter(SignedBid bid) {
        String block = "0x" + Long.toHexString(bid.block().value());
        Map<String, Object> ours = new LinkedHashMap<>();
        ours.put("tx", bid.bytes());
        ours.put("canRevert", false);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", "v0.1");
        fields.put("inclusion", inclusion(block));
        fields.put("body", List.of(Map.of("hash", bid.behind().hex()), ours));
        return fields;
    }

    private static Map<String, Object> inclusion(String block) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("block", block);
        fields.put("maxBlock", block);
        return fields;
    }

    @Override
    public AuctionTally tally() {
        return new AuctionTally(events.get(), unreadable.get(), forgotten.get(), outages.get());
    }

    private final class Ear implements EventStream.Listener {

        @Override
        public void connected() {
            AuctionLog.connected(name());
        }

        @Override
        public void event(String data) {
            events.incrementAndGet();
            Optional<OfferedUpdate> offer = HintReader.read(data, clock.instant());
            if (offer.isEmpty()) {
                unreadable.incrementAndGet();
            } else if (!offer.get().calls().isEmpty()) {
                keep(offer.get());
                onNews.run();
            }
        }

        private void keep(OfferedUpdate offer) {
            while (!waiting.offer(offer)) {
                if (waiting.poll() != null) {
                    forgotten.incrementAndGet();
                }
            }
        }

        @Override
        public void oversized() {
            events.incrementAndGet();
            unreadable.incrementAndGet();
        }

        @Override
        public void lost(RpcException reason) {
            outages.incrementAndGet();
            AuctionLog.lost(name(), reason, tally());
        }
    }

    @Override
    public void close() {
        stream.close();
        bundles.close();
    }

    @Override
    public String toString() {
        return "MevShareAuction[" + name() + "]";
    }
}
