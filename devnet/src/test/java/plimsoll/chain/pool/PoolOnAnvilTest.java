package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.FollowerSettings;
import plimsoll.chain.log.LogFollower;
import plimsoll.chain.log.MemoryBlockStore;
import plimsoll.chain.testing.CountingLaneEvents;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SilentPoolEvents;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** What stands above a pool works as above a node: three endpoints of which two must agree, on one real node. */
class PoolOnAnvilTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address SENDER = Address.parse("0x00000000000000000000000000000000000000cc");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    /** Emits its call data under the topic: CALLDATACOPY(0, 0, CALLDATASIZE); LOG1(0, CALLDATASIZE, topic). */
    private static final String ECHO = "0x365f5f377f" + "ab".repeat(32) + "365fa100";

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining", "--auto-impersonate");

    @SuppressWarnings("NullAway.Init")
    private EndpointPool pool;

    private final List<String> trouble = new ArrayList<>();
    private final PoolEvents events = new SilentPoolEvents() {
        @Override
        public void lied(String endpoint, String method, String difference) {
            tell("lied " + endpoint + " " + method + " " + difference);
        }

        @Override
        public void blocked(String disagreement) {
            tell("blocked " + disagreement);
        }

        @Override
        public void changed(String endpoint, EndpointState from, EndpointState to, String reason) {
            if (to != EndpointState.ALIVE) {
                tell("changed " + endpoint + " " + to + " " + reason);
            }
        }
    };

    /** anvil may answer about its newest block from the state of the next, where it mines while it is asked. */
    private void awaitAudits() {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!pool.isAudited() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(pool.isAudited()).isTrue();
    }

    private void tell(String line) {
        synchronized (trouble) {
            trouble.add(line);
        }
    }

    @BeforeEach
    void start() {
        anvil.fund(SIGNER.address());
        anvil.fund(SENDER);
        pool = EndpointPool.open(settings(anvil.url()), events, InstantSource.system());
    }

    private static PoolSettings settings(String url) {
        return PoolSettings.of(
                        CHAIN,
                        List.of(
                                EndpointSettings.of("one", url),
                                EndpointSettings.of("two", url),
                                EndpointSettings.of("three", url)))
                .withPollInterval(Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void minesAHundredIntentsAtOnceWithinTwoBlocks() {
        ManualClock clock = ManualClock.atNoon();
        MemoryIntentStore store = new MemoryIntentStore(clock);
        CountingLaneEvents laneEvents = new CountingLaneEvents();
        LaneSender sender = LaneSender.open(
                        new Chain(pool), SIGNER, store, LaneSettings.of(CHAIN, "test"), clock, laneEvents)
                .orElseThrow();

        sender.submitAll(intents(100));
        sender.advance();
        awaitAudits();
        anvil.call("evm_mine");
        anvil.call("evm_mine");
        sender.advance();

        assertThat(laneEvents.failures()).isZero();
        assertThat(store.on(new Lane(CHAIN, SIGNER.address())))
                .hasSize(100)
                .allMatch(intent -> intent.state() instanceof IntentState.Final);
        assertThat(new Chain(pool).transactionCount(SIGNER.address(), BlockTag.LATEST))
                .isEqualTo(new Nonce(100));
        assertThat(trouble).isEmpty();
    }

    @Test
    void minesAHundredIntentsInTheBackgroundOfABusyChain() {
        anvil.call("evm_setAutomine", true);
        pool.start();
        InstantSource clock = InstantSource.system();
        MemoryIntentStore store = new MemoryIntentStore(clock);
        LaneSettings settings = LaneSettings.of(CHAIN, "test").withPollInterval(Duration.ofMillis(50));
        try (LaneSender sender = LaneSender.open(
                        new Chain(pool), SIGNER, store, settings, clock, new SilentLaneEvents())
                .orElseThrow()) {
            sender.start();
            sender.submitAll(intents(100));

            for (TransactionIntent intent : intents(100)) {
                assertThat(sender.await(intent.reason(), Duration.ofSeconds(30))
                                .orElseThrow()
                                .state())
                        .isInstanceOf(IntentState.Final.class);
            }
        }
        assertThat(anvil.chain().transactionCount(SIGNER.address(), BlockTag.LATEST))
                .isEqualTo(new Nonce(100));
        assertThat(trouble).noneMatch(line -> line.startsWith("lied") || line.startsWith("blocked"));
    }

    @Test
    void followsLogsThroughReorgs() {
        anvil.call("anvil_setCode", TARGET.hex(), ECHO);
        SplittableRandom random = new SplittableRandom(31);
        RecordingConsumer followed = new RecordingConsumer();
        LogFollower follower = follower(new Chain(pool), followed);
        int rewinds = 0;
        for (int step = 0; step < 8; step++) {
            grow(4 + random.nextInt(20), random);
            follower.advance();
            anvil.call("anvil_reorg", 1 + random.nextInt(4), List.of());
            follower.advance();
            rewinds = followed.rewinds();

            RecordingConsumer fresh = new RecordingConsumer();
            follower(anvil.chain(), fresh).advance();
            assertThat(followed.logs()).as("step %d", step).isEqualTo(fresh.logs());
        }
        assertThat(rewinds).isPositive();
        assertThat(followed.logs()).isNotEmpty();
        assertThat(trouble).noneMatch(line -> line.startsWith("lied") || line.startsWith("blocked"));
    }

    @Test
    void hearsOfHeadsOverWebSockets() {
        pool.close();
        String ws = anvil.url().replaceFirst("^http", "ws");
        PoolSettings slow = settings(anvil.url()).withPollInterval(Duration.ofMinutes(1));
        List<EndpointSettings> heard =
                slow.endpoints().stream().map(one -> one.withWebSocket(ws)).toList();
        pool = EndpointPool.open(
                new PoolSettings(CHAIN, heard, 2, 1, slow.patience(), slow.pollInterval(), slow.health()),
                events,
                InstantSource.system());
        List<Head> heads = new ArrayList<>();
        pool.onHead(head -> {
            synchronized (heads) {
                heads.add(head);
            }
        });
        pool.start();
        await(() -> pool.head().isPresent());

        for (int block = 1; block <= 3; block++) {
            long number = block;
            anvil.call("evm_mine");
            await(() ->
                    pool.head().filter(head -> head.number().value() == number).isPresent());
        }

        synchronized (heads) {
            assertThat(heads).extracting(head -> head.number().value()).endsWith(1L, 2L, 3L);
        }
        assertThat(trouble).isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("condition was not met within 20 s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static LogFollower follower(Chain chain, RecordingConsumer consumer) {
        return new LogFollower(
                chain,
                LogQuery.of(List.of(TARGET), List.of(TOPIC)),
                FollowerSettings.of("test", new BlockNumber(1)).withNear(8).withKeep(64),
                new MemoryBlockStore(),
                consumer);
    }

    private void grow(int blocks, SplittableRandom random) {
        for (int i = 0; i < blocks; i++) {
            for (int j = random.nextInt(3); j > 0; j--) {
                Map<String, Object> emission = new HashMap<>();
                emission.put("from", SENDER.hex());
                emission.put("to", TARGET.hex());
                emission.put("data", "0x%08x".formatted(random.nextInt()));
                anvil.call("eth_sendTransaction", emission);
            }
            anvil.call("evm_mine");
        }
    }

    private static List<TransactionIntent> intents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TransactionIntent(
                        "liquidation/" + i, TARGET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse("100")))
                .toList();
    }
}
