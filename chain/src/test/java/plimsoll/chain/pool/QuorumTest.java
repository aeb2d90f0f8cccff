package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static plimsoll.chain.pool.PoolTrial.ACCOUNT;
import static plimsoll.chain.pool.PoolTrial.LOGS;
import static plimsoll.chain.pool.PoolTrial.TOPIC;
import static plimsoll.chain.pool.PoolTrial.text;

import java.math.BigInteger;
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
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a quorum believes of nodes that mean well. */
class QuorumTest {

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
            trial.assertPeace();
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

            trial.assertPeace();
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
            trial.assertPeace();
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
            trial.assertPeace();
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
            trial.assertPeace();
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
            trial.assertPeace();
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
