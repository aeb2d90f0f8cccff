package plimsoll.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointState;
import plimsoll.chain.pool.EndpointStatus;
import plimsoll.chain.pool.Head;
import plimsoll.chain.pool.PoolEvents;

/** Counts what happens in a pool and shows how each endpoint stands, by its name. */
public final class PoolMeters implements PoolEvents {

    private static final String PREFIX = "plimsoll.pool.";
    private static final double UNKNOWN = Double.NaN;

    private final MeterRegistry registry;

    public PoolMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows this pool from now on, in place of an earlier one. */
    public void watch(EndpointPool pool) {
        gauge("blocked", Tags.empty(), pool, it -> it.isBlocked() ? 1 : 0);
        gauge("head", Tags.empty(), pool, PoolMeters::height);
        for (EndpointStatus endpoint : pool.endpoints()) {
            String name = endpoint.name();
            Tags tags = Tags.of("endpoint", name, "operator", endpoint.operator());
            gauge("endpoint.latency", tags, pool, it -> seconds(status(it, name).latency()));
            gauge("endpoint.slow", tags, pool, it -> seconds(status(it, name).slow()));
            gauge("endpoint.in.flight", tags, pool, it -> status(it, name).inFlight());
            gauge("endpoint.batch.size", tags, pool, it -> status(it, name).batchSize());
            gauge("endpoint.strikes", tags, pool, it -> status(it, name).strikes());
            gauge("endpoint.head", tags, pool, it -> height(status(it, name)));
            gauge("endpoint.lag", tags, pool, it -> Math.max(0, height(it) - height(status(it, name))));
            for (EndpointState state : EndpointState.values()) {
                gauge(
                        "endpoint.state",
                        tags.and("state", word(state)),
                        pool,
                        it -> status(it, name).state() == state ? 1 : 0);
            }
        }
    }

    private void gauge(String name, Tags tags, EndpointPool pool, ToDoubleFunction<EndpointPool> value) {
        Gauge earlier = registry.find(PREFIX + name).tags(tags).gauge();
        if (earlier != null) {
            registry.remove(earlier);
        }
        Gauge.builder(PREFIX + name, pool, value)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static EndpointStatus status(EndpointPool pool, String name) {
        return pool.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double height(EndpointPool pool) {
        return pool.head().map(head -> (double) head.number().value()).orElse(UNKNOWN);
    }

    private static double height(EndpointStatus endpoint) {
        return endpoint.head().map(head -> (double) head.number().value()).orElse(UNKNOWN);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static String word(EndpointState state) {
        return switch (state) {
            case UNTRIED -> "untried";
            case ALIVE -> "alive";
            case BEHIND -> "behind";
            case COOLING -> "cooling";
            case WRONG_CHAIN -> "wrong-chain";
            case DISTRUSTED -> "distrusted";
        };
    }

    private void count(String name, String... tags) {
        registry.counter(PREFIX + name, tags).increment();
    }

    @Override
    public void changed(String endpoint, EndpointState from, EndpointState to, String reason) {
        count("changes", "endpoint", endpoint, "to", word(to));
    }

    @Override
    public void lied(String endpoint, String method, String difference) {
        count("lies", "endpoint", endpoint);
    }

    @Override
    public void blocked(String disagreement) {
        count("disagreements");
    }

    @Override
    public void unblocked(String disagreement, String how) {
        count("disagreements.settled");
    }

    @Override
    public void trusting(String endpoint) {
        registry.gauge(PREFIX + "trusting", Tags.of("endpoint", endpoint), 1);
    }

    @Override
    public void headMoved(Head head) {
        count("heads");
    }

    @Override
    public void hedged(String slow, String second, String method) {
        count("hedges", "endpoint", slow);
    }

    @Override
    public void failedOver(String endpoint, String method, String reason) {
        count("errors", "endpoint", endpoint);
    }

    @Override
    public void resized(String endpoint, int from, int to, String reason) {
        count("resizes", "endpoint", endpoint);
    }

    @Override
    public void auditsDropped(long total) {
        count("audits.dropped");
    }
}
