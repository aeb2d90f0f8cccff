package plimsoll.devnet.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.Aggregator;
import plimsoll.abi.Multicall3;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.TxHash;

/** What each fault makes of a real node's answers. */
class FaultProxyTest {

    private static final Address SENDER = Address.parse("0x00000000000000000000000000000000000000cc");
    private static final Address ECHO = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address FEED = Address.parse("0x00000000000000000000000000000000000000fe");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    /** Emits its call data under the topic: CALLDATACOPY(0, 0, CALLDATASIZE); LOG1(0, CALLDATASIZE, topic). */
    private static final String ECHO_CODE = "0x365f5f377f" + "ab".repeat(32) + "365fa100";
    /** Answers five words of 1000 to whatever is asked: fills memory with MSTOREs, RETURN(0, 160). */
    private static final String FEED_CODE =
            "0x" + "6103e85f52" + "6103e8602052" + "6103e8604052" + "6103e8606052" + "6103e8608052" + "60a05ff3";

    private static final LogQuery QUERY = LogQuery.of(List.of(ECHO), List.of(TOPIC));
    private static final long SEED = 20_261_122;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalNode process;

    @SuppressWarnings("NullAway.Init")
    private static RpcClient direct;

    @SuppressWarnings("NullAway.Init")
    private FaultProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private RpcClient client;

    @SuppressWarnings("NullAway.Init")
    private Chain chain;

    @BeforeAll
    static void startNode() {
        process = LocalNode.start(new LocalNodeSettings(
                Artefacts.prepare(sentence -> {}).anvil(),
                0,
                folder.resolve("anvil.log"),
                List.of("--auto-impersonate")));
        direct = RpcClient.to(process.rpcUrl());
        direct.call("anvil_setCode", ECHO.hex(), ECHO_CODE);
        direct.call("anvil_setCode", FEED.hex(), FEED_CODE);
        direct.call("anvil_setBalance", SENDER.hex(), "0x56bc75e2d63100000");
        direct.call("anvil_mine", "0xa");
    }

    @AfterAll
    static void stopNode() {
        direct.close();
        process.close();
    }

    @BeforeEach
    void start() {
        proxy = FaultProxy.before(process.rpcUrl(), SEED);
        client = new RpcClient(RpcSettings.of(proxy.url()).withRequestTimeout(Duration.ofSeconds(5)));
        chain = new Chain(client);
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
    }

    @Test
    void tellsTheTruthUntilToldOtherwiseAndAgainWhenHealed() {
        TxHash tx = emit("0x01");
        assertThat(chain.head()).isEqualTo(new Chain(direct).head());

        proxy.staleHead(3);
        proxy.hidesReceipts(percent(100));
        assertThat(chain.head()).isNotEqualTo(new Chain(direct).head());
        assertThat(chain.receipt(tx)).isEmpty();
        proxy.heals();

        assertThat(chain.head()).isEqualTo(new Chain(direct).head());
        assertThat(chain.receipt(tx)).isEqualTo(new Chain(direct).receipt(tx)).isPresent();
        assertThat(client.callAll(List.of(RpcRequest.of("eth_chainId"), RpcRequest.of("eth_blockNumber"))))
                .isEqualTo(direct.callAll(List.of(RpcRequest.of("eth_chainId"), RpcRequest.of("eth_blockNumber"))));
        assertThat(proxy.strikes()).containsOnlyKeys(Fault.HIDES_RECEIPTS, Fault.STALE_HEAD);
    }

    @Test
    void neverAnswersWhatItDrops() {
        proxy.drops(percent(100));
        try (RpcClient hasty = new RpcClient(RpcSettings.of(proxy.url()).withRequestTimeout(Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> hasty.call("eth_blockNumber"))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
        }
        assertThat(proxy.struck(Fault.DROPS)).isPositive();
    }

    @Test
    void answersLateWhatItDelays() {
        proxy.delays(percent(100), Duration.ofMillis(150));
        long began = System.nanoTime();
        chain.head();
        assertThat(System.nanoTime() - began)
                .isGreaterThan(Duration.ofMillis(150).toNanos());
        assertThat(proxy.struck(Fault.DELAYS)).isEqualTo(1);
    }

    @Test
    void strikesAsOftenAsItsChanceSays() {
        proxy.errorStorm(percent(20));
        int failed = 0;
        for (int i = 0; i < 300; i++) {
            try {
                client.call("eth_chainId");
            } catch (RpcException e) {
                assertThat(e.kind()).isEqualTo(Kind.TRANSIENT);
                failed++;
            }
        }
        assertThat(failed).isBetween(30, 90);
        assertThat(proxy.struck(Fault.ERROR_STORM)).isEqualTo(failed);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TRUNCATES", "DISCONNECTS"})
    void breaksAnswersThatTheClientRecognisesAsBroken(Fault fault) {
        proxy.inject(FaultSetting.of(fault, percent(100)));
        assertThatThrownBy(() -> chain.head()).isInstanceOf(RpcException.class);
        assertThat(proxy.struck(fault)).isPositive();
    }

    @Test
    void limitsTheRate() {
        proxy.rateLimits(5);
        List<RpcRequest> many = IntStream.range(0, 6)
                .mapToObj(i -> RpcRequest.of("eth_chainId"))
                .toList();
        assertThatThrownBy(() -> client.callAll(many).forEach(RpcAnswer::orThrow))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
        assertThat(proxy.struck(Fault.RATE_LIMITS)).isPositive();
    }

    @Test
    void shufflesBatchesWhichClientsMustBear() {
        proxy.reorders(percent(100));
        List<BlockHeader> headers = chain.headers(new BlockNumber(0), new BlockNumber(8));
        assertThat(headers).extracting(it -> it.number().value()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(proxy.struck(Fault.REORDERS)).isEqualTo(1);
    }

    @Test
    void sendsTwiceWhatItDuplicates() {
        proxy.duplicates(percent(100));
        String before = direct.call("eth_getBalance", ECHO.hex(), "latest").stringValue();
        client.call("eth_sendTransaction", Map.of("from", SENDER.hex(), "to", ECHO.hex(), "value", "0x1"));
        awaitPendingMined();
        BigInteger gained = wei(direct.call("eth_getBalance", ECHO.hex(), "latest")
                        .stringValue())
                .subtract(wei(before));
        assertThat(gained).isEqualTo(2);
        assertThatThrownBy(() -> chain.headers(new BlockNumber(0), new BlockNumber(3)))
                .hasMessageContaining("twice");
        assertThat(proxy.struck(Fault.DUPLICATES)).isEqualTo(2);
    }

    @Test
    void standsStillInEverythingThatItSays() {
        TxHash tx = emit("0x02");
        direct.call("anvil_mine", "0x2");
        Receipt receipt = new Chain(direct).receipt(tx).orElseThrow();
        long head = new Chain(direct).head().number().value();
        proxy.staleHead(5);

        assertThat(chain.head().number().value()).isEqualTo(head - 5);
        assertThat(client.call("eth_blockNumber").stringValue()).isEqualTo("0x" + Long.toHexString(head - 5));
        assertThat(chain.receipt(tx)).isEmpty();
        assertThat(chain.findHeader(BlockAt.hash(receipt.blockHash()))).isEmpty();
        assertThat(chain.headers(new BlockNumber(head - 6), new BlockNumber(head)))
                .hasSize(2);
        assertThat(chain.logs(QUERY, new BlockNumber(head - 4), new BlockNumber(head)))
                .isEmpty();
        assertThat(chain.transactionCount(SENDER, BlockTag.LATEST))
                .isEqualTo(new Chain(direct).transactionCount(SENDER, BlockAt.number(head - 5)));
        assertThatThrownBy(() -> chain.balance(SENDER, BlockAt.number(head))).hasMessageContaining("header not found");
        assertThatThrownBy(() -> chain.logs(QUERY, receipt.blockHash())).hasMessageContaining("header not found");
        assertThat(proxy.struck(Fault.STALE_HEAD)).isGreaterThan(8);
    }

    @Test
    void forgesLogsThatPassForTrue() {
        TxHash tx = emit("0x03");
        Receipt receipt = new Chain(direct).receipt(tx).orElseThrow();
        BlockNumber empty = new BlockNumber(3);
        proxy.forgesLogs(percent(100));

        List<EventLog> logs = chain.logs(QUERY, receipt.blockHash());
        assertThat(logs).hasSize(2).startsWith(receipt.logs().getFirst());
        assertThat(chain.logs(QUERY, empty, empty)).hasSize(1);
        assertThat(proxy.struck(Fault.FORGES_LOGS)).isEqualTo(2);
    }

    @Test
    void hidesTheSameLogsEachTime() {
        List<TxHash> txs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            txs.add(emit("0x04%02x".formatted(i)));
        }
        BlockNumber first =
                new Chain(direct).receipt(txs.getFirst()).orElseThrow().blockNumber();
        BlockNumber last =
                new Chain(direct).receipt(txs.getLast()).orElseThrow().blockNumber();
        List<EventLog> truth = new Chain(direct).logs(QUERY, first, last);
        proxy.hidesLogs(percent(50));

        List<EventLog> told = chain.logs(QUERY, first, last);
        assertThat(told).hasSizeLessThan(truth.size()).isNotEmpty().isSubsetOf(truth);
        assertThat(chain.logs(QUERY, first, last)).isEqualTo(told);
        assertThat(proxy.struck(Fault.HIDES_LOGS)).isEqualTo(2L * (truth.size() - told.size()));
    }

    @Test
    void changesThePriceOfOneFeedInWhicheverWayItIsAsked() {
        proxy.wrongPrice(FEED, 80);

        assertThat(price(Aggregator.LATEST_ROUND_DATA.encode(), 1)).isEqualTo(800);
        assertThat(price(Aggregator.LATEST_ROUND_DATA.encode(), 3)).isEqualTo(1_000);
        assertThat(price(Aggregator.LATEST_ANSWER.encode(), 0)).isEqualTo(800);
        assertThat(price(AaveOracle.GET_ASSET_PRICE.encode(SENDER), 0)).isEqualTo(800);
        assertThat(price(Aggregator.DECIMALS.encode(), 0)).isEqualTo(1_000);
        assertThat(proxy.struck(Fault.WRONG_PRICE)).isEqualTo(4);
    }

    @Test
    void changesPricesInsideMulticalls() {
        String answer = "0x" + ("0".repeat(61) + "3e8").repeat(5);
        String asked = Multicall3.AGGREGATE3.encode(
                List.of(List.of(FEED, true, Aggregator.LATEST_ROUND_DATA.encode()), List.of(ECHO, true, "0x")));
        String truth = "0x"
                + plimsoll.abi.ContractFunction.of("f((bool a, bytes b)[] c)")
                        .encode(List.of(List.of(true, answer), List.of(true, "0x")))
                        .substring(10);
        direct.call("anvil_setCode", SENDER.hex(), returning(truth));
        proxy.wrongPrices(50);

        var told = Multicall3.AGGREGATE3
                .decode(chain.call(SENDER, asked, BlockTag.LATEST))
                .values("returnData");
        direct.call("anvil_setCode", SENDER.hex(), "0x");

        assertThat(told.values(0).hex("returnData"))
                .isEqualTo(answer.substring(0, 66) + "0".repeat(61) + "1f4" + answer.substring(130));
        assertThat(told.values(1).hex("returnData")).isEqualTo("0x");
        assertThat(proxy.struck(Fault.WRONG_PRICE)).isEqualTo(1);
    }

    @Test
    void turnsReceiptsRound() {
        TxHash tx = emit("0x05");
        proxy.flipsReceipts(percent(100));
        assertThat(chain.receipt(tx).orElseThrow().succeeded()).isFalse();
        assertThat(proxy.struck(Fault.FLIPS_RECEIPTS)).isEqualTo(1);
    }

    @Test
    void inventsReceiptsOfWaitingTransactionsOnly() {
        direct.call("evm_setAutomine", false);
        try {
            TxHash tx = new TxHash(
                    direct.call("eth_sendTransaction", emission("0x06")).stringValue());
            proxy.inventsReceipts(percent(100));
            assertThat(chain.receipt(tx).orElseThrow().succeeded()).isTrue();
            assertThat(chain.receipt(new TxHash(TOPIC))).isEmpty();
            assertThat(proxy.struck(Fault.INVENTS_RECEIPTS)).isEqualTo(1);
        } finally {
            direct.call("evm_setAutomine", true);
            direct.call("evm_mine");
        }
    }

    @Test
    void countsNoncesWrong() {
        long truth = new Chain(direct).transactionCount(SENDER, BlockTag.LATEST).value();
        proxy.wrongNonce(3);
        assertThat(chain.transactionCount(SENDER, BlockTag.LATEST).value()).isEqualTo(truth + 3);
        assertThat(proxy.struck(Fault.WRONG_NONCE)).isEqualTo(1);
    }

    @Test
    void namesBlocksFalselyButConsistently() {
        TxHash tx = emit("0x07");
        BlockHeader truth = new Chain(direct).head();
        proxy.wrongHash(percent(100));

        List<BlockHeader> headers = chain.headers(new BlockNumber(0), truth.number());
        BlockHeader head = headers.getLast();
        assertThat(head.hash()).isNotEqualTo(truth.hash());
        assertThat(head.isChildOf(headers.get(headers.size() - 2))).isTrue();
        assertThat(chain.header(head.at())).isEqualTo(head);
        assertThat(chain.balance(SENDER, head.at())).isEqualTo(new Chain(direct).balance(SENDER, truth.at()));
        assertThat(chain.logs(QUERY, head.hash()))
                .singleElement()
                .satisfies(log -> assertThat(log.blockHash()).isEqualTo(head.hash()));
        assertThat(chain.receipt(tx).orElseThrow().blockHash()).isEqualTo(head.hash());
        assertThat(proxy.struck(Fault.WRONG_HASH)).isPositive();
    }

    @Test
    void liesOnlyInBatches() {
        proxy.liesOnBatches(percent(100));
        RpcRequest balance = RpcRequest.of("eth_getBalance", SENDER.hex(), "latest");
        String truth = direct.call(balance).stringValue();

        assertThat(client.call(balance).stringValue()).isEqualTo(truth);
        assertThat(client.callAll(List.of(balance, balance)))
                .allSatisfy(answer -> assertThat(answer.orThrow().stringValue()).isNotEqualTo(truth));
        assertThat(proxy.struck(Fault.LIES_ON_BATCHES)).isEqualTo(2);
    }

    @Test
    void takesTransactionsAndForgetsThem() {
        proxy.forgets(percent(100));
        // The node would refuse these bytes; that it is not asked is the fault.
        String hash = client.call("eth_sendRawTransaction", "0x02c0").stringValue();
        assertThat(chain.knowsTransaction(new TxHash(hash))).isFalse();
        assertThat(proxy.struck(Fault.FORGETS)).isEqualTo(1);
    }

    @Test
    void carriesWebSocketsAndLetsThemFallSilent() throws InterruptedException {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(proxy.webSocketUrl()), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                            heard.add(text.toString());
                            from.request(1);
                            return java.util.concurrent.CompletableFuture.completedFuture(null);
                        }
                    })
                    .join();
            socket.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}", true)
                    .join();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).contains("0x7a69");

            proxy.drops(percent(100));
            socket.sendText("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_chainId\",\"params\":[]}", true)
                    .join();
            assertThat(heard.poll(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(proxy.struck(Fault.DROPS)).isPositive();
            socket.abort();
        }
    }

    @Test
    void saysThatTheNodeBehindItIsGone() {
        try (FaultProxy dead = FaultProxy.before("http://127.0.0.1:9", SEED);
                RpcClient asking = RpcClient.to(dead.url())) {
            assertThatThrownBy(() -> asking.call("eth_chainId"))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
        }
    }

    @Test
    void readsFaultsAsTheCommandLineWritesThem() {
        assertThat(FaultSetting.parse("drops=20%")).isEqualTo(FaultSetting.of(Fault.DROPS, percent(20)));
        assertThat(FaultSetting.parse("reorders").chance()).isEqualTo(Bps.ONE_HUNDRED_PERCENT);
        assertThat(FaultSetting.parse("staleHead=5@12.5%"))
                .isEqualTo(FaultSetting.of(Fault.STALE_HEAD, new Bps(1_250), 5));
        assertThat(FaultSetting.parse("wrongNonce=-2").amount()).isEqualTo(-2);
        assertThat(FaultSetting.parse("wrongPrice=80:" + FEED.hex()).contract()).contains(FEED);
        for (String wrong : List.of(
                "drop=20%", "drops=20", "drops=120%", "staleHead", "staleHead=0", "delays=x", "staleHead=1:" + FEED)) {
            assertThatThrownBy(() -> FaultSetting.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void givesAnExampleOfEachFaultThatCanBeRead(Fault fault) {
        String example = fault.example().replaceAll(" or .*", "");
        assertThat(FaultSetting.parse(example).fault()).isEqualTo(fault);
        assertThat(FaultSetting.parse(FaultSetting.parse(example).toString())).isEqualTo(FaultSetting.parse(example));
    }

    private static TxHash emit(String data) {
        TxHash tx =
                new TxHash(direct.call("eth_sendTransaction", emission(data)).stringValue());
        awaitPendingMined();
        return tx;
    }

    private static Map<String, Object> emission(String data) {
        return Map.of("from", SENDER.hex(), "to", ECHO.hex(), "data", data, "gas", "0x186a0");
    }

    private static void awaitPendingMined() {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!direct.call("eth_getTransactionCount", SENDER.hex(), "latest")
                        .equals(direct.call("eth_getTransactionCount", SENDER.hex(), "pending"))
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private long price(String data, int word) {
        String answer = chain.call(FEED, data, BlockTag.LATEST);
        return new BigInteger(answer.substring(2 + 64 * word, 66 + 64 * word), 16).longValueExact();
    }

    private static BigInteger wei(String quantity) {
        return new BigInteger(quantity.substring(2), 16);
    }

    /** Code that returns these bytes: CODECOPY(0, 13, length); RETURN(0, length); the bytes. */
    private static String returning(String bytes) {
        int length = bytes.length() / 2 - 1;
        return "0x61%04x600d5f3961%04x5ff3".formatted(length, length) + "00" + bytes.substring(2);
    }
}
