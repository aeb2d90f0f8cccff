package plimsoll.keeper.watch;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Transmission;
import plimsoll.chain.auction.OevAuction;
import plimsoll.chain.auction.OfferedUpdate;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.Chain;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * Answers for a market's feeds that are for sale at an auction. Each is told once for every block until it is too old: which auctions are
 * over nobody says, and a trial behind an update that a block holds already fails by itself.
 */
public final class OfferedPrices implements AutoCloseable {

    private static final int REMEMBERED = 256;

    private final OevAuction auction;
    private final FeedAggregators aggregators;
    private final Duration patience;
    private final InstantSource clock;
    private final Map<TxHash, Offer> open = new LinkedHashMap<>();
    private Optional<BlockNumber> told = Optional.empty();

    private record Offer(OfferedUpdate update, boolean isNew) {}

    /** @param patience how long an offer stands */
    public OfferedPrices(Chain chain, OevAuction auction, Duration patience, InstantSource clock) {
        this.auction = auction;
        this.aggregators = new FeedAggregators(chain);
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * An update whose answers are told.
     *
     * @param reference the auction's name for it
     * @param answers the newest for each source
     * @param transmissions the calls that bring them, in their order
     */
    public record Offered(TxHash reference, Map<PriceSource, BigInteger> answers, List<Call> transmissions) {
        public Offered {
            answers = Map.copyOf(answers);
            transmissions = List.copyOf(transmissions);
        }
    }

    /**
     * Finds out which aggregators are behind these feeds at a block, where that may have changed.
     *
     * @param feeds by token
     */
    public void follow(Map<Address, Address> feeds, BlockNumber number, BlockAt at) {
        aggregators.follow(feeds, number, at);
    }

    /** What is for sale while this is the newest block, and was not told at it before. */
    public List<Offered> take(BlockNumber head) {
        open.values().removeIf(offer -> !offer.update().heardAt().plus(patience).isAfter(clock.instant()));
        for (OfferedUpdate update : auction.take()) {
            open.putIfAbsent(update.reference(), new Offer(update, true));
            if (open.size() > REMEMBERED) {
                open.remove(open.keySet().iterator().next());
            }
        }
        boolean isNewBlock = !told.equals(Optional.of(head));
        told = Optional.of(head);
        List<Offered> offered = new ArrayList<>();
        open.replaceAll((_, offer) -> {
            if (isNewBlock || offer.isNew()) {
                read(offer.update()).ifPresent(offered::add);
            }
            return new Offer(offer.update(), false);
        });
        return offered;
    }

    /** Empty where none of its answers is for a feed of ours. */
    private Optional<Offered> read(OfferedUpdate update) {
        Map<PriceSource, BigInteger> answers = new LinkedHashMap<>();
        List<Call> transmissions = new ArrayList<>();
        for (Call call : update.calls()) {
            Transmission.of(call.to(), call.data()).ifPresent(transmission -> {
                List<PriceSource> sources = aggregators.sources(transmission.aggregator());
                if (!sources.isEmpty()) {
                    sources.forEach(source -> answers.put(source, transmission.answer()));
                    transmissions.add(asTried(call));
                }
            });
        }
        return answers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Offered(update.reference(), answers, transmissions));
    }

    /** A forwarder lets only its own senders through; where who they are is not told, what it passes on is tried as the forwarder's call. */
    private static Call asTried(Call call) {
        if (call.from().isPresent() || !call.data().startsWith(Transmission.FORWARD.selector())) {
            return call;
        }
        AbiValues forwarded = Transmission.FORWARD.decodeCall(call.data());
        return Call.of(forwarded.address("to"), forwarded.hex("data")).from(call.to());
    }

    @Override
    public void close() {
        auction.close();
    }
}
