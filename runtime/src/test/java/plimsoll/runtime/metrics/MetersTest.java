package plimsoll.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.BlockLogs;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.log.FollowerSettings;
import plimsoll.chain.log.LogConsumer;
import plimsoll.chain.log.LogFollower;
import plimsoll.chain.log.MemoryBlockStore;
import plimsoll.chain.log.Subscribers;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolEvents;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** Meters move with what happens, and nobody who listens is left out. */
class MetersTest {

    private static final ChainId CHAIN = new ChainId(31_337);
    private static final Address ANYBODY = new Address("0x" + "5".repeat(40));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsATransactionFromItsPlanToItsEnd() {
        SimulatedNode node = new SimulatedNode(CHAIN.value()).automining();
        MemoryIntentStore store = new MemoryIntentStore(InstantSource.system());
        LaneEvents events = Listeners.all(
                LaneEvents.class, List.of(new LaneLog(), new LaneMeters(registry, store, InstantSource.system())));

        try (LaneSender lane = LaneSender.open(
                        new Chain(node),
                        Signer.fromPrivateKey("46".repeat(32)),
                        store,
                        LaneSettings.of(CHAIN, "test"),
                        InstantSource.system(),
                        events)
                .orElseThrow()) {
            lane.submitAll(List.of(intent("one"), intent("two")));
            for (int i = 0; i < 20 && counted("plimsoll.lane.final") < 2; i++) {
                lane.advance();
                node.mine();
            }

            assertThat(counted("plimsoll.lane.planned")).isEqualTo(2);
            assertThat(counted("plimsoll.lane.final")).isEqualTo(2);
            assertThat(gauge("plimsoll.lane.open")).isZero();
            assertThat(gauge("plimsoll.lane.held")).isOne();
            assertThat(gauge("plimsoll.lane.next.nonce")).isEqualTo(2);
            assertThat(gauge("plimsoll.lane.spend.day")).isPositive();
            assertThat(registry.get("plimsoll.lane.time.to.inclusion").timer().count())
                    .isEqualTo(2);
        }
    }

    @Test
    void showsHowEachEndpointStandsWithoutItsUrl() {
        SimulatedNode node = new SimulatedNode(CHAIN.value());
        node.mine(3);
        PoolMeters meters = new PoolMeters(registry);
        List<EndpointSettings> endpoints = List.of(
                EndpointSettings.of("own", "http://own.example/credential"),
                EndpointSettings.of("other", "http://other.example/credential"));

        try (EndpointPool pool = EndpointPool.over(
                PoolSettings.of(CHAIN, endpoints),
                any -> node,
                Listeners.all(PoolEvents.class, List.of(new PoolLog(), meters)),
                InstantSource.system())) {
            meters.watch(pool);
            meters.watch(pool);
            pool.observe();

            assertThat(gauge("plimsoll.pool.head")).isEqualTo(3);
            assertThat(gauge("plimsoll.pool.blocked")).isZero();
            for (String name : List.of("own", "other")) {
                assertThat(registry.get("plimsoll.pool.endpoint.state")
                                .tags("endpoint", name, "state", "alive")
                                .gauge()
                                .value())
                        .isOne();
                assertThat(registry.get("plimsoll.pool.endpoint.lag")
                                .tag("endpoint", name)
                                .gauge()
                                .value())
                        .isZero();
            }
            assertThat(counted("plimsoll.pool.heads")).isOne();
            assertThat(registry.getMeters())
                    .extracting(Meter::getId)
                    .extracting(Meter.Id::toString)
                    .noneMatch(id -> id.contains("credential"));
        }
    }

    @Test
    void measuresReorgsByTheirDepth() {
        SimulatedNode node = new SimulatedNode(CHAIN.value());
        node.mine(20);
        Chain chain = new Chain(node);
        FollowerMeters meters = new FollowerMeters(
                registry, "test", () -> Optional.of(chain.head().number()));
        LogFollower follower = new LogFollower(
                chain,
                LogQuery.of(List.of(ANYBODY)),
                FollowerSettings.of("test", new BlockNumber(0)),
                new Subscribers(
                        new MemoryBlockStore(),
                        Map.of("test", new Ignoring()),
                        Listeners.all(FollowerEvents.class, List.of(new FollowerLog("test"), meters))));
        meters.applied(follower.advance().head().number());
        node.undo(4);
        node.emit(ANYBODY, "0x" + "1".repeat(64), "0x");
        node.mine(7);
        double behind = gauge("plimsoll.follower.lag");

        meters.applied(follower.advance().head().number());

        assertThat(behind).isEqualTo(3);
        assertThat(gauge("plimsoll.follower.lag")).isZero();
        assertThat(registry.get("plimsoll.follower.reorg.depth").summary().max())
                .isEqualTo(4);
    }

    @Test
    void tellsEverybodyWhatIsToldByDefaultMethodsToo() {
        List<String> told = new ArrayList<>();
        Hearer first = new Hearer() {
            @Override
            public void must(String what) {
                told.add("first " + what);
            }

            @Override
            public void may(String what) {
                told.add("first may " + what);
            }
        };
        Hearer second = what -> told.add("second " + what);
        Hearer all = Listeners.all(Hearer.class, List.of(first, second));

        all.must("a");
        all.may("b");

        assertThat(told).containsExactly("first a", "second a", "first may b");
        assertThat(all)
                .isEqualTo(Listeners.all(Hearer.class, List.of(first, second)))
                .isNotEqualTo(first);
        assertThat(all.toString()).startsWith("Listeners");
    }

    interface Hearer {
        void must(String what);

        default void may(String what) {}
    }

    private static final class Ignoring implements LogConsumer {
        @Override
        public void apply(BlockLogs logs) {}

        @Override
        public void rewind(BlockNumber first) {}
    }

    private static TransactionIntent intent(String reason) {
        return new TransactionIntent(reason, ANYBODY, "0x", Wei.parse("0.5"), new Gas(50_000), GasPrice.parse("500"));
    }

    private double counted(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
