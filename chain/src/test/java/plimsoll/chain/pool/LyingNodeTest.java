package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.chain.pool.PoolTrial.ACCOUNT;
import static plimsoll.chain.pool.PoolTrial.LOGS;
import static plimsoll.chain.pool.PoolTrial.TOPIC;
import static plimsoll.chain.pool.PoolTrial.text;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One of three lies: whoever is asked, the answer is right and the liar is named. */
class LyingNodeTest {

    private static final String FALSE_HASH = "0x" + "77".repeat(32);
    private static final TxHash MINED = PoolTrial.sign(0).hash();
    private static final TxHash NEVER_MINED = PoolTrial.sign(7).hash();

    /** A lie told to {@code method}, and a read on which it bears. */
    record Lie(String name, String method, UnaryOperator<JsonNode> lie, Read read) {

        interface Read {
            Object of(PoolTrial trial);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        return Stream.of(
                new Lie(
                        "forged base fee",
                        "eth_getBlockByNumber",
                        with("baseFeePerGas", "0x1"),
                        trial -> trial.chain.header(BlockAt.number(2))),
                new Lie(
                        "forged header",
                        "eth_getBlockByNumber",
                        with("hash", FALSE_HASH),
                        trial -> trial.chain.header(BlockAt.number(2))),
                new Lie("forged head", "eth_getBlockByNumber", with("timestamp", "0x1"), trial -> trial.chain.head()),
                new Lie(
                        "withheld header",
                        "eth_getBlockByHash",
                        header -> nothing(),
                        trial -> trial.chain.header(BlockAt.hash(
                                trial.chain.header(BlockAt.number(3)).hash()))),
                new Lie(
                        "dropped log",
                        "eth_getLogs",
                        logs -> JsonNodeFactory.instance.arrayNode(),
                        trial -> trial.chain.logs(
                                LOGS, trial.chain.header(BlockAt.number(2)).hash())),
                new Lie(
                        "dropped log of a range",
                        "eth_getLogs",
                        logs -> JsonNodeFactory.instance.arrayNode(),
                        trial -> trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(3))),
                new Lie(
                        "forged log",
                        "eth_getLogs",
                        LyingNodeTest::forgedLog,
                        trial -> trial.chain.logs(
                                LOGS, trial.chain.header(BlockAt.number(2)).hash())),
                new Lie(
                        "doubled log",
                        "eth_getLogs",
                        logs -> ((ArrayNode) logs.deepCopy()).add(logs.get(0)),
                        trial -> trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(5))),
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
                        "nonce too low",
                        "eth_getTransactionCount",
                        count -> text("0x0"),
                        trial -> trial.chain.transactionCount(PoolTrial.SIGNER.address(), BlockTag.LATEST)),
                new Lie(
                        "hidden receipt",
                        "eth_getTransactionReceipt",
                        receipt -> nothing(),
                        trial -> trial.chain.receipt(MINED)),
                new Lie(
                        "false receipt",
                        "eth_getTransactionReceipt",
                        with("status", "0x0"),
                        trial -> trial.chain.receipt(MINED)),
                new Lie(
                        "receipt of another block",
                        "eth_getTransactionReceipt",
                        with("blockHash", FALSE_HASH),
                        trial -> trial.chain.receipt(MINED)),
                new Lie(
                        "receipt of what never happened",
                        "eth_getTransactionReceipt",
                        LyingNodeTest::invented,
                        trial -> trial.chain.receipt(NEVER_MINED)),
                new Lie("another chain's id", "eth_chainId", id -> text("0x1"), trial -> trial.chain.chainId()),
                new Lie(
                        "wrong fees",
                        "eth_feeHistory",
                        with("oldestBlock", "0x1"),
                        trial -> trial.chain.feeHistory(1, List.of(50))));
    }

    private static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    private static UnaryOperator<JsonNode> with(String name, String value) {
        return json -> json.isObject() ? ((ObjectNode) json.deepCopy()).put(name, value) : json;
    }

    private static JsonNode forgedLog(JsonNode logs) {
        ArrayNode forged = (ArrayNode) logs.deepCopy();
        ((ObjectNode) forged.get(0)).put("data", "0x02");
        return forged;
    }

    private static JsonNode invented(JsonNode none) {
        ObjectNode receipt = JsonNodeFactory.instance.objectNode();
        Map.of(
                        "transactionHash", NEVER_MINED.hex(),
                        "transactionIndex", "0x0",
                        "blockNumber", "0x2",
                        "blockHash", FALSE_HASH,
                        "status", "0x1",
                        "gasUsed", "0x5208",
                        "effectiveGasPrice", "0x1")
                .forEach(receipt::put);
        receipt.putArray("logs");
        return receipt;
    }

    private static PoolTrial three() {
        PoolTrial trial = PoolTrial.of(3);
        trial.transact(0);
        trial.mine(1);
        trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0x01"));
        trial.mine(4);
        return trial;
    }

    @ParameterizedTest
    @MethodSource("lies")
    void isNamedAndOverruled(Lie lie) {
        for (int liar = 0; liar < 3; liar++) {
            try (PoolTrial trial = three()) {
                Object right = lie.read().of(trial);
                trial.audited();
                assertThat(trial.events.lines("lied")).isEmpty();
                trial.node(liar).lie(lie.method(), lie.lie());

                Object first = lie.read().of(trial);
                trial.audited();
                Object second = lie.read().of(trial);

                String name = trial.node(liar).endpoint();
                assertThat(first).as("liar %s", name).isEqualTo(right);
                assertThat(second).as("liar %s", name).isEqualTo(right);
                assertThat(trial.node(liar).struck()).as("liar %s", name).isPositive();
                assertThat(trial.events.lines("lied"))
                        .as("liar %s", name)
                        .hasSize(1)
                        .allMatch(line -> line.startsWith("lied " + name + " " + lie.method()));
                assertThat(trial.state(liar)).isEqualTo(EndpointState.DISTRUSTED);
                assertThat(trial.pool.isBlocked()).isFalse();
            }
        }
    }

    @Test
    void isNamedWithinTwoBlocksIfItsHeadStandsStill() {
        try (PoolTrial trial = three()) {
            trial.pool.observe();
            JsonNode stale = trial.chains.get(1).call("eth_getBlockByNumber", "latest", false);
            trial.node(1)
                    .bend(
                            "eth_getBlockByNumber",
                            (request, node) ->
                                    request.params().getFirst().equals("latest") ? stale : node.call(request));

            trial.mine(4);
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(9));

            assertThat(trial.state(1)).isEqualTo(EndpointState.BEHIND);
            assertThat(trial.events.lines("changed b ALIVE BEHIND"))
                    .singleElement()
                    .asString()
                    .contains("head=5 agreed=9");
            assertThat(trial.node(1).struck()).isPositive();
        }
        try (PoolTrial trial = three()) {
            trial.pool.observe();
            trial.chains.get(0).mine();
            trial.chains.get(1).mine();
            trial.pool.observe();
            assertThat(trial.state(2)).isEqualTo(EndpointState.ALIVE);

            trial.clock.advance(Duration.ofMinutes(2));
            trial.pool.observe();

            assertThat(trial.state(2)).isEqualTo(EndpointState.BEHIND);
        }
    }

    @Test
    void isNamedIfItWithholdsABlockBelowItsOwnHead() {
        try (PoolTrial trial = three()) {
            trial.pool.observe();
            trial.node(0)
                    .bend(
                            "eth_getBlockByNumber",
                            (request, node) ->
                                    request.params().getFirst().equals("0x3") ? nothing() : node.call(request));

            for (int i = 0; i < 3; i++) {
                assertThat(trial.chain.header(BlockAt.number(3)).number()).isEqualTo(new BlockNumber(3));
            }
            trial.audited();

            assertThat(trial.events.lines("lied a eth_getBlockByNumber")).hasSize(1);
        }
    }

    @Test
    void isNamedAfterTwoBlocksIfItFollowsABranchOfItsOwn() {
        try (PoolTrial trial = three()) {
            trial.pool.observe();
            trial.chains.get(2).undo(1);
            trial.chains.get(2).mine(1);
            trial.pool.observe();
            assertThat(trial.state(2)).isEqualTo(EndpointState.BEHIND);
            assertThat(trial.events.lines("lied")).isEmpty();

            trial.mine(2);
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(7));

            assertThat(trial.events.lines("lied c eth_getBlockByNumber")).hasSize(1);
        }
    }

    @Test
    void comesBackAfterItsTimeAndCleanAudits() {
        HealthSettings strict = new HealthSettings(
                3,
                Duration.ofMinutes(1),
                2,
                3,
                Duration.ofMillis(500),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                3);
        try (PoolTrial trial = PoolTrial.of(3, settings -> settings.withHealth(strict))) {
            trial.mine(5);
            trial.node(1).lie("eth_call", result -> text("0x01"));
            Call call = Call.of(ACCOUNT, "0x");
            trial.chain.call(call, BlockTag.LATEST);
            trial.audited();
            assertThat(trial.state(1)).isEqualTo(EndpointState.DISTRUSTED);

            trial.clock.advance(Duration.ofMinutes(61));
            trial.chain.call(call, BlockTag.LATEST);
            trial.audited();
            assertThat(trial.events.lines("lied b"))
                    .as("lies again while on probation")
                    .hasSize(2);

            trial.node(1).honest();
            trial.clock.advance(Duration.ofMinutes(61));
            for (int i = 0; i < 3; i++) {
                assertThat(trial.state(1)).isEqualTo(EndpointState.DISTRUSTED);
                trial.chain.call(call, BlockTag.LATEST);
                trial.audited();
            }
            trial.pool.observe();
            assertThat(trial.state(1)).isEqualTo(EndpointState.ALIVE);
        }
    }
}
