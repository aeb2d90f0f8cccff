package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.FollowerSettings;
import plimsoll.chain.log.LogFollower;
import plimsoll.chain.log.MemoryBlockStore;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.devnet.fault.FaultProxy;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * A keeper in small: sees a price in every block through a pool of three proxies, acts where it is below the line, follows
 * the price's logs. It knows from the node itself what it should have done.
 */
final class Watch implements AutoCloseable {

    private static final ChainId CHAIN = new ChainId(31_337);
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000bb");
    private static final Address REPORTER = Address.parse("0x00000000000000000000000000000000000000cc");
    private static final int LINE = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** The ordinary rules with shorter pauses, because blocks follow one another faster here than on any chain. */
    private static final HealthSettings HASTY = new HealthSettings(
            3,
            Duration.ofMinutes(1),
            2,
            3,
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            20);

    /**
     * A price feed: 32 bytes of call data are stored and emitted, anything else is answered with five times the stored word.
     * CALLDATASIZE 32 EQ JUMPI(31); SLOAD(0) to words 0..4, RETURN; 31: SSTORE(0, word), LOG1(word, topic).
     */
    private static final String FEED_CODE = "0x36602014601f57" + "5f54805f528060205280604052806060526080" + "5260a05ff3"
            + "5b5f35805f555f527f" + "ab".repeat(32) + "60205fa100";

    private final RpcClient direct;
    private final SplittableRandom random;
    private final List<FaultProxy> proxies;
    private final EndpointPool pool;
    private final Chain chain;
    private final Chain truth;
    private final Address feed;
    private final LogQuery query;
    private final FollowerSettings following;
    private final RecordingConsumer followed = new RecordingConsumer();
    private final LogFollower follower;
    private final Signer signer;
    private final MemoryIntentStore store = new MemoryIntentStore(InstantSource.system());
    private final LaneSender lane;

    private final Set<String> accused = ConcurrentHashMap.newKeySet();
    private final Set<String> suspects = ConcurrentHashMap.newKeySet();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<Long> due = new TreeSet<>();

    Watch(String node, RpcClient direct, long seed) {
        this.direct = direct;
        random = new SplittableRandom(seed);
        truth = new Chain(direct);
        long start = truth.head().number().value() + 1;
        feed = new Address("0x%040x".formatted(0xfeed_0000_0000L + start));
        signer = Signer.fromPrivateKey("%064x".formatted(0x1234_5678_0000L + start));
        direct.call("anvil_setCode", feed.hex(), FEED_CODE);
        direct.call("anvil_setBalance", REPORTER.hex(), "0x56bc75e2d63100000");
        direct.call("anvil_setBalance", signer.address().hex(), "0x56bc75e2d63100000");
        direct.call("evm_mine");
        proxies = IntStream.range(0, 3)
                .mapToObj(i -> FaultProxy.before(node, seed + i))
                .toList();
        pool = EndpointPool.open(
                PoolSettings.of(
                                CHAIN,
                                IntStream.range(0, 3)
                                        .mapToObj(i -> EndpointSettings.of(
                                                        name(i), proxies.get(i).url())
                                                .withRequestTimeout(Duration.ofMillis(300)))
                                        .toList())
                        .withPatience(Duration.ofSeconds(5))
                        .withHealth(HASTY),
                new Told(),
                InstantSource.system());
        chain = new Chain(pool);
        query = LogQuery.of(List.of(feed), List.of("0x" + "ab".repeat(32)));
        following = FollowerSettings.of("watch", truth.head().number()).withNear(8);
        follower = new LogFollower(chain, query, following, new MemoryBlockStore(), followed);
        LaneSettings settings = LaneSettings.of(CHAIN, "watch")
                .withPollInterval(Duration.ofMillis(50))
                .withBumpAfter(Duration.ofMinutes(5));
        lane = patiently(
                () -> LaneSender.open(chain, signer, store, settings, InstantSource.system(), new SilentLaneEvents())
                        .orElseThrow());
    }

    static String name(int endpoint) {
        return "endpoint-" + endpoint;
    }

    List<FaultProxy> proxies() {
        return proxies;
    }

    /** Who was caught with a false answer. */
    Set<String> accused() {
        return accused;
    }

    /** Those, and who was taken out because it stands behind. */
    Set<String> suspects() {
        return suspects;
    }

    List<String> told() {
        return told;
    }

    /** So many blocks, each with a new price that is seen, judged and acted upon. */
    void live(int blocks) {
        for (int i = 0; i < blocks; i++) {
            int price = LINE - 400 + random.nextInt(800);
            report(price);
            long number = truth.head().number().value();
            if (price < LINE) {
                due.add(number);
            }
            act(number);
            patiently(() -> {
                // Blocks follow one another here faster than on any chain; the pool's second looks need their time.
                if (!pool.isAudited()) {
                    throw new RpcException(RpcException.Kind.TRANSIENT, "An audit is under way");
                }
                return 0;
            });
        }
    }

    private void report(int price) {
        direct.call(
                "eth_sendTransaction",
                Map.of("from", REPORTER.hex(), "to", feed.hex(), "data", "0x%064x".formatted(price), "gas", "0x186a0"));
        direct.call("evm_mine");
    }

    private void act(long number) {
        BlockHeader head = patiently(() -> {
            BlockHeader found = chain.head();
            if (found.number().value() < number) {
                throw new RpcException(RpcException.Kind.TRANSIENT, "The pool has not seen the block yet");
            }
            return found;
        });
        int price = patiently(() -> Aggregator.LATEST_ROUND_DATA
                .decode(chain.call(feed, Aggregator.LATEST_ROUND_DATA.encode(), head.at()))
                .integer("answer")
                .intValueExact());
        if (price < LINE) {
            TransactionIntent intent = new TransactionIntent(
                    "act/" + head.number().value(), TARGET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse("200"));
            patiently(() -> lane.submit(intent));
        }
        patiently(() -> {
            lane.advance();
            return 0;
        });
        patiently(() -> chain.receipts(store.on(new Lane(CHAIN, signer.address())).stream()
                .flatMap(it -> it.attempts().stream())
                .map(it -> it.hash())
                .toList()));
        patiently(follower::advance);
    }

    /** Nothing was done that an honest node would not have caused, nothing was left out, and what is known is true. */
    void verify() {
        for (int i = 0; i < 3; i++) {
            direct.call("evm_mine");
            patiently(() -> {
                lane.advance();
                return 0;
            });
        }
        long head = truth.head().number().value();
        patiently(() -> {
            LogFollower.Progress progress = follower.advance();
            if (progress.head().number().value() < head || !progress.isCaughtUp()) {
                throw new RpcException(RpcException.Kind.TRANSIENT, "The follower has not seen the head yet");
            }
            return progress;
        });
        RecordingConsumer fresh = new RecordingConsumer();
        new LogFollower(truth, query, following, new MemoryBlockStore(), fresh).advance();

        var intents = store.on(new Lane(CHAIN, signer.address()));
        assertThat(intents)
                .as("done and due, %s", told)
                .extracting(it -> it.reason())
                .containsExactlyElementsOf(due.stream().map(it -> "act/" + it).toList());
        assertThat(intents).as("%s", told).allMatch(it -> it.state() instanceof IntentState.Final);
        assertThat(truth.transactionCount(signer.address(), BlockTag.LATEST).value())
                .isEqualTo(due.size());
        assertThat(followed.logs()).isEqualTo(fresh.logs());
        assertThat(fresh.logs()).hasSizeGreaterThan(5);
    }

    /** As a keeper's loop does: what failed for now is tried again. */
    private static <T> T patiently(Supplier<T> work) {
        List<RpcException> troubles = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                return work.get();
            } catch (RpcException e) {
                troubles.add(e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        Map<String, Integer> reasons = new LinkedHashMap<>();
        troubles.forEach(it -> reasons.merge(String.valueOf(it.getMessage()), 1, Integer::sum));
        throw new AssertionError("Nothing goes: " + reasons, troubles.getLast());
    }

    @Override
    public void close() {
        lane.close();
        pool.close();
        proxies.forEach(FaultProxy::close);
    }

    private final class Told implements PoolEvents {

        @Override
        public void changed(String endpoint, EndpointState from, EndpointState to, String reason) {
            told.add(endpoint + " " + from + "->" + to + " " + reason);
            if (to == EndpointState.BEHIND || to == EndpointState.DISTRUSTED) {
                suspects.add(endpoint);
            }
        }

        @Override
        public void lied(String endpoint, String method, String difference) {
            told.add(endpoint + " lied " + method + " " + difference);
            accused.add(endpoint);
            suspects.add(endpoint);
        }

        @Override
        public void blocked(String disagreement) {
            told.add("blocked " + disagreement);
        }

        @Override
        public void unblocked(String disagreement, String how) {
            told.add("unblocked " + disagreement + " " + how);
        }

        @Override
        public void trusting(String endpoint) {
            told.add("trusting " + endpoint);
        }

        @Override
        public void headMoved(Head head) {}

        @Override
        public void hedged(String slow, String second, String method) {}

        @Override
        public void failedOver(String endpoint, String method, String reason) {}

        @Override
        public void resized(String endpoint, int from, int to, String reason) {}

        @Override
        public void auditsDropped(long total) {}
    }
}
