package plimsoll.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** Counts what happens on lanes, and times how long an intent waits for its block. */
public final class LaneMeters implements LaneEvents {

    private static final String PREFIX = "plimsoll.lane.";
    private static final Duration DAY = Duration.ofHours(24);
    private static final int REMEMBERED = 10_000;

    private final MeterRegistry registry;
    private final IntentStore store;
    private final InstantSource clock;
    private final Map<Lane, AtomicLong> nextNonces = new ConcurrentHashMap<>();
    private final Set<Long> included = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /**
     * Meters of the lanes that tell it what happens.
     *
     * @param store is asked for what is open and what the day has cost, whenever somebody reads the gauges
     */
    public LaneMeters(MeterRegistry registry, IntentStore store, InstantSource clock) {
        this.registry = registry;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void opened(Lease lease, Nonce next, int unfinished) {
        Lane lane = lease.lane();
        nonce(lane).set(next.value());
        Tags tags = Tags.of("lane", lane.toString());
        gauge("held", tags, () -> 1);
        gauge("next.nonce", tags, () -> nonce(lane).get());
        gauge("open", tags, () -> store.unfinished(lane).size());
        gauge(
                "spend.day",
                tags,
                () -> coins(store.spentSince(lane, clock.instant().minus(DAY))));
    }

    private void gauge(String name, Tags tags, Supplier<Number> value) {
        Gauge earlier = registry.find(PREFIX + name).tags(tags).gauge();
        if (earlier != null) {
            registry.remove(earlier);
        }
        Gauge.builder(PREFIX + name, value).tags(tags).register(registry);
    }

    private static double coins(Wei wei) {
        return new BigDecimal(wei.raw()).movePointLeft(18).doubleValue();
    }

    private AtomicLong nonce(Lane lane) {
        return nextNonces.computeIfAbsent(lane, any -> new AtomicLong());
    }

    private void count(String name, Lane lane, String... more) {
        registry.counter(PREFIX + name, Tags.of("lane", lane.toString()).and(more))
                .increment();
    }

    @Override
    public void planned(StoredIntent intent) {
        nonce(intent.lane()).accumulateAndGet(intent.nonce().value() + 1, Math::max);
        count("planned", intent.lane(), "urgency", intent.intent().urgency().word());
    }

    @Override
    public void signed(StoredIntent intent, Attempt attempt) {
        if (attempt.number() > 1) {
            count("bumps", intent.lane());
        }
    }

    @Override
    public void reached(StoredIntent intent) {
        count(intent.state().word(), intent.lane());
        if (intent.state().standing().isPresent() && included.add(intent.id())) {
            registry.timer(
                            PREFIX + "time.to.inclusion",
                            Tags.of(
                                    "lane",
                                    intent.lane().toString(),
                                    "urgency",
                                    intent.intent().urgency().word()))
                    .record(Duration.between(intent.plannedAt(), clock.instant()));
        }
    }

    @Override
    public void reorganised(StoredIntent intent, Inclusion lost) {
        included.remove(intent.id());
        count("reorganised", intent.lane());
    }

    @Override
    public void refused(StoredIntent intent, RpcException reason) {
        count("refusals", intent.lane(), "kind", reason.kind().toString().toLowerCase(Locale.ROOT));
    }

    @Override
    public void cancelling(StoredIntent intent, String reason) {
        count("cancelled", intent.lane());
    }

    @Override
    public void heldByCap(StoredIntent intent, GasPrice cap) {
        count("waits", intent.lane(), "for", "cheaper-gas");
    }

    @Override
    public void heldByBudget(StoredIntent intent, Wei found, Wei allowed) {
        count("waits", intent.lane(), "for", "budget");
    }

    @Override
    public void forgotten(StoredIntent intent) {
        count("forgotten", intent.lane());
    }

    @Override
    public void yielding(StoredIntent intent, StoredIntent urgent) {
        count("yielded", intent.lane());
    }

    @Override
    public void replanned(StoredIntent intent, Nonce before) {
        nonce(intent.lane()).accumulateAndGet(intent.nonce().value() + 1, Math::max);
        count("replanned", intent.lane());
    }

    @Override
    public void filling(StoredIntent filler) {
        count("filled", filler.lane());
    }

    @Override
    public void contradicted(StoredIntent intent, String contradiction) {
        count("contradictions", intent.lane());
    }

    @Override
    public void troubled(Lane lane, RuntimeException reason) {
        count("troubles", lane);
    }

    @Override
    public void lost(Lease lease) {
        count("lost", lease.lane());
        gauge("held", Tags.of("lane", lease.lane().toString()), () -> 0);
    }
}
