package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.web3j.crypto.Hash;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import tools.jackson.databind.JsonNode;

/**
 * Seeded lives of a follower on a real node whose new branches hold logs of their own. The node sends no notice of what it
 * took back: only parent hashes tell.
 */
class ReorgStormOnAnvilTest {

    private static final long FIRST_SEED = 20_261_123;
    private static final int DEEPEST = 64;
    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address SENDER = Address.parse("0x00000000000000000000000000000000000000cc");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    /** Emits its call data under the topic: CALLDATACOPY(0, 0, CALLDATASIZE); LOG1(0, CALLDATASIZE, topic). */
    private static final String ECHO = "0x365f5f377f" + "ab".repeat(32) + "365fa100";

    private static final LogQuery QUERY = LogQuery.of(List.of(POOL), List.of(TOPIC));

    /** Not an exception that anyone could catch and survive. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining", "--auto-impersonate");

    private SplittableRandom random = new SplittableRandom();
    private boolean stormy;
    private long floor;
    private int reorgs;
    private int deepest;
    private int reorgsWhileReading;
    private int crashes;
    private int logs;

    @BeforeEach
    void start() {
        anvil.call("anvil_setCode", POOL.hex(), ECHO);
        anvil.call("anvil_setBalance", SENDER.hex(), "0x56bc75e2d63100000000");
    }

    @Test
    void equalsAFreshFollowerAfterTenStorms() {
        weather(10);
    }

    @Test
    @Tag("long")
    void equalsAFreshFollowerAfterAHundredStorms() {
        weather(100);
    }

    private void weather(int cases) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + cases; seed++) {
            storm(seed);
        }
        assertThat(reorgs).isGreaterThan(cases);
        assertThat(reorgsWhileReading).isPositive();
        assertThat(crashes).isPositive();
        assertThat(deepest).isGreaterThan(DEEPEST / 2);
        assertThat(logs).isGreaterThan(cases * 10);
        System.out.printf(
                "reorg storms on anvil: seeds=%d..%d reorgs=%d whileReading=%d deepest=%d crashes=%d logs=%d%n",
                FIRST_SEED, FIRST_SEED + cases - 1, reorgs, reorgsWhileReading, deepest, crashes, logs);
    }

    private void storm(long seed) {
        random = new SplittableRandom(seed);
        stormy = false;
        grow(1);
        floor = head();
        FollowerSettings settings = FollowerSettings.of("storm", new BlockNumber(floor + 1))
                .withNear(1 + random.nextInt(24))
                .withKeep(256)
                .withPaging(new Paging(1 + random.nextInt(40), 1 + random.nextInt(60), 1))
                .withFinality(Finality.never())
                .withBloom(random.nextBoolean() ? BloomCheck.all(0.5) : BloomCheck.near());
        MemoryBlockStore store = new MemoryBlockStore();
        RecordingConsumer consumer = new RecordingConsumer();
        grow(20 + random.nextInt(80));
        LogFollower follower = follower(settings, store, consumer);
        for (int round = 0; round < 5; round++) {
            grow(1 + random.nextInt(12));
            if (random.nextInt(3) != 0) {
                reorganise();
            }
            stormy = random.nextBoolean();
            try {
                follower.advance();
            } catch (Death death) {
                crashes++;
                follower = follower(settings, store, consumer);
            } catch (RpcException e) {
                // The chain would not stand still; asked again in the next round.
                assertThat(e.kind()).as("seed %d: %s", seed, e.getMessage()).isNotEqualTo(RpcException.Kind.CORRUPT);
            }
        }
        stormy = false;
        grow(2);
        assertThat(follower.advance().isCaughtUp()).as("seed %d", seed).isTrue();
        assertThat(follower.suspicions()).as("seed %d", seed).isZero();

        RecordingConsumer fresh = new RecordingConsumer();
        follower(settings, new MemoryBlockStore(), fresh).advance();
        assertThat(hash(consumer)).as("state hash, seed %d", seed).isEqualTo(hash(fresh));
        logs += fresh.logs().size();
    }

    private LogFollower follower(FollowerSettings settings, BlockStore store, LogConsumer consumer) {
        return new LogFollower(
                new Chain(new Unsteady()),
                QUERY,
                settings,
                new Subscribers(store, Map.of("storm", new Mortal(consumer)), new SilentFollowerEvents()));
    }

    private static String hash(RecordingConsumer state) {
        StringBuilder all = new StringBuilder();
        state.logs().forEach(all::append);
        return Hash.sha3String(all.toString());
    }

    private long head() {
        return anvil.chain().head().number().value();
    }

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            for (int j = random.nextInt(3); j > 0; j--) {
                anvil.call("eth_sendTransaction", emission());
            }
            anvil.call("evm_mine");
        }
    }

    private void reorganise() {
        int depth = (int) Math.min(head() - floor - 1, 1 + random.nextInt(DEEPEST));
        if (depth < 1) {
            return;
        }
        List<List<Object>> transactions = new ArrayList<>();
        for (int block = 0; block < depth; block++) {
            if (random.nextInt(2) == 0) {
                transactions.add(List.of(emission(), block));
            }
        }
        anvil.call("anvil_reorg", depth, transactions);
        reorgs++;
        deepest = Math.max(deepest, depth);
    }

    private Map<String, Object> emission() {
        String data = "0x%016x".formatted(random.nextLong());
        return Map.of("from", SENDER.hex(), "to", POOL.hex(), "data", data, "gas", "0x186a0");
    }

    private void weather() {
        if (stormy && random.nextInt(20) == 0) {
            reorganise();
            reorgsWhileReading++;
        }
    }

    /** The node with reorgs before and after single requests; a batch is answered as it comes. */
    private final class Unsteady implements JsonRpc {

        @Override
        public JsonNode call(RpcRequest request) {
            weather();
            JsonNode answer = anvil.rpc().call(request);
            weather();
            return answer;
        }

        @Override
        public List<RpcAnswer> callAll(List<RpcRequest> requests) {
            weather();
            List<RpcAnswer> answers = anvil.rpc().callAll(requests);
            weather();
            return answers;
        }

        @Override
        public String endpoint() {
            return anvil.rpc().endpoint();
        }
    }

    /** A consumer whose process may die just before or just after its work. */
    private final class Mortal implements LogConsumer {

        private final LogConsumer consumer;

        Mortal(LogConsumer consumer) {
            this.consumer = consumer;
        }

        private void perhapsDie() {
            if (stormy && random.nextInt(25) == 0) {
                throw new Death();
            }
        }

        @Override
        public void apply(BlockLogs run) {
            perhapsDie();
            consumer.apply(run);
            perhapsDie();
        }

        @Override
        public void rewind(BlockNumber first) {
            consumer.rewind(first);
        }
    }
}
