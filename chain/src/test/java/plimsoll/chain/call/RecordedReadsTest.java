package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RecordedExchange;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;

/** What geth answered, read through {@link Chain}: every typed field says what the recording says. */
class RecordedReadsTest {

    /** Recorded, and not offered by {@link Chain}: nobody here asks them, or only as raw JSON. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "debug_getRawBlock",
            "debug_getRawHeader",
            "debug_getRawReceipts",
            "debug_getRawTransaction",
            "debug_traceBlockByHash",
            "debug_traceBlockByNumber",
            "debug_traceTransaction",
            "eth_baseFee",
            "eth_blockNumber",
            "eth_createAccessList",
            "eth_getBlockReceipts",
            "eth_getBlockTransactionCountByHash",
            "eth_getBlockTransactionCountByNumber",
            "eth_getProof",
            "eth_getStorageAt",
            "eth_getStorageValues",
            "eth_getTransactionByBlockHashAndIndex",
            "eth_sendRawTransaction",
            "eth_simulateV1",
            "eth_syncing",
            "testing_buildBlockV1",
            "txpool_content",
            "txpool_status");

    private static final String PRE_BYZANTIUM = "get-legacy-input.io";

    private int read;
    private int refused;

    @Test
    void readsEveryRecordedAnswerWithoutLoss() throws IOException {
        List<RecordedExchange> exchanges = RecordedExchange.all();
        Set<String> notOffered = new TreeSet<>();

        try (MockWebServer server = new MockWebServer()) {
            server.start();
            try (RpcClient rpc = RpcClient.to(server.url("/").toString())) {
                for (RecordedExchange exchange : exchanges) {
                    Optional<Runnable> reading = reading(new Chain(rpc), exchange);
                    if (reading.isPresent()) {
                        exchange.replayOn(server);
                        verify(reading.get(), exchange);
                    } else {
                        notOffered.add(exchange.method());
                    }
                }
            }
        }

        assertThat(notOffered).isEqualTo(NOT_OFFERED);
        assertThat(read).isGreaterThanOrEqualTo(25);
        assertThat(refused).isGreaterThanOrEqualTo(4);
    }

    private void verify(Runnable reading, RecordedExchange exchange) {
        if (exchange.response().has("error")) {
            JsonNode error = exchange.response().get("error");
            RpcException failure = catchThrowableOfType(RpcException.class, reading::run);
            assertThat(failure).as(exchange.file()).isNotNull();
            assertThat(failure.code())
                    .as(exchange.file())
                    .isEqualTo(error.get("code").intValue());
            assertThat(failure.data().orElse(""))
                    .as(exchange.file())
                    .isEqualTo(error.path("data").isString() ? error.get("data").stringValue() : "");
            assertThat(failure.isRevert())
                    .as(exchange.file())
                    .isEqualTo(error.get("code").intValue() == 3);
            refused++;
        } else if (exchange.file().endsWith("eth_getTransactionReceipt/" + PRE_BYZANTIUM)) {
            RpcException failure = catchThrowableOfType(RpcException.class, reading::run);
            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure).hasMessageContaining("Byzantium");
            refused++;
        } else {
            reading.run();
            read++;
        }
    }

    private static Optional<Runnable> reading(Chain chain, RecordedExchange exchange) {
        JsonNode params = exchange.request().path("params");
        JsonNode result = exchange.response().path("result");
        String file = exchange.file();
        return Optional.ofNullable(
                switch (exchange.method()) {
                    case "eth_chainId" -> () -> same(file, hex(chain.chainId().value()), result);
                    case "eth_getBalance" ->
                        () -> same(
                                file,
                                hex(chain.balance(address(params.get(0)), at(params.get(1)))
                                        .raw()),
                                result);
                    case "eth_getTransactionCount" ->
                        () -> same(
                                file,
                                hex(chain.transactionCount(address(params.get(0)), at(params.get(1)))
                                        .value()),
                                result);
                    case "eth_getCode" ->
                        () -> same(file, chain.code(address(params.get(0)), at(params.get(1))), result);
                    case "eth_call" -> () -> same(file, chain.call(call(params.get(0)), at(params.get(1))), result);
                    case "eth_estimateGas" ->
                        () -> same(file, gas(chain.estimateGas(call(params.get(0)), at(params.get(1)))), result);
                    case "eth_getBlockByNumber" -> () -> header(file, chain.header(at(params.get(0))), result);
                    case "eth_getBlockByHash" ->
                        () -> header(file, chain.header(BlockAt.hash(new BlockHash(text(params.get(0))))), result);
                    case "eth_getTransactionReceipt" -> () -> receipt(chain, params.get(0), result, file);
                    case "eth_getTransactionByHash" ->
                        () -> assertThat(chain.knowsTransaction(new TxHash(text(params.get(0)))))
                                .as(file)
                                .isEqualTo(!result.isNull());
                    case "eth_getLogs" -> () -> logs(file, logs(chain, params.get(0)), result);
                    case "eth_feeHistory" -> () -> feeHistory(chain, params, result, file);
                    default -> null;
                });
    }

    private static void header(String file, BlockHeader header, JsonNode json) {
        same(file, hex(header.number().value()), json.get("number"));
        same(file, header.hash().hex(), json.get("hash"));
        same(file, header.parentHash().hex(), json.get("parentHash"));
        same(file, hex(header.time().getEpochSecond()), json.get("timestamp"));
        same(file, gas(header.gasLimit()), json.get("gasLimit"));
        same(file, gas(header.gasUsed()), json.get("gasUsed"));
        same(file, header.logsBloom(), json.get("logsBloom"));
        assertThat(header.baseFee().isPresent()).as(file).isEqualTo(json.hasNonNull("baseFeePerGas"));
        header.baseFee().ifPresent(fee -> same(file, price(fee), json.get("baseFeePerGas")));
    }

    private static void receipt(Chain chain, JsonNode tx, JsonNode json, String file) {
        assertThat(chain.receipt(new TxHash(text(tx)))).as(file).satisfies(found -> {
            assertThat(found.isPresent()).isEqualTo(!json.isNull());
            found.ifPresent(receipt -> {
                same(file, receipt.txHash().hex(), json.get("transactionHash"));
                same(file, hex(receipt.blockNumber().value()), json.get("blockNumber"));
                same(file, receipt.blockHash().hex(), json.get("blockHash"));
                same(file, hex(receipt.index()), json.get("transactionIndex"));
                same(file, receipt.succeeded() ? "0x1" : "0x0", json.get("status"));
                same(file, gas(receipt.gasUsed()), json.get("gasUsed"));
                same(file, price(receipt.effectiveGasPrice()), json.get("effectiveGasPrice"));
                assertThat(receipt.created().map(Address::hex).orElse(""))
                        .as(file)
                        .isEqualTo(json.get("contractAddress").isNull() ? "" : text(json.get("contractAddress")));
                logs(file, receipt.logs(), json.get("logs"));
            });
        });
    }

    private static List<EventLog> logs(Chain chain, JsonNode filter) {
        List<Address> addresses = new ArrayList<>();
        filter.path("address").forEach(found -> addresses.add(address(found)));
        List<List<String>> topics = new ArrayList<>();
        for (JsonNode position : filter.path("topics")) {
            List<String> accepted = new ArrayList<>();
            position.forEach(topic -> accepted.add(text(topic)));
            topics.add(accepted);
        }
        LogQuery query = new LogQuery(addresses, topics);
        if (filter.has("blockHash")) {
            return chain.logs(query, new BlockHash(text(filter.get("blockHash"))));
        }
        return chain.logs(query, number(filter.get("fromBlock")), number(filter.get("toBlock")));
    }

    private static void logs(String file, List<EventLog> logs, JsonNode json) {
        assertThat(logs).as(file).hasSize(json.size());
        for (int i = 0; i < logs.size(); i++) {
            EventLog log = logs.get(i);
            JsonNode recorded = json.get(i);
            same(file, log.address().hex(), recorded.get("address"));
            assertThat(log.topics()).as(file).hasSize(recorded.get("topics").size());
            for (int topic = 0; topic < log.topics().size(); topic++) {
                same(file, log.topics().get(topic), recorded.get("topics").get(topic));
            }
            same(file, log.data(), recorded.get("data"));
            same(file, hex(log.blockNumber().value()), recorded.get("blockNumber"));
            same(file, log.blockHash().hex(), recorded.get("blockHash"));
            same(file, log.txHash().hex(), recorded.get("transactionHash"));
            same(file, hex(log.index()), recorded.get("logIndex"));
        }
    }

    private static void feeHistory(Chain chain, JsonNode params, JsonNode json, String file) {
        List<Integer> percentiles = new ArrayList<>();
        params.get(2).forEach(percentile -> percentiles.add(percentile.intValue()));
        FeeHistory history = chain.feeHistory(Integer.decode(text(params.get(0))), percentiles);

        same(file, hex(history.oldest().value()), json.get("oldestBlock"));
        prices(file, history.baseFees(), json.get("baseFeePerGas"));
        assertThat(history.rewards()).as(file).hasSize(json.get("reward").size());
        for (int i = 0; i < history.rewards().size(); i++) {
            prices(file, history.rewards().get(i), json.get("reward").get(i));
        }
    }

    private static void prices(String file, List<GasPrice> prices, JsonNode json) {
        assertThat(prices.stream().map(RecordedReadsTest::price).toList())
                .as(file)
                .isEqualTo(IntStream.range(0, json.size())
                        .mapToObj(i -> text(json.get(i)))
                        .toList());
    }

    private static Call call(JsonNode json) {
        String data = json.path("input").isString() ? text(json.get("input")) : "0x";
        return Call.of(address(json.get("to")), data);
    }

    private static BlockAt at(@Nullable JsonNode parameter) {
        if (parameter == null) {
            return BlockTag.LATEST;
        }
        for (BlockTag tag : BlockTag.values()) {
            if (tag.word().equals(text(parameter))) {
                return tag;
            }
        }
        return BlockAt.number(number(parameter));
    }

    private static BlockNumber number(JsonNode json) {
        return new BlockNumber(Long.decode(text(json)));
    }

    private static Address address(JsonNode json) {
        return new Address(text(json));
    }

    private static String text(JsonNode json) {
        return json.stringValue();
    }

    private static void same(String file, String typed, JsonNode recorded) {
        assertThat(typed).as(file).isEqualTo(text(recorded));
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String hex(BigInteger value) {
        return "0x" + value.toString(16);
    }

    private static String gas(Gas gas) {
        return hex(gas.units());
    }

    private static String price(GasPrice price) {
        return hex(price.raw());
    }
}
