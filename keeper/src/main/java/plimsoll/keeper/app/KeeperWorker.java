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
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.store.Indexed;
import plimsoll.keeper.store.KeeperStore;
import plimsoll.keeper.store.Snapshot;
import plimsoll.protocol.aave.AaveValuation;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.runtime.web.LiveFeed;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** The loop: a round for each block, its journal, and now and then a snapshot of the positions. */
@ApplicationScoped
public class KeeperWorker {

    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(500);
    private static final Duration ONCE_TAKES = Duration.ofMinutes(2);
    /** An earlier run's snapshot may stand on blocks that a reorg has taken away since. */
    private static final long REORG_MARGIN = 256;

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
    private List<Thread> threads = List.of();

    /** Everything that exists once the keeper is prepared. */
    record Running(KeeperSettings settings, Assembly assembly, long market, Journal journal) {}

    /** What readers are shown: a round, and every position at its block. */
    record View(Round round, List<Snapshot.Position> positions) {
        View {
            positions = List.copyOf(positions);
        }
    }

    @Inject
    KeeperWorker(KeeperStore store, DataSource dataSource, LiveFeed live, MeterRegistry meters) {
        this.store = store;
        this.dataSource = dataSource;
        this.live = live;
        this.meters = meters;
    }

    void prepare(StartCheck.Checked checked) {
        KeeperSettings settings = checked.settings();
        long market = store.market(settings.chain(), settings.pool());
        Optional<Assembly.Known> known = store.indexed(market)
                .map(indexed -> known(indexed, settings.service().firstBlock()));
        Assembly assembly = Assembly.of(
                settings, checked.chain(), new PostgresIntentStore(dataSource), known, clock, log, checked.signer());
        running = Optional.of(new Running(settings, assembly, market, new Journal(store, market, log)));
        Gauge.builder(
                        "plimsoll.keeper.liquidatable",
                        () -> view.map(it -> it.round.liquidatable().size()).orElse(0))
                .register(meters);
        Gauge.builder("plimsoll.keeper.positions", () -> view.map(it -> it.round.positions())
                        .orElse(0))
                .register(meters);
        Gauge.builder(
                        "plimsoll.keeper.latency.p99.ms",
                        () -> assembly.latencies().summary().p99())
                .register(meters);
        log.started(settings.chain(), settings.pool(), settings.live(), assembly.signerAddress());
    }

    /** The first round, however long the market takes to be indexed; trouble with the node is the end of it. */
    Round once() {
        Running now = running.orElseThrow();
        Instant end = clock.instant().plus(ONCE_TAKES);
        while (clock.instant().isBefore(end)) {
            Optional<Round> round = now.assembly.engine().advance();
            if (round.isPresent()) {
                publish(now, round.get());
                saveSnapshot(now);
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
                log.recovered();
                pause(now.settings.pollInterval());
            } catch (RuntimeException e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                log.troubled(e);
                pause(
                        e instanceof RpcException rpc && rpc.isTransient()
                                ? now.settings.pollInterval()
                                : PAUSE_AFTER_TROUBLE);
            }
        }
    }

    private void publish(Running now, Round round) {
        now.journal.add(round, clock.instant());
        everLiquidatable.addAll(round.liquidatable());
        view = Optional.of(new View(round, positions(now, round)));
        live.tell("block", round.market().block().number().toString());
        meters.counter("plimsoll.keeper.rounds").increment();
        meters.counter("plimsoll.keeper.liquidations.sent")
                .increment(round.sent().size());
    }

    private static List<Snapshot.Position> positions(Running now, Round round) {
        MarketState market = round.market();
        AaveValuation valuation = market.valuation();
        return now.assembly.engine().watch().book().all().stream()
                .map(position -> position(position, market, valuation))
                .toList();
    }

    private static Snapshot.Position position(AccountPosition position, MarketState market, AaveValuation valuation) {
        return new Snapshot.Position(
                position.account(),
                position.holdings(),
                AccountHealth.of(position, market, valuation).data());
    }

    private void keepSnapshots(Running now) {
        Optional<BlockNumber> saved = Optional.empty();
        while (!isStopping()) {
            pause(SNAPSHOT_EVERY);
            Optional<BlockNumber> newest =
                    view.map(it -> it.round.market().block().number());
            if (newest.isPresent() && !newest.equals(saved)) {
                try {
                    saveSnapshot(now);
                    saved = newest;
                } catch (RuntimeException e) {
                    log.snapshotFailed(e);
                }
            }
        }
    }

    private void saveSnapshot(Running now) {
        view.ifPresent(it -> store.save(
                now.market,
                new Snapshot(it.round.market().block(), it.round.market().reserves(), it.positions)));
    }

    void stop() {
        stopping.countDown();
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

    private static Assembly.Known known(Indexed indexed, BlockNumber firstBlock) {
        long from = Math.max(firstBlock.value(), indexed.block().value() - REORG_MARGIN);
        return new Assembly.Known(new BlockNumber(from), indexed.accounts());
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
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
