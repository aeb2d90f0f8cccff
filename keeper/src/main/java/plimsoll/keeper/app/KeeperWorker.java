package plimsoll.keeper.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.Head;
import plimsoll.chain.pool.PoolEvents;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.relay.RelayLog;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.LaneLog;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.store.KeeperStore;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.metrics.FollowerMeters;
import plimsoll.runtime.metrics.LaneMeters;
import plimsoll.runtime.metrics.Listeners;
import plimsoll.runtime.metrics.PoolMeters;
import plimsoll.runtime.metrics.RelayMeters;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.runtime.web.LiveFeed;
import plimsoll.units.Address;

/** The loop: a round for each block, its journal, and now and then a snapshot of the positions. */
@ApplicationScoped
public class KeeperWorker {

    /** A new head wakes the loop; this is how long it sleeps where none is announced. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(500);
    private static final Duration ONCE_TAKES = Duration.ofMinutes(2);

    private final KeeperStore store;
    private final DataSource dataSource;
    private final LiveFeed live;
    private final MeterRegistry meters;
    private final InstantSource clock = InstantSource.system();
    private final KeeperLog log = new KeeperLog();

    private final Set<Address> everLiquidatable = ConcurrentHashMap.newKeySet();
    private volatile Optional<Running> running = Optional.empty();
    private volatile Optional<View> view = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Semaphore news = new Semaphore(0);
    private boolean doubted;
    private volatile Optional<FollowerMeters> follower = Optional.empty();
    private List<Thread> threads = List.of();

    /** Everything that exists once the keeper is prepared. */
    record Running(
            KeeperSettings settings,
            EndpointPool pool,
            Assembly assembly,
            long market,
            Journal journal,
            Snapshots snapshots) {}

    @Inject
    KeeperWorker(KeeperStore store, DataSource dataSource, LiveFeed live, MeterRegistry meters) {
        this.store = store;
        this.dataSource = dataSource;
        this.live = live;
        this.meters = meters;
    }

    void prepare(StartCheck.Checked checked) {
        KeeperSettings settings = checked.settings();
        long market = store.market(settings.market());
        SnapshotStore stored = new SnapshotStore(dataSource);
        Optional<BookSnapshot> known = stored.load(market);
        IntentStore intents = new PostgresIntentStore(dataSource);
        EndpointPool pool = open(settings);
        follower = Optional.of(
                new FollowerMeters(meters, "keeper", () -> pool.head().map(Head::number)));
        Assembly assembly;
        try {
            assembly = Assembly.of(
                    settings,
                    settings.service().chainOver(pool),
                    intents,
                    known,
                    clock,
                    observers(intents),
                    checked.signer());
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        running = Optional.of(new Running(
                settings,
                pool,
                assembly,
                market,
                new Journal(store, market, log),
                new Snapshots(stored, market, known.isEmpty())));
        Gauge.builder(
                        "plimsoll.keeper.liquidatable",
                        () -> view.map(it -> it.round().liquidatable().size()).orElse(0))
                .register(meters);
        Gauge.builder(
                        "plimsoll.keeper.positions",
                        () -> view.map(it -> it.round().positions()).orElse(0))
                .register(meters);
        Gauge.builder(
                        "plimsoll.keeper.latency.p99.ms",
                        () -> assembly.latencies().summary().p99())
                .register(meters);
        log.started(settings.chain(), settings.pool(), settings.live(), assembly.signerAddress());
    }

    private EndpointPool open(KeeperSettings settings) {
        PoolMeters poolMeters = new PoolMeters(meters);
        EndpointPool pool = settings.service()
                .chain()
                .open(Listeners.all(PoolEvents.class, List.of(new PoolLog(), poolMeters)), clock)
                .start();
        poolMeters.watch(pool);
        pool.onHead(head -> news.release());
        return pool;
    }

    private Assembly.Observers observers(IntentStore intents) {
        return new Assembly.Observers(
                log,
                Listeners.all(LaneEvents.class, List.of(new LaneLog(), new LaneMeters(meters, intents, clock))),
                Listeners.all(FollowerEvents.class, List.of(new FollowerLog("keeper"), follower.orElseThrow())),
                Listeners.all(RelayEvents.class, List.of(new RelayLog(), new RelayMeters(meters))));
    }

    /** The first round, however long the market takes to be indexed; trouble with the node is the end of it. */
    Round once() {
        Running now = running.orElseThrow();
        Instant end = clock.instant().plus(ONCE_TAKES);
        while (clock.instant().isBefore(end)) {
            Optional<Round> round = now.assembly.engine().advance();
            if (round.isPresent()) {
                publish(now, round.get());
                now.snapshots.save();
                now.assembly.awaitOutcomes(round.get().sent().values(), ONCE_TAKES);
                return round.get();
            }
        }
        throw CommandFailure.outside(
                "Market is not indexed within " + ONCE_TAKES.toSeconds() + " s: pool=" + now.settings.pool());
    }

    void start() {
        Running now = running.orElseThrow();
        threads = List.of(
                Thread.ofVirtual().name("keeper").start(() -> work(now)),
                Thread.ofVirtual().name("snapshots").start(() -> keepSnapshots(now)));
    }

    private void work(Running now) {
        Instant begin = clock.instant();
        boolean first = true;
        while (!isStopping()) {
            try {
                Optional<Round> round = now.assembly.engine().advance();
                round.ifPresent(it -> publish(now, it));
                if (first && round.isPresent()) {
                    first = false;
                    log.indexed(
                            round.get().market().block().number(),
                            round.get().positions(),
                            Duration.between(begin, clock.instant()).toMillis());
                }
                trouble = Optional.empty();
                doubted = false;
                log.recovered();
                awaitNews();
            } catch (RuntimeException e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                log.troubled(e);
                doubt(now);
                pause(
                        e instanceof RpcException rpc && rpc.isTransient()
                                ? now.settings.pollInterval()
                                : PAUSE_AFTER_TROUBLE);
            }
        }
    }

    private void publish(Running now, Round round) {
        now.journal.add(round, clock.instant());
        follower.ifPresent(it -> it.applied(round.market().block().number()));
        everLiquidatable.addAll(round.liquidatable());
        PositionBook book = now.assembly.engine().watch().book();
        view = Optional.of(new View(round, book.all()));
        now.snapshots.add(round, book::position);
        live.tell("block", round.market().block().number().toString());
        meters.counter("plimsoll.keeper.rounds").increment();
        meters.counter("plimsoll.keeper.liquidations.sent")
                .increment(round.sent().size());
    }

    private void keepSnapshots(Running now) {
        while (!isStopping()) {
            pause(SNAPSHOT_EVERY);
            try {
                now.snapshots.save();
            } catch (RuntimeException e) {
                log.snapshotFailed(e);
            }
        }
    }

    void stop() {
        stopping.countDown();
        news.release();
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.ifPresent(now -> {
            now.journal.close();
            now.assembly.close();
            now.pool.close();
        });
        running = Optional.empty();
    }

    Optional<Running> running() {
        return running;
    }

    Optional<View> view() {
        return view;
    }

    Optional<String> trouble() {
        return trouble;
    }

    Set<Address> everLiquidatable() {
        return new HashSet<>(everLiquidatable);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Endpoints that contradict each other end the round; the journal says once for whom nothing is done because of it. */
    private void doubt(Running now) {
        if (!doubted && now.pool.isBlocked()) {
            doubted = true;
            view.map(View::round).ifPresent(last -> now.journal.add(last.inDoubt(), clock.instant()));
        }
    }

    private void awaitNews() {
        try {
            if (news.tryAcquire(LONGEST_SLEEP.toNanos(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, or not where the keeper is being stopped. */
    private void pause(Duration time) {
        try {
            boolean _ = stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
