package plimsoll.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import java.util.function.Supplier;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.log.BlockRef;
import plimsoll.chain.log.FinalityBrokenException;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.units.BlockNumber;

/** Counts what happens while a chain is followed, and shows how far behind its head the follower is. */
public final class FollowerMeters implements FollowerEvents {

    private static final String PREFIX = "plimsoll.follower.";

    private final MeterRegistry registry;
    private final Tags tags;
    private volatile double applied = Double.NaN;

    /**
     * Meters of one follower.
     *
     * @param head the newest block of the chain, as far as it is known
     */
    public FollowerMeters(MeterRegistry registry, String follower, Supplier<Optional<BlockNumber>> head) {
        this.registry = registry;
        this.tags = Tags.of("follower", follower);
        gauge("head", () -> height(head.get()));
        gauge("applied", () -> applied);
        gauge("lag", () -> Math.max(0, height(head.get()) - applied));
    }

    private void gauge(String name, Supplier<Number> value) {
        Gauge earlier = registry.find(PREFIX + name).tags(tags).gauge();
        if (earlier != null) {
            registry.remove(earlier);
        }
        Gauge.builder(PREFIX + name, value).tags(tags).register(registry);
    }

    private static double height(Optional<BlockNumber> block) {
        return block.map(number -> (double) number.value()).orElse(Double.NaN);
    }

    private void count(String name, double by) {
        registry.counter(PREFIX + name, tags).increment(by);
    }

    /** The state is true at this block now. */
    public void applied(BlockNumber block) {
        applied = block.value();
    }

    @Override
    public void pageRead(BlockNumber first, BlockNumber last, int logs) {
        count("pages", 1);
        count("page.logs", logs);
    }

    @Override
    public void pageHalved(BlockNumber first, BlockNumber last, long blocks, String reason) {
        count("halvings", 1);
    }

    @Override
    public void reorganised(String consumer, BlockRef lost, BlockNumber kept, BlockHeader head) {
        registry.summary(PREFIX + "reorg.depth", tags)
                .record((double) (lost.number().value() - kept.value()));
    }

    @Override
    public void suspected(BlockHeader block, String reason) {
        count("suspicions", 1);
    }

    @Override
    public void finalityBroken(FinalityBrokenException reason) {
        count("finality.broken", 1);
    }

    @Override
    public void consumerFailed(String consumer, RuntimeException reason) {
        count("consumer.failures", 1);
    }

    @Override
    public void caughtUp(BlockHeader head) {
        count("catch.ups", 1);
    }
}
