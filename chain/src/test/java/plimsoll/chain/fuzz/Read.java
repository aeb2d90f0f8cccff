package plimsoll.chain.fuzz;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.Receipt;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;

/**
 * One typed read of a chain, a right answer to it, and two ways to the same words: ours, and straight from plain JSON.
 *
 * @param results the right results, one for each request that the read makes
 * @param typed what the read gave
 * @param plain what it should have given, from the results as {@link PlainJson} reads them
 */
record Read(String name, List<String> results, Function<Chain, String> typed, Function<List<Object>, String> plain) {

    private static final Address ACCOUNT = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final String HASH = "0x" + "1b".repeat(32);
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final LogQuery ANY = LogQuery.of(List.of());
    private static final BlockNumber LAST = new BlockNumber(Long.MAX_VALUE);

    private static final String HEADER = """
            {"number":"0x10","hash":"%s","parentHash":"0x%s","timestamp":"0x65920080","baseFeePerGas":"0x7","gasLimit":\
            "0x1c9c380","gasUsed":"0x5208","logsBloom":"0x%s","transactions":[]}""".formatted(HASH, "1a".repeat(32), "00".repeat(256));

    private static final String LOG = """
            {"address":"0x00000000000000000000000000000000000000aa","topics":["%s"],"data":"0x01","blockNumber":"0x10",\
            "blockHash":"%s","transactionHash":"0x%s","transactionIndex":"0x0","logIndex":"0x0","removed":false}""".formatted(TOPIC, HASH, "2c".repeat(32));

    private static final String RECEIPT = """
            {"transactionHash":"0x%s","blockNumber":"0x10","blockHash":"%s","transactionIndex":"0x0","status":"0x1",\
            "gasUsed":"0x5208","cumulativeGasUsed":"0x5208","effectiveGasPrice":"0x3b9aca07","contractAddress":null,\
            "logs":[%s],"logsBloom":"0x00","type":"0x2"}""".formatted("2c".repeat(32), HASH, LOG);

    private static final String FEES = """
            {"oldestBlock":"0xf","baseFeePerGas":["0x7","0x8","0x9"],"gasUsedRatio":[0.5,0.25],\
            "reward":[["0x1","0x2"],["0x3","0x4"]]}""";

    static List<Read> all() {
        return List.of(
                quantity("chainId", "\"0x7a69\"", chain -> chain.chainId().value()),
                quantity(
                        "balance",
                        "\"0xde0b6b3a7640000\"",
                        chain -> chain.balance(ACCOUNT, BlockTag.LATEST).raw()),
                quantity(
                        "transactionCount",
                        "\"0x2a\"",
                        chain -> chain.transactionCount(ACCOUNT, BlockTag.PENDING)
                                .value()),
                quantity(
                        "estimateGas",
                        "\"0x5208\"",
                        chain -> chain.estimateGas(Call.of(ACCOUNT, "0x"), BlockTag.LATEST)
                                .units()),
                quantity("gasPrice", "\"0x3b9aca00\"", chain -> chain.gasPrice().raw()),
                bytes("code", "\"0x6001\"", chain -> chain.code(ACCOUNT, BlockTag.LATEST)),
                bytes("call", "\"0x" + "00".repeat(31) + "05\"", chain -> chain.call(ACCOUNT, "0x", BlockTag.LATEST)),
                calls(),
                header(HEADER),
                headers(),
                logs("[" + LOG + "," + LOG.replace("\"logIndex\":\"0x0\"", "\"logIndex\":\"0x1\"") + "]"),
                logsByBlock(),
                receipt("0x" + "2c".repeat(32), RECEIPT),
                receipt("0x" + "2c".repeat(32), "null"),
                feeHistory(FEES, List.of(10, 50)),
                new Read(
                        "knowsTransaction",
                        List.of("{\"hash\":\"0x" + "2c".repeat(32) + "\"}"),
                        chain -> "" + chain.knowsTransaction(new TxHash("0x" + "2c".repeat(32))),
                        results -> "" + !PlainJson.NULL.equals(results.getFirst())));
    }

    /** The read that asks for what a node once answered; absent where there is no typed one. */
    static Optional<Read> recorded(String method, JsonNode params, JsonNode result) {
        String json = result.toString();
        return switch (method) {
            case "eth_chainId" ->
                Optional.of(quantity("chainId", json, chain -> chain.chainId().value()));
            case "eth_getBalance" ->
                Optional.of(quantity(
                        "balance",
                        json,
                        chain -> chain.balance(ACCOUNT, BlockTag.LATEST).raw()));
            case "eth_getTransactionCount" ->
                Optional.of(quantity(
                        "transactionCount",
                        json,
                        chain ->
                                chain.transactionCount(ACCOUNT, BlockTag.LATEST).value()));
            case "eth_estimateGas" ->
                Optional.of(quantity(
                        "estimateGas",
                        json,
                        chain -> chain.estimateGas(Call.of(ACCOUNT, "0x"), BlockTag.LATEST)
                                .units()));
            case "eth_getCode" -> Optional.of(bytes("code", json, chain -> chain.code(ACCOUNT, BlockTag.LATEST)));
            case "eth_call" -> Optional.of(bytes("call", json, chain -> chain.call(ACCOUNT, "0x", BlockTag.LATEST)));
            case "eth_getBlockByNumber", "eth_getBlockByHash" ->
                result.isNull() ? Optional.empty() : Optional.of(header(json));
            case "eth_getLogs" -> Optional.of(logs(json));
            case "eth_getTransactionReceipt" ->
                result.isObject() && !result.has("status") // from before Byzantium, which we refuse
                        ? Optional.empty()
                        : Optional.of(receipt(params.path(0).stringValue().toLowerCase(Locale.ROOT), json));
            case "eth_feeHistory" -> {
                List<Integer> percentiles = new ArrayList<>();
                params.path(2).forEach(it -> percentiles.add((int) it.doubleValue()));
                yield Optional.of(feeHistory(json, percentiles));
            }
            default -> Optional.empty();
        };
    }

    private static Read quantity(String name, String result, Function<Chain, Object> read) {
        return new Read(name, List.of(result), chain -> "" + read.apply(chain), results -> "" + q(results.getFirst()));
    }

    private static Read bytes(String name, String result, Function<Chain, String> read) {
        return new Read(name, List.of(result), read, results -> text(results.getFirst()));
    }

    private static Read calls() {
        return new Read(
                "callAll",
                List.of("\"0x01\"", "\"0x\"", "\"0x0203\""),
                chain -> String.join(
                        " ",
                        chain
                                .callAll(
                                        List.of(Call.of(ACCOUNT, "0x"), Call.of(ACCOUNT, "0x"), Call.of(ACCOUNT, "0x")),
                                        BlockTag.LATEST)
                                .stream()
                                .map(result -> switch (result) {
                                    case CallResult.Returned(String data) -> data;
                                    case CallResult.Reverted _ -> "reverted";
                                })
                                .toList()),
                results -> String.join(
                        " ",
                        results.stream()
                                .map(result -> PlainJson.NULL.equals(result) ? "reverted" : text(result))
                                .toList()));
    }

    private static Read header(String json) {
        return new Read(
                "header", List.of(json), chain -> words(chain.head()), results -> plainHeader(results.getFirst()));
    }

    private static Read headers() {
        List<String> results = IntStream.range(0, 4)
                .mapToObj(i -> HEADER.replace("\"0x10\"", "\"0x1" + i + "\""))
                .toList();
        return new Read(
                "headers",
                results,
                chain -> String.join(
                        " ",
                        chain.headers(new BlockNumber(0x10), new BlockNumber(0x13)).stream()
                                .map(Read::words)
                                .toList()),
                plain -> String.join(
                        " ",
                        plain.stream()
                                .takeWhile(it -> !PlainJson.NULL.equals(it))
                                .map(Read::plainHeader)
                                .toList()));
    }

    private static Read logs(String json) {
        return new Read(
                "logs",
                List.of(json),
                chain -> logWords(chain.logs(ANY, new BlockNumber(0), LAST)),
                results -> plainLogs(results.getFirst()));
    }

    private static Read logsByBlock() {
        BlockHash block = new BlockHash(HASH);
        return new Read(
                "logsByBlock",
                List.of("[" + LOG + "]", "[]"),
                chain -> String.join(
                        " | ",
                        chain.logs(List.of(block, block), LogQuery.of(List.of(ACCOUNT), List.of(TOPIC))).stream()
                                .map(Read::logWords)
                                .toList()),
                results ->
                        String.join(" | ", results.stream().map(Read::plainLogs).toList()));
    }

    private static Read receipt(String hash, String json) {
        return new Read(
                "receipt",
                List.of(json),
                chain -> chain.receipt(new TxHash(hash)).map(Read::words).orElse("none"),
                results -> plainReceipt(results.getFirst()));
    }

    private static Read feeHistory(String json, List<Integer> percentiles) {
        return new Read(
                "feeHistory",
                List.of(json),
                chain -> {
                    var history = chain.feeHistory(2, percentiles);
                    return history.oldest().value() + " " + prices(history.baseFees()) + " "
                            + history.rewards().stream().map(Read::prices).toList();
                },
                results -> {
                    Map<?, ?> history = map(results.getFirst());
                    Object reward = history.get("reward");
                    List<?> rewards = reward == null || PlainJson.NULL.equals(reward) ? List.of() : (List<?>) reward;
                    return q(history.get("oldestBlock")) + " " + qs(history.get("baseFeePerGas")) + " "
                            + rewards.stream().map(Read::qs).toList();
                });
    }

    private static String words(BlockHeader header) {
        return String.join(
                ",",
                "" + header.number().value(),
                header.hash().hex(),
                header.parentHash().hex(),
                header.time().toString(),
                header.baseFee().map(it -> it.raw().toString()).orElse("none"),
                "" + header.gasLimit().units(),
                "" + header.gasUsed().units(),
                header.logsBloom());
    }

    private static String plainHeader(Object json) {
        Map<?, ?> block = map(json);
        return String.join(
                ",",
                "" + q(block.get("number")),
                lower(block.get("hash")),
                lower(block.get("parentHash")),
                Instant.ofEpochSecond(q(block.get("timestamp")).longValueExact())
                        .toString(),
                isAbsent(block.get("baseFeePerGas")) ? "none" : "" + q(block.get("baseFeePerGas")),
                "" + q(block.get("gasLimit")),
                "" + q(block.get("gasUsed")),
                isAbsent(block.get("logsBloom")) ? "0x" : text(block.get("logsBloom")));
    }

    private static String logWords(List<EventLog> logs) {
        return logs.stream()
                .map(log -> String.join(
                        ",",
                        log.address().hex(),
                        log.topics().toString(),
                        log.data(),
                        "" + log.blockNumber().value(),
                        log.blockHash().hex(),
                        log.txHash().hex(),
                        "" + log.index()))
                .toList()
                .toString();
    }

    private static String plainLogs(Object json) {
        return ((List<?>) json)
                .stream()
                        .map(Read::map)
                        .map(log -> String.join(
                                ",",
                                lower(log.get("address")),
                                ((List<?>) Objects.requireNonNull(log.get("topics")))
                                        .stream().map(Read::lower).toList().toString(),
                                text(log.get("data")),
                                "" + q(log.get("blockNumber")),
                                lower(log.get("blockHash")),
                                lower(log.get("transactionHash")),
                                "" + q(log.get("logIndex"))))
                        .toList()
                        .toString();
    }

    private static String words(Receipt receipt) {
        return String.join(
                ",",
                receipt.txHash().hex(),
                "" + receipt.blockNumber().value(),
                receipt.blockHash().hex(),
                "" + receipt.index(),
                "" + receipt.succeeded(),
                "" + receipt.gasUsed().units(),
                "" + receipt.effectiveGasPrice().raw(),
                receipt.created().map(Address::hex).orElse("none"),
                logWords(receipt.logs()));
    }

    private static String plainReceipt(Object json) {
        if (PlainJson.NULL.equals(json) || isAbsent(map(json).get("blockHash"))) {
            return "none";
        }
        Map<?, ?> receipt = map(json);
        return String.join(
                ",",
                lower(receipt.get("transactionHash")),
                "" + q(receipt.get("blockNumber")),
                lower(receipt.get("blockHash")),
                "" + q(receipt.get("transactionIndex")),
                "" + q(receipt.get("status")).equals(BigInteger.ONE),
                "" + q(receipt.get("gasUsed")),
                "" + q(receipt.get("effectiveGasPrice")),
                isAbsent(receipt.get("contractAddress")) ? "none" : lower(receipt.get("contractAddress")),
                plainLogs(Objects.requireNonNull(receipt.get("logs"))));
    }

    private static String prices(List<GasPrice> prices) {
        return prices.stream().map(GasPrice::raw).toList().toString();
    }

    private static String qs(@Nullable Object list) {
        return ((List<?>) Objects.requireNonNull(list))
                .stream().map(Read::q).toList().toString();
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null || PlainJson.NULL.equals(value);
    }

    private static BigInteger q(@Nullable Object value) {
        return new BigInteger(text(value).substring(2), 16);
    }

    private static String text(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }

    private static String lower(@Nullable Object value) {
        return text(value).toLowerCase(Locale.ROOT);
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }
}
