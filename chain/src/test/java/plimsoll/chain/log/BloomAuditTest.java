package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A node that lacks, hides or forges logs is found out by its own headers, and nothing of the block is applied. */
class BloomAuditTest {

    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address OTHER = Address.parse("0x00000000000000000000000000000000000000bb");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final int BAD_BLOCK = 6;

    private final SimulatedNode node = new SimulatedNode(31_337);
    private final RecordingConsumer consumer = new RecordingConsumer();
    private final MemoryBlockStore store = new MemoryBlockStore();

    /** Blocks 1 to 10, each with a log of another contract and two wanted ones. */
    private void tenBlocks() {
        for (int block = 1; block <= 10; block++) {
            node.emit(OTHER, TOPIC, "0x00");
            node.emit(POOL, TOPIC, "0x%02x01".formatted(block));
            node.emit(POOL, TOPIC, "0x%02x02".formatted(block));
            node.mine();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = BloomCheck.Reach.class,
            names = {"NEAR", "ALL"})
    void findsABlockWhoseLogsAreHidden(BloomCheck.Reach reach) {
        tenBlocks();
        TamperedNode liar = tampered((_, _) -> JsonMapper.shared().createArrayNode());

        LogFollower follower = follower(liar, reach, 0);
        RpcException failure = catchThrowableOfType(RpcException.class, follower::advance);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure).hasMessageContaining("block=6").hasMessageContaining("hides or lacks");
        assertThat(liar.struck()).isPositive();
        assertThat(follower.suspicions()).isEqualTo(1);
        assertThat(consumer.logs()).allMatch(log -> log.blockNumber().value() < BAD_BLOCK);
    }

    @Test
    void goesOnOnceTheNodeHasTheLogs() {
        tenBlocks();
        boolean[] lacking = {true};
        TamperedNode late =
                tampered((_, answer) -> lacking[0] ? JsonMapper.shared().createArrayNode() : answer);
        LogFollower follower = follower(late, BloomCheck.Reach.NEAR, 0);
        assertThatThrownBy(follower::advance).isInstanceOf(RpcException.class);
        assertThat(consumer.logs()).hasSize(10);

        lacking[0] = false;

        assertThat(follower.advance().isCaughtUp()).isTrue();
        assertThat(consumer.logs()).hasSize(20);
    }

    @Test
    void findsAFilteredAnswerThatIsEmptyThoughTheBlockIsWhole() {
        tenBlocks();
        TamperedNode liar = tampered((query, answer) ->
                query.containsKey("address") ? JsonMapper.shared().createArrayNode() : answer);

        RpcException failure =
                catchThrowableOfType(RpcException.class, follower(liar, BloomCheck.Reach.NEAR, 0)::advance);

        assertThat(failure).hasMessageContaining("found=0 expected=2");
        assertThat(liar.struck()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = BloomCheck.Reach.class,
            names = {"NEAR", "ALL"})
    void findsOneDroppedLogOfSeveralWhereTheShareSaysSo(BloomCheck.Reach reach) {
        tenBlocks();
        TamperedNode liar = tampered((_, answer) -> without(answer, 1));

        RpcException failure = catchThrowableOfType(RpcException.class, follower(liar, reach, 1)::advance);

        // The dropped log has a twin, so the bloom is whole; the gap in the indexes, or the other answer, tells.
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure).hasMessageContaining("block=6");
        assertThat(liar.struck()).isPositive();
        assertThat(consumer.logs()).allMatch(log -> log.blockNumber().value() < BAD_BLOCK);
    }

    @Test
    void stopsAtALogThatTheHeaderExcludes() {
        for (int block = 1; block <= 10; block++) {
            node.emit(OTHER, "0x" + "cd".repeat(32), "0x00");
            node.mine();
        }
        String forged = """
                [{"address":"%s","topics":["%s"],"data":"0x01","blockNumber":"0x6","blockHash":"%s",
                "transactionHash":"0x%s","logIndex":"0x0"}]""".formatted(
                        POOL.hex(),
                        TOPIC,
                        new Chain(node)
                                .header(plimsoll.chain.call.BlockAt.number(BAD_BLOCK))
                                .hash(),
                        "1".repeat(64));
        TamperedNode liar = tampered((_, _) -> JsonMapper.shared().readTree(forged));

        RpcException failure =
                catchThrowableOfType(RpcException.class, follower(liar, BloomCheck.Reach.NEAR, 0)::advance);

        assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(failure).hasMessageContaining("bloom excludes");
        assertThat(liar.struck()).isPositive();
        assertThat(consumer.logs()).isEmpty();
    }

    @Test
    void believesAnythingWhereToldNotToLook() {
        tenBlocks();
        TamperedNode liar = tampered((_, _) -> JsonMapper.shared().createArrayNode());

        LogFollower.Progress progress = follower(liar, BloomCheck.Reach.NONE, 0).advance();

        assertThat(progress.isCaughtUp()).isTrue();
        assertThat(consumer.logs()).hasSize(18);
    }

    @Test
    void asksNothingMoreOfBlocksThatCannotHoldWhatIsWanted() {
        for (int block = 1; block <= 10; block++) {
            node.emit(OTHER, "0x" + "cd".repeat(32), "0x00");
            node.mine();
        }
        int[] whole = {0};
        TamperedNode counted = new TamperedNode(node, (query, answer) -> {
            whole[0] += query.containsKey("address") ? 0 : 1;
            return answer;
        });

        follower(counted, BloomCheck.Reach.ALL, 1).advance();

        assertThat(whole[0]).isZero();
    }

    /** Changes the answers about block 6 alone, whichever way they were asked for. */
    private TamperedNode tampered(BiFunction<Map<?, ?>, JsonNode, JsonNode> hand) {
        String bad = new Chain(node)
                .header(plimsoll.chain.call.BlockAt.number(BAD_BLOCK))
                .hash()
                .hex();
        return new TamperedNode(node, (query, answer) -> {
            if (query.containsKey("blockHash")) {
                return bad.equals(query.get("blockHash")) ? hand.apply(query, answer) : answer;
            }
            ArrayNode before = JsonMapper.shared().createArrayNode();
            ArrayNode bads = JsonMapper.shared().createArrayNode();
            ArrayNode after = JsonMapper.shared().createArrayNode();
            for (JsonNode log : answer) {
                int block = Integer.decode(log.get("blockNumber").stringValue());
                (block < BAD_BLOCK ? before : block > BAD_BLOCK ? after : bads).add(log);
            }
            hand.apply(query, bads).forEach(before::add);
            after.forEach(before::add);
            return before;
        });
    }

    private static JsonNode without(JsonNode logs, int index) {
        ArrayNode rest = JsonMapper.shared().createArrayNode();
        for (JsonNode log : logs) {
            if (Integer.decode(log.get("logIndex").stringValue()) != index) {
                rest.add(log);
            }
        }
        return rest;
    }

    private LogFollower follower(JsonRpc rpc, BloomCheck.Reach reach, double share) {
        int near = reach == BloomCheck.Reach.ALL ? 1 : 16;
        return new LogFollower(
                new Chain(rpc),
                LogQuery.of(List.of(POOL), List.of(TOPIC)),
                FollowerSettings.of("bloom", new BlockNumber(1))
                        .withNear(near)
                        .withPaging(new Paging(2, 100, 1))
                        .withBloom(new BloomCheck(reach, share)),
                new Subscribers(store, Map.of("bloom", consumer), new SilentFollowerEvents()));
    }
}
