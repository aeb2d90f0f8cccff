package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.web3j.crypto.Hash;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import tools.jackson.databind.JsonNode;

/**
 * One seeded life of a follower on a chain that reorganises under its hands: between any two of its requests blocks may be
 * mined or taken back, the node may lag behind its own head, and the process may die between consumer and store. At the end
 * a fresh follower is the judge.
 */
final class ReorgStorm {

    static final int DEEPEST = 64;
    private static final Address WANTED = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address OTHER = Address.parse("0x00000000000000000000000000000000000000bb");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final String ANOTHER_TOPIC = "0x" + "cd".repeat(32);
    private static final LogQuery QUERY = LogQuery.of(List.of(WANTED), List.of(TOPIC));

    /** What came down on the follower, and what became of it. */
    record Outcome(
            String followed,
            String fresh,
            int logs,
            int reorgs,
            int deepest,
            int reorgsWhileReading,
            int crashes,
            int lags,
            int rewinds,
            long suspicions) {}

    /** Not an exception that anyone could catch and survive. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final SplittableRandom random;
    private final SimulatedNode node = new SimulatedNode(31_337);
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final RecordingConsumer consumer = new RecordingConsumer();
    private final FollowerSettings settings;

    private boolean stormy;
    private int reorgs;
    private int deepest;
    private int reorgsWhileReading;
    private int crashes;
    private int lags;
    private long suspicions;

    private ReorgStorm(long seed) {
        random = new SplittableRandom(seed);
        BloomCheck bloom = switch (random.nextInt(3)) {
            case 0 -> BloomCheck.all(random.nextDouble());
            case 1 -> BloomCheck.none();
            default -> BloomCheck.near();
        };
        Finality finality = random.nextBoolean() ? Finality.deep(3 * DEEPEST) : Finality.tagged();
        if (random.nextBoolean()) {
            node.setFinality(3 * DEEPEST);
        }
        settings = FollowerSettings.of("storm", new BlockNumber(1 + random.nextInt(5)))
                .withNear(1 + random.nextInt(24))
                .withKeep(256)
                .withPaging(new Paging(1 + random.nextInt(64), 1 + random.nextInt(60), random.nextInt(4) == 0 ? 3 : 1))
                .withFinality(finality)
                .withBloom(bloom);
    }

    static Outcome of(long seed) {
        return new ReorgStorm(seed).run();
    }

    private Outcome run() {
        grow(random.nextInt(120));
        int rounds = 4 + random.nextInt(8);
        LogFollower follower = follower();
        for (int round = 0; round < rounds; round++) {
            grow(1 + random.nextInt(random.nextInt(5) == 0 ? 70 : 10));
            if (random.nextInt(3) == 0) {
                reorganise();
            }
            stormy = random.nextBoolean();
            follower = advance(follower);
        }
        stormy = false;
        grow(DEEPEST + 1); // a branch that stays shorter than the lost one would look like a node that lags
        for (int i = 0; i < 20 && !settled(follower); i++) {
            follower = follower();
        }
        RecordingConsumer fresh = new RecordingConsumer();
        new LogFollower(
                        new Chain(node),
                        QUERY,
                        settings,
                        new Subscribers(
                                new MemoryBlockStore(), java.util.Map.of("fresh", fresh), new SilentFollowerEvents()))
                .advance();
        return new Outcome(
                hash(consumer),
                hash(fresh),
                fresh.logs().size(),
                reorgs,
                deepest,
                reorgsWhileReading,
                crashes,
                lags,
                consumer.rewinds(),
                suspicions);
    }

    private boolean settled(LogFollower follower) {
        LogFollower.Progress progress = follower.advance();
        suspicions += follower.suspicions();
        return progress.isCaughtUp();
    }

    private LogFollower advance(LogFollower follower) {
        try {
            follower.advance();
            return follower;
        } catch (Death death) {
            crashes++;
            return follower();
        } catch (RpcException e) {
            return follower; // the chain would not stand still; asked again in the next round
        } finally {
            suspicions += follower.suspicions();
        }
    }

    private LogFollower follower() {
        return new LogFollower(
                new Chain(new Unsteady()),
                QUERY,
                settings,
                new Subscribers(
                        new Mortal(), java.util.Map.of("storm", new MortalConsumer()), new SilentFollowerEvents()));
    }

    private static String hash(RecordingConsumer state) {
        StringBuilder all = new StringBuilder();
        for (EventLog log : state.logs()) {
            all.append(log);
        }
        return Hash.sha3String(all.toString());
    }

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            for (int j = random.nextInt(4); j > 0; j--) {
                String data = "0x%016x".formatted(random.nextLong());
                node.emit(
                        random.nextInt(4) == 0 ? OTHER : WANTED, random.nextInt(4) == 0 ? ANOTHER_TOPIC : TOPIC, data);
            }
            node.mine();
        }
    }

    private void reorganise() {
        int depth = (int) Math.min(node.height(), 1 + random.nextInt(DEEPEST));
        if (depth == 0) {
            return;
        }
        node.undo(depth);
        // Mostly at once the longer branch; sometimes the node is seen while it is still shorter.
        grow(random.nextInt(8) == 0 ? random.nextInt(depth) : depth + random.nextInt(3));
        reorgs++;
        deepest = Math.max(deepest, depth);
    }

    private void perhapsDie() {
        if (stormy && random.nextInt(60) == 0) {
            throw new Death();
        }
    }

    /** Pages may be read side by side; the weather is one for all. */
    private synchronized void weather() {
        if (!stormy) {
            return;
        }
        switch (random.nextInt(30)) {
            case 0 -> {
                reorganise();
                reorgsWhileReading++;
            }
            case 1 -> grow(1 + random.nextInt(3));
            default -> {}
        }
    }

    /** The node in its weather, now and then behind its own head. */
    private final class Unsteady implements JsonRpc {

        @Override
        public JsonNode call(RpcRequest request) {
            weather();
            JsonNode answer = node.call(lagging(request));
            weather();
            return answer;
        }

        private RpcRequest lagging(RpcRequest request) {
            synchronized (ReorgStorm.this) {
                boolean asksForHead = request.method().equals("eth_getBlockByNumber")
                        && "latest".equals(request.params().getFirst());
                if (!stormy || !asksForHead || random.nextInt(4) != 0) {
                    return request;
                }
                lags++;
                long height = Math.max(0, node.height() - random.nextInt(40));
                return RpcRequest.of("eth_getBlockByNumber", "0x" + Long.toHexString(height), false);
            }
        }

        @Override
        public List<RpcAnswer> callAll(List<RpcRequest> requests) {
            List<RpcAnswer> answers = new ArrayList<>();
            for (RpcRequest request : requests) {
                weather(); // nothing says that a batch is answered from one state
                answers.addAll(node.callAll(List.of(request)));
            }
            return answers;
        }

        @Override
        public String endpoint() {
            return "unsteady";
        }
    }

    /** A store whose process may die just before or just after a write. */
    private final class Mortal implements BlockStore {

        @Override
        public List<BlockRef> window(String follower) {
            return store.window(follower);
        }

        @Override
        public void append(String follower, List<BlockRef> blocks, int keep) {
            perhapsDie();
            store.append(follower, blocks, keep);
            perhapsDie();
        }

        @Override
        public void rewind(String follower, BlockNumber first) {
            perhapsDie();
            store.rewind(follower, first);
            perhapsDie();
        }
    }

    private final class MortalConsumer implements LogConsumer {

        @Override
        public void apply(BlockLogs logs) {
            perhapsDie();
            consumer.apply(logs);
            perhapsDie();
        }

        @Override
        public void rewind(BlockNumber first) {
            perhapsDie();
            consumer.rewind(first);
            perhapsDie();
        }
    }
}
