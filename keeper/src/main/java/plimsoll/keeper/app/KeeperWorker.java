package plimsoll.keeper.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.Head;
import plimsoll.chain.pool.PoolEvents;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.relay.RelayLog;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.LaneLog;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.store.BidStore;
import plimsoll.keeper.store.HaltStore;
import plimsoll.keeper.store.KeeperStore;
import plimsoll.keeper.store.SceneStore;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.metrics.FollowerMeters;
import plimsoll.runtime.metrics.LaneMeters;
import plimsoll.runtime.metrics.Listeners;
import plimsoll.runtime.metrics.PoolMeters;
import plimsoll.runtime.metrics.RelayMeters;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.runtime.web.LiveFeed;
import plimsoll.units.Address;

/** The process's work: a loop for each market, with what markets of one chain share, the endpoints and the signer's lane. */
@ApplicationScoped
public class KeeperWorker {

    private final KeeperStore store;
    private final DataSource dataSource;
    private final LiveFeed live;
    private final MeterRegistry meters;
    private final InstantSource clock = InstantSource.system();

    /** Two processes with one name would take each other's leases, and in containers every process has the same number. */
    private final String holder = "keeper-" + ProcessHandle.current().pid() + "-"
            + UUID.randomUUID().toString().substring(0, 8);

    private final Map<ChainSettings, EndpointPool> pools = new HashMap<>();
    private final Map<Post, LaneDesk> desks = new HashMap<>();
    private volatile List<MarketWorker> markets = List.of();
    private volatile Optional<KillSwitch> killSwitch = Optional.empty();
    private volatile Optional<MarginDesk> margin = Optional.empty();

    /** A signer on a chain. */
    private record Post(ChainSettings chain, Address signer) {}

    @Inject
    KeeperWorker(KeeperStore store, DataSource dataSource, LiveFeed live, MeterRegistry meters) {
        this.store = store;
        this.dataSource = dataSource;
        this.live = live;
        this.meters = meters;
    }

    /** Opens the chains and takes up what earlier runs left; nothing runs yet. */
    void prepare(List<StartCheck.Checked> checked) {
        killSwitch = Optional.of(new KillSwitch(new HaltStore(dataSource), new KeeperLog()));
        List<MarketWorker> all = new ArrayList<>();
        for (StartCheck.Checked one : checked) {
            all.add(prepare(one));
        }
        markets = List.copyOf(all);
    }

    private MarketWorker prepare(StartCheck.Checked checked) {
        KeeperSettings settings = checked.settings();
        KeeperLog log = new KeeperLog();
        EndpointPool pool = pools.computeIfAbsent(settings.service().chain(), this::open);
        Chain chain = settings.service().chainOver(pool);
        FollowerMeters follower = new FollowerMeters(
                meters, "keeper " + settings.name(), () -> pool.head().map(Head::number));
        long market = store.market(settings.market().id());
        SnapshotStore stored = new SnapshotStore(dataSource);
        Optional<BookSnapshot> known = stored.load(market);
        Optional<LaneDesk> desk =
                checked.signer().filter(_ -> settings.live()).map(signer -> desk(settings, chain, signer));
        List<MarketWorker> made = new ArrayList<>(1);
        Runnable wake = () -> made.forEach(MarketWorker::wake);
        Duty duty = new Duty(
                dataSource,
                "market " + settings.market().id().key(),
                new Duty.Candidate(
                        holder,
                        () -> desk.isEmpty() || desk.get().held().isPresent(),
                        () -> made.stream().anyMatch(MarketWorker::isLive)),
                settings.timing().leaseTime(),
                wake);
        Assembly assembly = Assembly.of(
                settings,
                new Assembly.Surroundings(
                        chain,
                        checked.signer(),
                        desk,
                        duty::isOurs,
                        new Assembly.Surroundings.Orders(
                                () -> killSwitch().flatMap(KillSwitch::current),
                                () -> store.writeOffs(market, clock.instant().minus(Duration.ofDays(1)))),
                        clock,
                        log,
                        Listeners.all(FollowerEvents.class, List.of(new FollowerLog("keeper"), follower))),
                known);
        BidStore bids = new BidStore(dataSource);
        assembly.recordBids(bid -> Thread.ofVirtual().name("bid journal").start(() -> {
            try {
                bids.add(market, bid, clock.instant());
            } catch (RuntimeException e) {
                log.bidNotKept(e);
            }
        }));
        MarketWorker worker = new MarketWorker(
                new MarketWorker.Parts(
                        settings,
                        pool,
                        assembly,
                        duty,
                        market,
                        new Journal(
                                store,
                                new SceneStore(dataSource),
                                market,
                                settings.timing().journalRetention(),
                                log),
                        new Snapshots(stored, market, duty::term)),
                clock,
                log,
                (it, round) -> seen(it, round, follower));
        made.add(worker);
        pool.onHead(head -> worker.wake());
        desk.ifPresent(it -> it.whenTaken(duty::lookAgain));
        desk.ifPresent(it -> it.whenTaken(wake));
        measure(worker);
        log.started(settings.name(), settings.market().id(), settings.live(), assembly.signerAddress());
        return worker;
    }

    private EndpointPool open(ChainSettings chain) {
        PoolMeters poolMeters = new PoolMeters(meters);
        EndpointPool pool = chain.open(Listeners.all(PoolEvents.class, List.of(new PoolLog(), poolMeters)), clock)
                .start();
        poolMeters.watch(pool);
        return pool;
    }

    private LaneDesk desk(KeeperSettings settings, Chain chain, Signer signer) {
        return desks.computeIfAbsent(new Post(settings.service().chain(), signer.address()), _ -> {
            IntentStore intents = new PostgresIntentStore(dataSource);
            var observers = new LaneDesk.Observers(
                    new KeeperLog(),
                    Listeners.all(LaneEvents.class, List.of(new LaneLog(), new LaneMeters(meters, intents, clock))),
                    Listeners.all(RelayEvents.class, List.of(new RelayLog(), new RelayMeters(meters))));
            LaneDesk desk = LaneDesk.of(settings, holder, chain, signer, intents, clock, observers);
            desk.attempt();
            desk.start();
            return desk;
        });
    }

    private void measure(MarketWorker worker) {
        Tags market = Tags.of("market", worker.settings().name());
        gauge(
                worker,
                "plimsoll.keeper.liquidatable",
                market,
                view -> view.round().liquidatable().size());
        gauge(worker, "plimsoll.keeper.positions", market, view -> view.round().positions());
        Gauge.builder(
                        "plimsoll.keeper.latency.p99.ms",
                        () -> worker.assembly().latencies().summary().p99())
                .tags(market)
                .register(meters);
    }

    private void gauge(MarketWorker worker, String name, Tags tags, ToDoubleFunction<View> value) {
        Gauge.builder(name, () -> worker.view().map(value::applyAsDouble).orElse(0.0))
                .tags(tags)
                .register(meters);
    }

    private void seen(MarketWorker worker, Round round, FollowerMeters follower) {
        follower.applied(round.market().block().number());
        live.tell("block", round.market().block().number().toString());
        if (!worker.assembly().isStandingBy()) {
            PositionBook book = worker.assembly().engine().watch().book();
            margin.ifPresent(it -> it.seen(worker.settings().market().id().key(), round.market(), book::position));
        }
        Tags market = Tags.of("market", worker.settings().name());
        meters.counter("plimsoll.keeper.rounds", market).increment();
        meters.counter("plimsoll.keeper.liquidations.sent", market)
                .increment(round.sent().size());
    }

    void start(MarginSettings settings) {
        if (!settings.isIdle()) {
            margin = Optional.of(new MarginServices(dataSource, clock).open(settings, this::markets));
        }
        markets.forEach(MarketWorker::start);
    }

    /** The borrower's desk, where anything is configured for it. */
    Optional<MarginDesk> margin() {
        return margin;
    }

    /** Present while the keeper runs. */
    Optional<KillSwitch> killSwitch() {
        return killSwitch;
    }

    void stop() {
        killSwitch.ifPresent(KillSwitch::close);
        markets.forEach(MarketWorker::stop);
        margin.ifPresent(MarginDesk::close);
        margin = Optional.empty();
        desks.values().forEach(LaneDesk::close);
        pools.values().forEach(EndpointPool::close);
        markets = List.of();
        desks.clear();
        pools.clear();
    }

    /** In the order of their names, the one of {@code plimsoll.market} first; empty before the start. */
    List<MarketWorker> markets() {
        return markets;
    }
}
