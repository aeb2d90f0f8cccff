package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a quorum believes of nodes that mean well. */
class QuorumTest {

    private static final Address ACCOUNT = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final LogQuery LOGS = LogQuery.of(List.of(ACCOUNT));

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static void assertPeace(PoolTrial trial) {
        trial.audited();
        assertThat(trial.events.lines("lied")).isEmpty();
        assertThat(trial.events.lines("blocked")).isEmpty();
    }

    @Test
    void answersWhatTheNodesKnow() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            TxHash tx = trial.transact(0);
            trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0x01"));
            trial.mine(5);

            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(5));
            assertThat(trial.chain.transactionCount(PoolTrial.SIGNER.address(), BlockTag.LATEST))
                    .isEqualTo(new Nonce(1));
            assertThat(trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(5)))
                    .hasSize(1);
            assertThat(trial.chain.receipt(tx).orElseThrow().blockNumber()).isEqualTo(new BlockNumber(1));
            assertThat(trial.chain.findHeader(BlockAt.number(9))).isEmpty();
            assertThat(trial.chain.chainId()).isEqualTo(PoolTrial.CHAIN);
            assertThat(trial.pool.call("eth_blockNumber")).isEqualTo(text("0x5"));
            assertPeace(trial);
        }
    }

    @Test
    void asksNoMoreThanTheQuorumAndAuditsTheRest() {
        try (PoolTrial trial = PoolTrial.of(5)) {
            trial.mine(2);
            trial.pool.observe();

            BlockHeader header = trial.chain.header(BlockAt.number(1));
            trial.audited();

            long asked = trial.nodes.stream()
                    .mapToLong(node -> node.asked("eth_getBlockByNumber") - 1)
                    .sum();
            assertThat(asked).isEqualTo(5);
            assertThat(header.number()).isEqualTo(new BlockNumber(1));
        }
        try (PoolTrial trial = PoolTrial.of(5, settings -> settings.withAuditShare(0))) {
            trial.mine(2);
            trial.pool.observe();

            trial.chain.header(BlockAt.number(1));
            trial.audited();

            long asked = trial.nodes.stream()
                    .mapToLong(node -> node.asked("eth_getBlockByNumber") - 1)
                    .sum();
            assertThat(asked).isEqualTo(2);
        }
    }

    @Test
    void doesNotTakeOtherSoftwareForALiar() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            TxHash tx = trial.transact(0);
            trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0xab"));
            trial.mine(3);
            PoolNode other = trial.node(1);
            other.lie("eth_getBlockByNumber", json -> dressed(json, "totalDifficulty", "0x0"));
            other.lie("eth_getTransactionReceipt", json -> dressed(json, "type", "0x2"));
            other.lie("eth_getLogs", logs -> {
                ArrayNode dressed = JsonNodeFactory.instance.arrayNode();
                logs.forEach(log -> dressed.add(dressed(log, "blockTimestamp", "0x1")));
                return dressed;
            });
            other.lie("eth_getTransactionCount", count -> text("0x01"));
            other.lie("eth_getStorageAt", word -> text("0x0"));
            trial.node(0).bend("eth_getStorageAt", (request, node) -> text("0x" + "0".repeat(64)));
            trial.node(2).bend("eth_getStorageAt", (request, node) -> text("0x00"));
            other.bend("eth_getStorageAt", (request, node) -> text("0x0"));

            JsonNode header = trial.pool.call("eth_getBlockByNumber", "0x1", false);
            assertThat(trial.chain.receipt(tx)).isPresent();
            trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(3));
            trial.chain.transactionCount(PoolTrial.SIGNER.address(), BlockTag.LATEST);
            JsonNode slot = trial.pool.call("eth_getStorageAt", ACCOUNT.hex(), "0x0", "latest");

            assertPeace(trial);
            assertThat(other.struck()).isPositive();
            assertThat(header.has("totalDifficulty")).isFalse();
            assertThat(slot).isEqualTo(text("0x" + "0".repeat(64)));
        }
    }

    /** The same in capitals, with leading zeros and one field more. */
    private static JsonNode dressed(JsonNode json, String more, String value) {
        if (!json.isObject()) {
            return json;
        }
        ObjectNode dressed = JsonNodeFactory.instance.objectNode();
        json.properties().forEach(field -> {
            JsonNode found = field.getValue();
            boolean quantity = found.isString() && found.stringValue().length() < 20;
            boolean hash = found.isString() && found.stringValue().length() == 66;
            dressed.set(
                    field.getKey(),
                    quantity && !field.getKey().equals("data")
                            ? text("0x0" + found.stringValue().substring(2))
                            : hash
                                    ? text("0x"
                                            + found.stringValue().substring(2).toUpperCase(java.util.Locale.ROOT))
                                    : found);
        });
        dressed.put(more, value);
        return dressed;
    }

    @Test
    void takesALaggingNodeForIgnorant() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            trial.pool.observe();
            trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0x01"));
            trial.chains.get(0).mine(2);
            trial.chains.get(1).mine(2);

            for (int i = 0; i < 6; i++) {
                BlockHeader head = trial.chain.head();
                assertThat(head.number()).isEqualTo(new BlockNumber(4));
                assertThat(trial.chain.logs(
                                LOGS, trial.chain.header(BlockAt.number(3)).hash()))
                        .hasSize(1);
                assertThat(trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST))
                        .isEqualTo(new Nonce(0));
            }

            assertPeace(trial);
            assertThat(trial.state(2)).isEqualTo(EndpointState.ALIVE);
        }
    }

    @Test
    void isNotMovedByASingleHead() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(3);
            trial.chains.get(0).mine(50);

            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(3));

            trial.chains.get(1).mine(2);
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(5));
            assertPeace(trial);
        }
    }

    @Test
    void forgivesAReorg() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(5);
            trial.pool.observe();

            trial.chains.get(0).undo(2);
            trial.chains.get(0).mine(3);
            BlockHeader between = trial.chain.head();
            EndpointState alone = trial.state(0);
            trial.chains.get(1).undo(2);
            trial.chains.get(1).mine(3);
            trial.chains.get(2).undo(2);
            trial.chains.get(2).mine(3);
            BlockHeader after = trial.chain.head();

            assertThat(between.number()).isEqualTo(new BlockNumber(5));
            assertThat(alone).isIn(EndpointState.ALIVE, EndpointState.BEHIND);
            assertThat(after.number()).isEqualTo(new BlockNumber(6));
            trial.pool.observe();
            assertPeace(trial);
            assertThat(List.of(trial.state(0), trial.state(1), trial.state(2))).containsOnly(EndpointState.ALIVE);
        }
    }

    @Test
    void tellsOfAReceiptOnceEnoughNodesHaveIt() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            TxHash tx = trial.transact(0);
            trial.pool.observe();

            trial.chains.get(0).mine();
            assertThat(trial.chain.receipt(tx)).isEmpty();
            trial.chains.get(1).mine();
            assertThat(trial.chain.receipt(tx)).isPresent();
            assertThat(trial.pool.head().orElseThrow().number()).isEqualTo(new BlockNumber(3));

            assertPeace(trial);
        }
    }

    @Test
    void waitsForANodeThatHasItsReceiptsAMomentLater() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            TxHash tx = trial.transact(0);
            trial.mine(2);
            long[] asked = {0};
            trial.node(0)
                    .bend(
                            "eth_getTransactionReceipt",
                            (request, node) ->
                                    asked[0]++ == 0 ? JsonNodeFactory.instance.nullNode() : node.call(request));

            assertThat(trial.chain.receipt(tx)).isPresent();

            assertThat(asked[0]).isGreaterThan(1);
            assertPeace(trial);
        }
    }

    @Test
    void excusesWhoLacksTheNewestBlocksReceiptsUntilTheNextBlock() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            TxHash tx = trial.transact(0);
            trial.mine(1);
            trial.node(0).lie("eth_getTransactionReceipt", receipt -> JsonNodeFactory.instance.nullNode());

            assertThat(trial.chain.receipt(tx)).isPresent();
            trial.audited();
            assertThat(trial.state(0)).isNotEqualTo(EndpointState.DISTRUSTED);

            trial.mine(1);
            trial.pool.observe();
            assertThat(trial.state(0)).isEqualTo(EndpointState.DISTRUSTED);
        }
    }

    @Test
    void waitsForABlockThatHasNotReachedEveryMachineBehindADoor() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(2);
            long[] asked = {0};
            trial.node(1).bend("eth_call", (request, node) -> {
                if (asked[0]++ < 2) {
                    throw new RpcException(Kind.TRANSIENT, "Node refused: header not found");
                }
                return node.call(request);
            });

            assertThat(trial.chain.call(Call.of(ACCOUNT, "0x"), BlockTag.LATEST))
                    .isEqualTo("0x");

            assertThat(asked[0]).isEqualTo(3);
            assertPeace(trial);
            assertThat(trial.pool.endpoints().get(1).strikes()).isZero();
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
                    .withMessageContaining("b=COOLING")
                    .matches(RpcException::isTransient);
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.pool.call(
                            "eth_sendRawTransaction", PoolTrial.sign(0).bytes()))
                    .matches(RpcException::isTransient);

            trial.node(1).setDown(false);
            trial.clock.advance(Duration.ofSeconds(2));
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(1));
            trial.pool.call("eth_sendRawTransaction", PoolTrial.sign(0).bytes());
        }
    }

    @Test
    void countsEndpointsOfOneOperatorAsOneVoice() {
        List<EndpointSettings> endpoints = List.of(
                EndpointSettings.of("a", "http://a.example").withOperator("one"),
                EndpointSettings.of("b", "http://b.example").withOperator("one"));

        PoolSettings settings = PoolSettings.of(PoolTrial.CHAIN, endpoints);

        assertThat(settings.quorum()).isEqualTo(1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> settings.withQuorum(2))
                .withMessageContaining("quorum=2 operators=1");
    }

    @Test
    void blocksOnADisagreementWithoutMajorityUntilItIsOver() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(3);
            Call call = Call.of(ACCOUNT, "0x");
            assertThat(trial.chain.call(call, BlockTag.LATEST)).isEqualTo("0x");
            trial.node(1).lie("eth_call", result -> text("0x02"));

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.chain.call(call, BlockTag.LATEST))
                    .withMessageContaining("Endpoints contradict each other")
                    .withMessageContaining("eth_call")
                    .withMessageContaining("b: 0x02")
                    .matches(RpcException::isTransient);
            assertThat(trial.pool.isBlocked()).isTrue();
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST));
            assertThatExceptionOfType(RpcException.class).isThrownBy(trial.chain::head);
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.pool.call(
                            "eth_sendRawTransaction", PoolTrial.sign(0).bytes()));
            assertThat(trial.node(1).struck()).isPositive();

            trial.node(1).honest();
            assertThat(trial.chain.call(call, BlockTag.LATEST)).isEqualTo("0x");

            assertThat(trial.pool.isBlocked()).isFalse();
            assertThat(trial.events.lines("blocked")).hasSize(1);
            assertThat(trial.events.lines("unblocked")).hasSize(1);
            assertThat(trial.events.lines("lied")).isEmpty();
        }
    }

    @Test
    void believesAMajorityOnceAThirdVoiceIsThere() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(3);
            trial.node(2).setDown(true);
            Call call = Call.of(ACCOUNT, "0x");
            trial.chain.call(call, BlockTag.LATEST);
            trial.node(1).lie("eth_call", result -> text("0x02"));
            assertThatExceptionOfType(RpcException.class).isThrownBy(() -> trial.chain.call(call, BlockTag.LATEST));
            assertThat(trial.pool.isBlocked()).isTrue();

            trial.node(2).setDown(false);
            trial.clock.advance(Duration.ofMinutes(2));
            assertThat(trial.chain.call(call, BlockTag.LATEST)).isEqualTo("0x");

            assertThat(trial.state(1)).isEqualTo(EndpointState.DISTRUSTED);
            assertThat(trial.events.lines("unblocked")).hasSize(1);
        }
    }

    @Test
    void trustsASingleEndpointAndSaysSoOnce() {
        try (PoolTrial trial = PoolTrial.of(1)) {
            trial.mine(2);

            for (int i = 0; i < 3; i++) {
                assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(2));
            }
            trial.pool.call("eth_sendRawTransaction", PoolTrial.sign(0).bytes());

            assertThat(trial.events.lines("trusting")).containsExactly("trusting a");
            assertThat(trial.node(0).asked("eth_chainId")).isEqualTo(1);
            assertThat(trial.state(0)).isEqualTo(EndpointState.ALIVE);
        }
    }

    @Test
    void asksByNumberWhereANodeTakesNoHash() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(3);
            trial.node(0).bend("eth_getTransactionCount", (request, node) -> {
                if (request.params().get(1) instanceof Map<?, ?>) {
                    throw new RpcException(
                            Kind.REJECTED, -32602, "Node refused: invalid argument 1: want a string", Optional.empty());
                }
                return node.call(request);
            });

            for (int i = 0; i < 3; i++) {
                assertThat(trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST))
                        .isEqualTo(new Nonce(0));
            }

            assertThat(trial.node(0).asked("eth_getTransactionCount")).isEqualTo(4);
            assertPeace(trial);
        }
    }

    @Test
    void believesAFinalBlockThatEnoughNodesHaveReached() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(20);
            trial.onAll(node -> node.setFinality(10));
            trial.chains.get(1).setFinality(5);
            trial.chains.get(2).setFinality(15);

            JsonNode header = trial.pool.call("eth_getBlockByNumber", "finalized", false);

            assertThat(header.path("number")).isEqualTo(text("0xa"));
            assertPeace(trial);
        }
    }

    @Test
    void passesRevertsOnAndComparesThem() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(1);
            trial.onAll(node -> node.revertsAt(ACCOUNT));
            // Some nodes tell no bytes, others another text.
            trial.node(2).bend("eth_call", (request, node) -> {
                throw new RpcException(Kind.REJECTED, 3, "Node refused: reverted", Optional.empty());
            });

            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(RpcException.class)
                        .isThrownBy(() -> trial.chain.call(Call.of(ACCOUNT, "0x"), BlockTag.LATEST))
                        .matches(RpcException::isRevert);
            }
            assertPeace(trial);
            assertThat(trial.node(2).struck()).isPositive();
        }
    }

    @Test
    void letsTheCallerAskForLess() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            for (int i = 0; i < 10; i++) {
                trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0x01"));
            }
            trial.mine(2);
            trial.chains.get(1).setLargestLogAnswer(5);

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.chain.logs(LOGS, new BlockNumber(0), new BlockNumber(2)))
                    .matches(RpcException::asksForLess);
            assertPeace(trial);
        }
    }

    @Test
    void answersManyThreadsAtOnce() throws Exception {
        try (PoolTrial trial = PoolTrial.of(3);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            trial.mine(10);
            List<Future<List<BlockHeader>>> futures = java.util.stream.IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> {
                        trial.chain.head();
                        trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST);
                        return trial.chain.headers(new BlockNumber(i % 5), new BlockNumber(9));
                    }))
                    .toList();

            for (int i = 0; i < 200; i++) {
                assertThat(futures.get(i).get()).hasSize(10 - i % 5);
            }
            assertPeace(trial);
        }
    }

    @Test
    void keepsTheOrderOfAMixedBatch() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(4);
            trial.onAll(node -> node.setBaseFee(BigInteger.TEN));

            var answers = trial.pool.callAll(List.of(
                    RpcRequest.of("eth_getBlockByNumber", "latest", false),
                    RpcRequest.of("eth_nonsense"),
                    RpcRequest.of("eth_getBlockByNumber", "0x2", false),
                    RpcRequest.of("eth_sendRawTransaction", PoolTrial.sign(0).bytes()),
                    RpcRequest.of("eth_getTransactionCount", ACCOUNT.hex(), "latest"),
                    RpcRequest.of("eth_chainId")));

            assertThat(answers.get(0).orThrow().path("number")).isEqualTo(text("0x4"));
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> answers.get(1).orThrow())
                    .withMessageContaining("eth_nonsense");
            assertThat(answers.get(2).orThrow().path("number")).isEqualTo(text("0x2"));
            assertThat(answers.get(3).orThrow())
                    .isEqualTo(text(PoolTrial.sign(0).hash().hex()));
            assertThat(answers.get(4).orThrow()).isEqualTo(text("0x0"));
            assertThat(answers.get(5).orThrow()).isEqualTo(text("0x7a69"));
        }
    }
}
