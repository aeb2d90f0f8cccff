package plimsoll.keeper.app;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import plimsoll.keeper.margin.Alarm;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.MarginCall;
import plimsoll.keeper.margin.Outbox;
import plimsoll.keeper.margin.Reading;
import plimsoll.keeper.margin.Remedies;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.notify.Courier;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.store.MarginStore;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;

/**
 * The borrower's desk: looks at the watched accounts after each round, calls and lets mandates act. On a thread of its own behind a queue
 * that drops its oldest look rather than make the loop wait, because liquidations come first.
 */
final class MarginDesk implements AutoCloseable, RoundListener {

    private static final int LOOKS = 16;
    private static final long PATIENCE_AT_END_MS = 5_000;

    private final MarginSettings settings;
    private final MarginStore store;
    private final Mandates mandates;
    private final InstantSource clock;
    private final MarginLog log;
    private final Courier courier;
    private final BlockingQueue<Look> looks = new ArrayBlockingQueue<>(LOOKS);
    private final Map<String, HealthFactor> lastHealth = new HashMap<>();
    private final Thread thread;
    private volatile Set<Address> wanted = Set.of();
    private volatile boolean closed;
    private final AtomicInteger waiting = new AtomicInteger();

    /** The watched accounts of a market at one block. */
    record Look(String market, MarketState state, List<AccountPosition> positions) {}

    /** @param random makes waits uneven */
    MarginDesk(
            MarginSettings settings,
            MarginStore store,
            Outbox outbox,
            Mandates mandates,
            MarginLog log,
            InstantSource clock,
            RandomGenerator random) {
        this.settings = settings;
        this.store = store;
        this.mandates = mandates;
        this.clock = clock;
        this.log = log;
        refresh();
        this.courier = new Courier(outbox, settings.channels(), settings.backoff(), clock, random);
        this.thread = Thread.ofVirtual().name("margin").start(this::work);
        log.started(
                watches().size(),
                settings.mandates().size(),
                settings.channels().size());
    }

    MarginSettings settings() {
        return settings;
    }

    /** Everybody who is watched: those of the configuration first. */
    List<Watch> watches() {
        List<Watch> watches = new ArrayList<>(settings.watches());
        watches.addAll(store.watches());
        return watches;
    }

    /** Adds an entry, or replaces one that was added. */
    void put(Watch watch) {
        store.put(watch, clock.instant());
        refresh();
    }

    /** Takes an entry away; false where none of this name was added. */
    boolean remove(String name) {
        boolean found = store.remove(name);
        refresh();
        return found;
    }

    private List<Watch> refresh() {
        List<Watch> watches = watches();
        Set<Address> accounts = new HashSet<>();
        watches.forEach(watch -> accounts.add(watch.scope().account()));
        settings.mandates().forEach(mandate -> accounts.add(mandate.scope().account()));
        wanted = Set.copyOf(accounts);
        return watches;
    }

    @Override
    public void seen(String market, MarketState state, Function<Address, AccountPosition> position) {
        List<AccountPosition> positions = wanted.stream().map(position).toList();
        Look look = new Look(market, state, positions);
        waiting.incrementAndGet();
        while (!looks.offer(look)) {
            if (looks.poll() != null) {
                waiting.decrementAndGet();
                log.skipped();
            }
        }
    }

    /** Whether every look has been dealt with. */
    boolean isIdle() {
        return waiting.get() == 0;
    }

    private void work() {
        try {
            while (!closed) {
                Look look = looks.poll(100, TimeUnit.MILLISECONDS);
                if (look != null) {
                    process(look);
                    waiting.decrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(Look look) {
        try {
            watch(look, refresh());
            boolean isNewest = looks.stream().noneMatch(later -> later.market.equals(look.market));
            mandates.look(look, isNewest);
        } catch (RuntimeException e) {
            log.failed(e);
        }
    }

    private void watch(Look look, List<Watch> watches) {
        Map<MarginStore.AlarmKey, Alarm> alarms = store.alarms(look.market);
        boolean rang = false;
        for (AccountPosition position : look.positions) {
            for (Watch watch : watches) {
                if (watch.scope().covers(look.market, position.account(), position.mode())) {
                    var key = new MarginStore.AlarmKey(watch.name(), position.account());
                    rang |= watch(look, position, watch, alarms.getOrDefault(key, Alarm.NEW));
                }
            }
        }
        if (rang) {
            courier.nudge();
        }
    }

    private boolean watch(Look look, AccountPosition position, Watch watch, Alarm before) {
        Optional<Reading> reading = reading(look, position);
        if (reading.isEmpty()) {
            log.unknownHealth(position.account(), look.market);
            return false;
        }
        Alarm.Heard heard = before.hear(watch, reading.get());
        Optional<MarginCall> call =
                heard.rings().map(level -> call(look, position, watch, level, reading.get(), before));
        boolean isNews = !heard.next().rung().equals(before.rung()) || call.isPresent();
        if (isNews) {
            store.remember(watch, reading.get(), heard.next(), call, clock.instant());
        }
        call.ifPresent(log::called);
        String place = watch.name() + "/" + look.market;
        reading.get().health().ifPresentOrElse(health -> lastHealth.put(place, health), () -> lastHealth.remove(place));
        return call.isPresent();
    }

    /** Empty where the market has no price. */
    static Optional<Reading> reading(Look look, AccountPosition position) {
        return look.state
                .standing(position)
                .map(standing -> new Reading(
                        look.market,
                        position.account(),
                        standing.healthFactor(),
                        standing.collateral(),
                        standing.debt(),
                        look.state.block().number(),
                        look.state.block().time()));
    }

    private MarginCall call(
            Look look, AccountPosition position, Watch watch, Level level, Reading reading, Alarm before) {
        Remedies remedies = new Remedies(look.state, position);
        Level restored = new Level(level.name(), watch.rearmsAt(level));
        return new MarginCall(
                MarginCall.key(watch, reading, before.calls() + 1),
                watch.name(),
                level,
                restored,
                reading,
                Optional.ofNullable(lastHealth.get(watch.name() + "/" + look.market))
                        .or(before::health),
                remedies.restoring(restored.below()),
                remedies.toLiquidation());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE_AT_END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        courier.close();
    }
}
