package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.OneByOne;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import tools.jackson.databind.JsonNode;

class LogFollowerTest {

    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address OTHER = Address.parse("0x00000000000000000000000000000000000000bb");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final FollowerSettings SETTINGS = FollowerSettings.of("test", new BlockNumber(1))
            .withNear(8)
            .withKeep(128)
            .withPaging(new Paging(16, 1_000, 2));

    private static final RpcRequest LATEST = RpcRequest.of("eth_getBlockByNumber", "latest", false);

    private final SimulatedNode node = new SimulatedNode(31337);
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final RecordingConsumer consumer = new RecordingConsumer();

    @Test
    void appliesEveryWantedLogOnce() {
        grow(100, 1);
        node.emit(OTHER, TOPIC, "0xff");
        node.mine();

        LogFollower.Progress progress = follower(node, consumer).advance();

        assertThat(progress.isCaughtUp()).isTrue();
        assertThat(consumer.logs()).extracting(EventLog::data).containsExactlyElementsOf(data(0, 100));
        assertThat(consumer.logs()).extracting(EventLog::address).containsOnly(POOL);
    }

    @Test
    void saysWhereANodesHeadIsNotOnItsOwnChain() {
        grow(10, 1);
        JsonNode orphan = node.call(LATEST);
        node.undo(1);
        grow(1, 2);
        LogFollower follower = follower(
                new OneByOne() {
                    @Override
                    public JsonNode call(RpcRequest request) {
                        return request.equals(LATEST) ? orphan : node.call(request);
                    }

                    @Override
                    public String endpoint() {
                        return node.endpoint();
                    }
                },
                consumer);

        for (int i = 0; i < 15; i++) {
            assertThat(follower.advance().isCaughtUp()).isFalse();
        }
        assertThatThrownBy(follower::advance)
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.isTransient()).isTrue())
                .hasMessageContaining("not on its own chain");
    }

    @Test
    void goesOnWhereAnEarlierProcessStood() {
        grow(40, 1);
        follower(node, consumer).advance();
        grow(10, 2);
        Counting counting = new Counting(node);

        follower(counting, consumer).advance();

        assertThat(consumer.logs()).hasSize(60);
        assertThat(counting.blocksAsked).isLessThan(30);
    }

    @Test
    void forgetsWhatACrashAppliedButDidNotRemember() {
        grow(4, 1);
        LogFollower crashing = follower(node, new LogConsumer() {
            @Override
            public void apply(BlockLogs logs) {
                consumer.apply(logs);
                if (logs.last().number().value() == 3) {
                    throw new IllegalStateException("crash");
                }
            }

            @Override
            public void rewind(BlockNumber first) {
                consumer.rewind(first);
            }
        });
        assertThatThrownBy(crashing::advance).hasMessage("crash");

        follower(node, consumer).advance();

        assertThat(consumer.logs()).extracting(EventLog::data).containsExactlyElementsOf(data(0, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void equalsAFreshSyncAfterReorgsOfAnyDepth(int block) {
        for (int seed = block * 10; seed < block * 10 + 10; seed++) {
            SimulatedNode chain = new SimulatedNode(31337);
            SplittableRandom random = new SplittableRandom(seed);
            RecordingConsumer followed = new RecordingConsumer();
            LogFollower follower =
                    new LogFollower(new Chain(chain), query(), SETTINGS, new MemoryBlockStore(), followed);
            for (int step = 0; step < 20; step++) {
                emitAndMine(chain, random, 1 + random.nextInt(30));
                if (random.nextInt(3) == 0) {
                    int depth = (int) Math.min(chain.height(), 1 + random.nextInt(64));
                    chain.undo(depth);
                    emitAndMine(chain, random, depth + random.nextInt(3));
                }
                follower.advance();
            }

            RecordingConsumer fresh = new RecordingConsumer();
            new LogFollower(new Chain(chain), query(), SETTINGS, new MemoryBlockStore(), fresh).advance();
            assertThat(followed.logs()).as("seed %d", seed).isEqualTo(fresh.logs());
            assertThat(followed.rewinds()).as("seed %d struck", seed).isGreaterThan(1);
        }
    }

    @Test
    void startsAgainWhenAReorgIsDeeperThanItsMemory() {
        FollowerSettings forgetful = FollowerSettings.of("test", new BlockNumber(1))
                .withNear(4)
                .withKeep(4)
                .withFinality(Finality.never());
        LogFollower follower = new LogFollower(new Chain(node), query(), forgetful, store, consumer);
        grow(30, 1);
        follower.advance();
        node.undo(25);
        grow(40, 2);

        follower.advance();

        assertThat(consumer.logs()).hasSize(5 + 80);
    }

    @Test
    void halvesItsPageUntilTheNodeAnswersAndGrowsItAgain() {
        grow(120, 3);
        node.setLargestLogAnswer(10);
        FollowerSettings greedy =
                FollowerSettings.of("test", new BlockNumber(1)).withNear(1);

        new LogFollower(new Chain(node), query(), greedy, store, consumer).advance();

        assertThat(consumer.logs()).hasSize(360);
    }

    @Test
    void keepsItsStateWhileTheNodeIsMerelyBehind() {
        grow(10, 1);
        LogFollower follower = follower(node, consumer);
        follower.advance();
        int rewinds = consumer.rewinds();
        BehindBy behind = new BehindBy(node, 3);

        LogFollower.Progress progress = follower(behind, consumer).advance();

        assertThat(progress.isCaughtUp()).isFalse();
        assertThat(consumer.logs()).hasSize(10);
        assertThat(consumer.rewinds()).isEqualTo(rewinds + 1); // that of the start, which forgets nothing
    }

    @Test
    void stopsAtANodeThatAnswersForeignLogs() {
        grow(3, 1);
        JsonRpc liar = new Counting(node) {
            @Override
            public List<RpcAnswer> callAll(List<RpcRequest> requests) {
                List<RpcRequest> changed = new ArrayList<>(requests);
                if (requests.getFirst().method().equals("eth_getLogs")) {
                    changed.replaceAll(_ -> requests.getFirst());
                }
                return super.callAll(changed);
            }
        };

        assertThatThrownBy(() -> follower(liar, consumer).advance())
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
        assertThat(consumer.logs()).isEmpty();
    }

    private LogFollower follower(JsonRpc rpc, LogConsumer to) {
        return new LogFollower(new Chain(rpc), query(), SETTINGS, store, to);
    }

    private static LogQuery query() {
        return LogQuery.of(List.of(POOL), List.of(TOPIC));
    }

    private int emitted;

    /** Mines blocks of {@code logs} logs each; the data counts them. */
    private void grow(int blocks, int logs) {
        for (int i = 0; i < blocks; i++) {
            for (int j = 0; j < logs; j++) {
                node.emit(POOL, TOPIC, "0x%08x".formatted(emitted++));
            }
            node.mine();
        }
    }

    private static void emitAndMine(SimulatedNode chain, SplittableRandom random, int blocks) {
        for (int i = 0; i < blocks; i++) {
            for (int j = random.nextInt(3); j > 0; j--) {
                chain.emit(POOL, TOPIC, "0x%016x".formatted(random.nextLong()));
            }
            chain.mine();
        }
    }

    private static List<String> data(int from, int to) {
        List<String> data = new ArrayList<>();
        for (int i = from; i < to; i++) {
            data.add("0x%08x".formatted(i));
        }
        return data;
    }

    /** Counts how many blocks and logs are asked for. */
    private static class Counting implements JsonRpc {

        private final JsonRpc node;
        int blocksAsked;

        Counting(JsonRpc node) {
            this.node = node;
        }

        @Override
        public JsonNode call(RpcRequest request) {
            blocksAsked++;
            return node.call(request);
        }

        @Override
        public List<RpcAnswer> callAll(List<RpcRequest> requests) {
            blocksAsked += requests.size();
            return node.callAll(requests);
        }

        @Override
        public String endpoint() {
            return node.endpoint();
        }
    }

    /** A node of a pool that has not heard of the newest blocks yet. */
    private static final class BehindBy extends Counting {

        private final SimulatedNode full;
        private final long blocks;

        BehindBy(SimulatedNode full, long blocks) {
            super(full);
            this.full = full;
            this.blocks = blocks;
        }

        @Override
        public JsonNode call(RpcRequest request) {
            boolean head = request.method().equals("eth_getBlockByNumber")
                    && String.valueOf(request.params().getFirst()).equals("latest");
            return super.call(
                    head
                            ? RpcRequest.of(
                                    "eth_getBlockByNumber", "0x" + Long.toHexString(full.height() - blocks), false)
                            : request);
        }
    }
}
