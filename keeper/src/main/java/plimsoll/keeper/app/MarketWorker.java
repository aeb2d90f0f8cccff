package plimsoll.keeper.app;

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
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.PositionBook;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.store.Duty;
import plimsoll.units.Address;

/** The loop of one market: a round for each block, its journal, and now and then a snapshot of the positions. */
final class MarketWorker {

    /** A new head wakes the loop; this is how long it sleeps where none is announced. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(500);
    static final Duration ONCE_TAKES = Duration.ofMinutes(2);

    private final Parts parts;
    private final InstantSource clock;
    private final KeeperLog log;
    private final Listener listener;
    private final Set<Address> everLiquidatable = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Semaphore news = new Semaphore(0);
    private volatile Optional<View> view = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private boolean doubted;
    private boolean isIndexed;
    private boolean wasOnDuty;
    private List<Thread> threads = List.of();

    /** What the loop is made of. */
    record Parts(
            KeeperSettings settings,
            EndpointPool pool,
            Assembly assembly,
            Duty duty,
            long market,
            Journal journal,
            Snapshots snapshots) {}

    /** Told after every round, on the loop's thread. */
    interface Listener {
        void seen(MarketWorker worker, Round round);
    }

    MarketWorker(Parts parts, InstantSource clock, KeeperLog log, Listener listener) {
        this.parts = parts;
        this.clock = clock;
        this.log = log;
        this.listener = listener;
    }

    KeeperSettings settings() {
        return parts.settings;
    }

    EndpointPool pool() {
        return parts.pool;
    }

    Assembly assembly() {
        return parts.assembly;
    }

    /** Whether it is to send what it decides; otherwise it gives way to a process that is. */
    boolean isLive() {
        return parts.settings.live() && !parts.assembly.isHeldBack();
    }

    /** The market's number in the database. */
    long market() {
        return parts.market;
    }

    /** There may be something to do before the next block. */
    void wake() {
        news.release();
    }

    /** The first round in which something may be done, however long the market takes to be indexed; trouble is the end of it. */
    Round once() {
        Instant end = clock.instant().plus(ONCE_TAKES);
        while (clock.instant().isBefore(end)) {
            Optional<Round> round = advance();
            if (round.isPresent() && !parts.assembly.isStandingBy()) {
                publish(round.get());
                parts.snapshots.save();
                parts.assembly.awaitOutcomes(round.get().sent().values(), ONCE_TAKES);
                return round.get();
            }
        }
        throw CommandFailure.outside("Market is not indexed within " + ONCE_TAKES.toSeconds()
                + " s, or another process acts in it: market=" + parts.settings.name() + " contract="
                + parts.settings.market().contract());
    }

    void start() {
        parts.assembly.watchPool(parts.settings, this::wake);
        String name = parts.settings.name();
        threads = List.of(
                Thread.ofVirtual().name("keeper " + name).start(this::work),
                Thread.ofVirtual().name("snapshots " + name).start(this::keepSnapshots));
    }

    private void work() {
        Instant begin = clock.instant();
        boolean first = true;
        while (!isStopping()) {
            try {
                Optional<Round> round = advance();
                round.ifPresent(this::publish);
                boolean _ = parts.assembly.react().isEmpty();
                parts.assembly.anticipations().forEach(it -> parts.journal.add(it, clock.instant()));
                if (first && round.isPresent()) {
                    first = false;
                    log.indexed(
                            round.get().market().block().number(),
                            round.get().positions(),
                            Duration.between(begin, clock.instant()).toMillis());
                }
                int _ = parts.assembly.engine().rehearse(() -> isStopping() || news.availablePermits() > 0);
                trouble = Optional.empty();
                doubted = false;
                log.recovered();
                awaitNews();
            } catch (RuntimeException e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
                log.troubled(e);
                doubt();
                pause(
                        e instanceof RpcException rpc && rpc.isTransient()
                                ? parts.settings.timing().pollInterval()
                                : PAUSE_AFTER_TROUBLE);
            }
        }
    }

    /** Only who has a true book asks for the market's duty: it takes over nothing that it could not go on with. */
    private Optional<Round> advance() {
        Optional<Round> round = parts.assembly.engine().advance();
        if (round.isPresent() && !isIndexed) {
            isIndexed = true;
            parts.duty.start();
        }
        round.ifPresent(this::noteDuty);
        return round;
    }

    private void noteDuty(Round round) {
        boolean isOnDuty = !parts.assembly.isStandingBy();
        if (wasOnDuty && !isOnDuty) {
            log.stoodBack(parts.settings.name(), round.market().block().number());
        }
        wasOnDuty = isOnDuty;
    }

    /** Whoever stands by keeps to itself what it has seen: the process that acts writes it down. */
    private void publish(Round round) {
        everLiquidatable.addAll(round.liquidatable());
        PositionBook book = parts.assembly.engine().watch().book();
        view = Optional.of(new View(round, book.all()));
        if (!parts.assembly.isStandingBy()) {
            parts.journal.add(round, clock.instant());
            parts.snapshots.add(round, book);
        } else {
            parts.snapshots.restart();
        }
        listener.seen(this, round);
    }

    private void keepSnapshots() {
        while (!isStopping()) {
            pause(SNAPSHOT_EVERY);
            try {
                parts.snapshots.save();
            } catch (RuntimeException e) {
                log.snapshotFailed(e);
            }
        }
    }

    /** Ends the loop and writes what is left. */
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
        parts.assembly.stopWatchingPool();
        parts.journal.close();
        parts.duty.close();
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
    private void doubt() {
        if (!doubted && parts.pool.isBlocked()) {
            doubted = true;
            view.map(View::round).ifPresent(last -> parts.journal.add(last.inDoubt(), clock.instant()));
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
