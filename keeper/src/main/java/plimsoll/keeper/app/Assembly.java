package plimsoll.keeper.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.relay.RelayLog;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.DryRunSender;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.execute.Outcomes;
import plimsoll.keeper.execute.Restock;
import plimsoll.keeper.execute.Wallet;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.RelaySource;
import plimsoll.units.Address;

/** Puts the keeper together from its settings, and takes it apart again. */
final class Assembly implements AutoCloseable {

    private static final Duration APPROVALS_TAKE = Duration.ofMinutes(2);
    private static final Duration LANE_POLL = Duration.ofMillis(100);
    /** A keeper that was killed keeps its lane for so long; the next one waits for it. */
    private static final Duration LANE_LEASE = Duration.ofSeconds(3);

    private final Engine engine;
    private final Optional<Signer> signer;
    private final Optional<LaneSender> lane;
    private final Latencies latencies;
    private final Hearing hearing;

    private Assembly(
            Engine engine, Optional<Signer> signer, Optional<LaneSender> lane, Latencies latencies, Hearing hearing) {
        this.engine = engine;
        this.signer = signer;
        this.lane = lane;
        this.latencies = latencies;
        this.hearing = hearing;
    }

    /** Who is told what happens. */
    record Observers(KeeperLog log, LaneEvents lane, FollowerEvents follower, RelayEvents relay) {

        /** Only the log. */
        static Observers logging() {
            return new Observers(new KeeperLog(), new LaneLog(), new FollowerLog("keeper"), new RelayLog());
        }
    }

    /** The lane's surroundings: what is heard of it, and the way that its bytes take. */
    private record Hearing(Outcomes outcomes, RelaySource.Way way) {}

    /**
     * Takes the signer's lane, if it is live, finishes what an earlier run left, and lets the market and the venue take our funds.
     *
     * @param known the book that an earlier run left
     * @param observers hear what happens
     * @param signer opened from the settings
     */
    static Assembly of(
            KeeperSettings settings,
            Chain chain,
            IntentStore store,
            Optional<BookSnapshot> known,
            InstantSource clock,
            Observers observers,
            Optional<Signer> signer) {
        ProtocolReader reader = AaveReader.of(chain, settings.pool(), settings.heartbeats());
        MarketWatch watch = new MarketWatch(
                chain, reader, new WatchSettings(settings.service().firstBlock(), known), clock, observers.follower);
        Latencies latencies = new Latencies();
        Outcomes outcomes = new Outcomes(observers.lane, latencies::sent);
        RelaySource.Way way = settings.service().chain().way(chain, observers.relay, clock);
        Optional<LaneSender> lane = Optional.empty();
        try {
            if (settings.live() && signer.isPresent()) {
                lane = Optional.of(lane(settings, chain, signer.get(), store, clock, outcomes, way.broadcast()));
            }
            Optional<TransactionSender> sender = lane.<TransactionSender>map(it -> it)
                    .or(() -> signer.map(key -> new DryRunSender(chain, key.address())));
            Optional<Engine.Hands> hands = sender.map(it -> hands(settings, chain, it, outcomes, reader));
            Engine engine = new Engine(watch, settings.policy(), settings.coin(), hands, observers.log, latencies);
            return new Assembly(engine, signer, lane, latencies, new Hearing(outcomes, way));
        } catch (RuntimeException e) {
            lane.ifPresent(LaneSender::close);
            way.close();
            throw e;
        }
    }

    Engine engine() {
        return engine;
    }

    Optional<Address> signerAddress() {
        return signer.map(Signer::address);
    }

    /** Why nothing can be sent any more, where that is so. */
    Optional<String> laneTrouble() {
        return hearing.outcomes.isLaneLost() ? Optional.of("lane is lost to another process") : Optional.empty();
    }

    Latencies latencies() {
        return latencies;
    }

    /** Waits until what was sent has an outcome, or the time is over. */
    void awaitOutcomes(Collection<StoredIntent> sent, Duration atMost) {
        lane.ifPresent(sender -> sent.forEach(intent -> sender.await(intent.reason(), atMost)));
    }

    @Override
    public void close() {
        lane.ifPresent(LaneSender::close);
        hearing.way.close();
    }

    private static Engine.Hands hands(
            KeeperSettings settings, Chain chain, TransactionSender sender, Outcomes outcomes, ProtocolReader reader) {
        Wallet wallet = new Wallet(chain, sender, settings.policy().maxGasPrice());
        List<Wallet.Approval> toMarket = reader.allowances().stream()
                .map(it -> new Wallet.Approval(it.token(), it.spender()))
                .toList();
        if (settings.live()) {
            List<Wallet.Approval> approvals = new ArrayList<>(toMarket);
            settings.venue().ifPresent(venue -> reader.assets().stream()
                    .map(Asset::address)
                    .forEach(token -> approvals.add(new Wallet.Approval(token, venue.router()))));
            wallet.approve(approvals, outcomes, APPROVALS_TAKE);
        }
        Liquidator liquidator = new Liquidator(
                chain,
                settings.market(),
                sender,
                outcomes,
                settings.venue(),
                settings.policy().maxGasPrice(),
                wallet.hasApproved(toMarket));
        Optional<Restock> restock =
                settings.venue().map(venue -> new Restock(chain, sender, outcomes, venue, settings.policy()));
        return new Engine.Hands(wallet, liquidator, restock, settings.live());
    }

    private static LaneSender lane(
            KeeperSettings settings,
            Chain chain,
            Signer key,
            IntentStore store,
            InstantSource clock,
            LaneEvents events,
            Broadcast broadcast) {
        LaneSettings lane = settings.service()
                .chain()
                .lane(
                        "keeper-" + ProcessHandle.current().pid(),
                        settings.policy().maxGasPrice())
                .withPollInterval(LANE_POLL)
                .withLeaseTime(LANE_LEASE);
        Instant end = clock.instant().plus(LANE_LEASE.multipliedBy(3));
        Optional<LaneSender> opened = LaneSender.open(chain, key, store, lane, clock, events, broadcast);
        while (opened.isEmpty() && clock.instant().isBefore(end)) {
            pause();
            opened = LaneSender.open(chain, key, store, lane, clock, events, broadcast);
        }
        opened.ifPresent(LaneSender::start);
        return opened.orElseThrow(() -> CommandFailure.outside(
                "Another process owns this signer's lane: signer=" + key.address()
                        + "; give each keeper a signer of its own",
                "plimsoll.signer"));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LANE_POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
