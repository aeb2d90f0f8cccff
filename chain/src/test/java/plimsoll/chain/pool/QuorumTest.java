package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a quorum believes, and whom it catches. */
class QuorumTest {

    private static final Address ACCOUNT = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final LogQuery LOGS = LogQuery.of(List.of(ACCOUNT));

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** A lie told to {@code method}, and a read on which it bears. */
    record Lie(String name, String method, java.util.function.UnaryOperator<JsonNode> lie, Read read) {

        interface Read {
            Object of(PoolTrial trial);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        BlockAt at = BlockAt.number(2);
        return Stream.of(
                new Lie(
                        "forged base fee of the head",
                        "eth_getBlockByNumber",
                        field("baseFeePerGas", "0x1"),
                        trial -> trial.chain.head()),
                new Lie(
                        "forged header of an old block",
                        "eth_getBlockByNumber",
                        field("hash", "0x" + "77".repeat(32)),
                        trial -> trial.chain.header(at)),
                new Lie("dropped log", "eth_getLogs", logs -> JsonNodeFactory.instance.arrayNode(), QuorumTest::logs),
                new Lie(
                        "dropped log of a range",
                        "eth_getLogs",
                        logs -> JsonNodeFactory.instance.arrayNode(),
                        trial -> trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(3))),
                new Lie("forged log", "eth_getLogs", QuorumTest::forgedLog, QuorumTest::logs),
                new Lie(
                        "doubled log",
                        "eth_getLogs",
                        logs -> ((ArrayNode) logs.deepCopy()).add(logs.get(0)),
                        QuorumTest::logs),
                new Lie(
                        "wrong price",
                        "eth_call",
                        result -> text("0x01"),
                        trial -> trial.chain.call(Call.of(ACCOUNT, "0x"), BlockTag.LATEST)),
                new Lie(
                        "nonce too high",
                        "eth_getTransactionCount",
                        count -> text("0x5"),
                        trial -> trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST)),
                new Lie(
                        "wrong base fees",
                        "eth_feeHistory",
                        field("baseFeePerGas", "0x1", "0x2"),
                        trial -> trial.chain.feeHistory(1, List.of(50))));
    }

    private static Object logs(PoolTrial trial) {
        return trial.chain.logs(LOGS, trial.chain.header(BlockAt.number(2)).hash());
    }

    private static java.util.function.UnaryOperator<JsonNode> field(String name, String... values) {
        return json -> {
            if (!json.isObject()) {
                return json;
            }
            ObjectNode forged = (ObjectNode) json.deepCopy();
            if (values.length == 1) {
                forged.put(name, values[0]);
            } else {
                ArrayNode all = forged.putArray(name);
                Stream.of(values).forEach(all::add);
            }
            return forged;
        };
    }

    private static JsonNode forgedLog(JsonNode logs) {
        ArrayNode forged = (ArrayNode) logs.deepCopy();
        ((ObjectNode) forged.get(0)).put("data", "0x02");
        return forged;
    }

    private static PoolTrial three() {
        PoolTrial trial = PoolTrial.of(3);
        trial.mine(1);
        trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0x01"));
        trial.mine(4);
        return trial;
    }

    @ParameterizedTest
    @MethodSource("lies")
    void namesTheLiarAndAnswersRightly(Lie lie) {
        for (int liar = 0; liar < 3; liar++) {
            try (PoolTrial trial = three()) {
                Object right = lie.read().of(trial);
                trial.audited();
                assertThat(trial.events.lines("lied")).isEmpty();
                trial.node(liar).lie(lie.method(), lie.lie());

                for (int block = 0; block < 2; block++) {
                    if (!lie.method().equals("eth_feeHistory") && !lie.name().contains("head")) {
                        assertThat(lie.read().of(trial)).isEqualTo(right);
                    } else {
                        assertThat(lie.read().of(trial)).isNotNull();
                    }
                    trial.audited();
                }

                String name = trial.node(liar).endpoint();
                assertThat(trial.node(liar).struck()).as("liar %s", name).isPositive();
                assertThat(trial.events.lines("lied"))
                        .as("liar %s", name)
                        .isNotEmpty()
                        .allMatch(line -> line.startsWith("lied " + name + " " + lie.method()));
                assertThat(trial.state(liar)).isEqualTo(EndpointState.DISTRUSTED);
                assertThat(trial.pool.isBlocked()).isFalse();
            }
        }
    }

    @Test
    void answersWhatTheNodesKnow() {
        try (PoolTrial trial = three()) {
            BlockHeader head = trial.chain.head();

            assertThat(head.number()).isEqualTo(new BlockNumber(5));
            assertThat(trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST)).isEqualTo(new Nonce(0));
            assertThat(trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(5)))
                    .hasSize(1);
            assertThat(trial.chain.findHeader(BlockAt.number(9))).isEmpty();
            assertThat(trial.chain.chainId()).isEqualTo(PoolTrial.CHAIN);
            trial.audited();
            assertThat(trial.events.lines("lied")).isEmpty();
            assertThat(trial.events.lines("blocked")).isEmpty();
        }
    }

    @Test
    void refusesWithFewerThanItNeeds() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(1);
            trial.node(1).setDown(true);

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(trial.chain::head)
                    .withMessageStartingWith("Too few independent endpoints can be used: found=1 needed=2")
                    .matches(RpcException::isTransient);

            trial.node(1).setDown(false);
            trial.clock.advance(java.time.Duration.ofSeconds(1));
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(1));
        }
    }
}
