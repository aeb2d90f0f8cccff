package plimsoll.keeper.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import plimsoll.chain.auction.OevAuction;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.tx.DryRunSender;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.journal.BidDecision;
import plimsoll.keeper.liquidation.BadDebtLedger;
import plimsoll.keeper.liquidation.Judge;
import plimsoll.keeper.liquidation.guard.Halt;
import plimsoll.keeper.liquidation.guard.SendRecord;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.watch.Competitors;
import plimsoll.keeper.watch.EvidenceReader;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.OfferedPrices;
import plimsoll.keeper.watch.PendingPrices;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.units.Address;

/** One market's engine, put together from its settings. */
final class Assembly {

    private final Engine engine;
    private final Optional<LaneDesk> desk;
    private final Optional<Signer> signer;
    private final Latencies latencies;
    private final boolean isHeldBack;
    private final Chain chain;
    private final Foresight foresight;
    private final Competitors competitors;
    private final Bidder bidder;
    private Optional<PendingPrices> pending = Optional.empty();
    private Optional<OfferedPrices> offered = Optional.empty();

    private Assembly(
            Engine engine,
            Optional<LaneDesk> desk,
            Optional<Signer> signer,
            Latencies latencies,
            boolean isHeldBack,
            Chain chain,
            Foresight foresight,
            Competitors competitors,
            Bidder bidder) {
        this.bidder = bidder;
        this.chain = chain;
        this.foresight = foresight;
        this.competitors = competitors;
        this.isHeldBack = isHeldBack;
        this.engine = engine;
        this.desk = desk;
        this.signer = signer;
        this.latencies = latencies;
    }

    /**
     * What the market shares with others of its process.
     *
     * @param desk the signer's lane, where anything may be sent
     * @param onDuty whether the market is ours among all processes
     */
    record Surroundings(
            Chain chain,
            Optional<Signer> signer,
            Optional<LaneDesk> desk,
            BooleanSupplier onDuty,
            Orders orders,
            InstantSource clock,
            KeeperLog log,
            FollowerEvents follower) {

        /**
         * What was ordered and done before.
         *
         * @param halt the operator's order to send nothing
         * @param losses of write-offs within the last day, by whichever process, the oldest first
         */
        record Orders(Supplier<Optional<Halt>> halt, Supplier<List<BadDebtLedger.Loss>> losses) {
            static final Orders NONE = new Orders(Optional::empty, List::of);
        }

        /** One market for itself, told to the log. */
        static Surroundings alone(Chain chain, Optional<Signer> signer, Optional<LaneDesk> desk) {
            return new Surroundings(
                    chain,
                    signer,
                    desk,
                    () -> true,
                    Orders.NONE,
                    InstantSource.system(),
                    new KeeperLog(),
                    new FollowerLog("keeper"));
        }
    }

    /** @param known the book that an earlier run left */
    static Assembly of(KeeperSettings settings, Surroundings around, Optional<BookSnapshot> known) {
        ProtocolReader reader = settings.market()
                .protocol()
                .reader(around.chain, settings.market().location(), settings.heartbeats());
        boolean isHeldBack = settings.live() && !settings.allowUnproven() && !reader.isProven();
        if (isHeldBack) {
            around.log.heldBack(settings.name(), settings.market().id());
        }
        Optional<LaneDesk> desk = around.desk.filter(_ -> !isHeldBack);
        MarketWatch watch = new MarketWatch(
                around.chain,
                reader,
                new WatchSettings(settings.service().firstBlock(), known),
                around.clock,
                around.follower);
        Stances stances = new Stances(settings, around.chain, reader, around.signer, desk, around.onDuty);
        Latencies latencies = desk.map(LaneDesk::latencies).orElseGet(Latencies::new);
        Competitors competitors = new Competitors(around.chain);
        Lookout lookout = new Lookout(
                new EvidenceReader(around.chain, settings.guards().sources(), settings.heartbeats()),
                competitors,
                settings.guards().haltFile(),
                around.orders.halt,
                desk.map(LaneDesk::sends).orElseGet(SendRecord::new),
                around.orders.losses,
                around.clock);
        Engine engine = new Engine(settings, watch, stances, lookout, around.log, latencies);
        Foresight foresight = new Foresight(settings, new Judge(settings.policy()), around.clock, around.log);
        Bidder bidder = new Bidder(settings, foresight, around.log);
        return new Assembly(
                engine, desk, around.signer, latencies, isHeldBack, around.chain, foresight, competitors, bidder);
    }

    /**
     * Watches the pool and the auction from now on, where the settings say so.
     *
     * @param onNews told, on another thread, when {@link #react} has something to do
     */
    void watchPool(KeeperSettings settings, Runnable onNews) {
        if (settings.reaction().pending()) {
            PendingPrices prices = new PendingPrices(chain, competitors, onNews);
            prices.listen(settings.service().chain().endpoints().endpoints().stream()
                    .flatMap(endpoint -> endpoint.webSocket().stream()
                            .map(url -> RpcSettings.of(url).withRequestTimeout(endpoint.requestTimeout())))
                    .toList());
            pending = Optional.of(prices);
        }
        if (settings.reaction().bids()) {
            offered = settings.service().chain().auction().map(source -> {
                OevAuction auction = source.open(InstantSource.system());
                auction.listen(onNews);
                return new OfferedPrices(chain, auction, settings.reaction().patience(), InstantSource.system());
            });
        }
    }

    /** Answers prices that wait in the pool, or are for sale, if these are watched; after a round, on the thread of the rounds. */
    Map<Address, StoredIntent> react() {
        Map<Address, StoredIntent> sent = new HashMap<>();
        pending.ifPresent(prices -> sent.putAll(engine.react(prices, foresight)));
        offered.ifPresent(prices -> sent.putAll(engine.bid(prices, bidder)));
        return sent;
    }

    /** Told what is bid at the auction and why nothing is, on the thread of the rounds. */
    void recordBids(Consumer<BidDecision> listener) {
        bidder.record(listener);
    }

    /** What was decided because of prices that no block held, since this was asked last. */
    List<Anticipation> anticipations() {
        return foresight.taken();
    }

    void stopWatchingPool() {
        pending.ifPresent(PendingPrices::close);
        offered.ifPresent(OfferedPrices::close);
    }

    Engine engine() {
        return engine;
    }

    Optional<Address> signerAddress() {
        return signer.map(Signer::address);
    }

    /** Who sends for us at the moment, or only tries in a dry run; none without a signer, or while another process has its lane. */
    Optional<TransactionSender> sender(Chain chain) {
        return desk.isPresent()
                ? desk.flatMap(LaneDesk::held).map(LaneDesk.Held::sender)
                : signer.map(key -> new DryRunSender(chain, key.address()));
    }

    /** Whether another process acts, or nobody may. */
    boolean isStandingBy() {
        return engine.lastStance().map(Stance::isStandingBy).orElse(false);
    }

    /** Whether nothing is sent because the market's arithmetic is unproven on chain. */
    boolean isHeldBack() {
        return isHeldBack;
    }

    Latencies latencies() {
        return latencies;
    }

    /** Waits until what was sent has an outcome, or the time is over. */
    void awaitOutcomes(Collection<StoredIntent> sent, Duration atMost) {
        desk.flatMap(LaneDesk::held)
                .ifPresent(lane -> sent.forEach(intent -> lane.sender().await(intent.reason(), atMost)));
    }
}
