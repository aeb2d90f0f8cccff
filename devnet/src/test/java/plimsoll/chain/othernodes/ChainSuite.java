package plimsoll.chain.othernodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.Finality;
import plimsoll.chain.log.FollowerSettings;
import plimsoll.chain.log.LogFollower;
import plimsoll.chain.log.MemoryBlockStore;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.CountingLaneEvents;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** The chain module on one implementation of a node. */
abstract class ChainSuite {

    private static final ChainId CHAIN = new ChainId(31_337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final Lane LANE = new Lane(CHAIN, SIGNER.address());
    private static final Address ECHO = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address REFUSING = Address.parse("0x00000000000000000000000000000000000000bb");
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000dd");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    /** Emits its call data under the topic: CALLDATACOPY(0, 0, CALLDATASIZE); LOG1(0, CALLDATASIZE, topic). */
    private static final String ECHO_CODE = "0x366000600037" + "7f" + "ab".repeat(32) + "366000a100";
    /** Reverts with Error("no"): CODECOPY(0, 12, 100); REVERT(0, 100). */
    private static final String REFUSING_CODE = "0x6064600c60003960646000fd" + "08c379a0" + "00".repeat(31) + "20"
            + "00".repeat(31) + "02" + "6e6f" + "00".repeat(30);

    private static final LogQuery QUERY = LogQuery.of(List.of(ECHO), List.of(TOPIC));

    private final NodeKind kind;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ChildNode node;

    @SuppressWarnings("NullAway.Init")
    private RpcClient rpc;

    @SuppressWarnings("NullAway.Init")
    private Chain chain;

    @SuppressWarnings("NullAway.Init")
    private EndpointPool pool;

    @SuppressWarnings("NullAway.Init")
    private String user;

    private final ManualClock clock = ManualClock.atNoon();
    private final MemoryIntentStore store = new MemoryIntentStore(clock);
    private final LaneSettings settings =
            LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5)).withPollInterval(Duration.ofMillis(50));
    private final CountingLaneEvents events = new CountingLaneEvents();

    ChainSuite(NodeKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws IOException {
        node = kind.start(folder);
        rpc = RpcClient.to(node.url());
        chain = new Chain(rpc);
        pool = EndpointPool.open(
                PoolSettings.of(
                        CHAIN, List.of(EndpointSettings.of("one", node.url()), EndpointSettings.of("two", node.url()))),
                new PoolLog(),
                InstantSource.system());
        user = rpc.call("eth_accounts").get(0).stringValue();
        kind.fund(rpc, SIGNER.address());
        kind.place(rpc, ECHO, ECHO_CODE);
        kind.place(rpc, REFUSING, REFUSING_CODE);
        mine();
    }

    @AfterEach
    void stop() {
        pool.close();
        rpc.close();
        node.close();
    }

    @Test
    void readsHeadersBalancesCodeNoncesAndFees() {
        chain.verifyChainId(CHAIN);
        BlockHeader head = chain.head();
        List<BlockHeader> headers =
                chain.headers(new BlockNumber(0), head.number().next());

        assertThat(headers).hasSize((int) head.number().value() + 1);
        assertThat(head.isChildOf(headers.get(headers.size() - 2))).isTrue();
        assertThat(chain.header(BlockAt.hash(head.hash()))).isEqualTo(head);
        assertThat(chain.balance(SIGNER.address(), BlockTag.LATEST)).isEqualTo(Wei.parse("100"));
        assertThat(chain.code(ECHO, BlockAt.number(head.number()))).isEqualTo(ECHO_CODE);
        assertThat(chain.transactionCount(SIGNER.address(), BlockTag.PENDING)).isEqualTo(new Nonce(0));
        assertThat(chain.feeHistory(2, List.of(10, 50)).baseFees()).hasSize(3);
        assertThat(chain.gasPrice().raw()).isPositive();
        assertThat(chain.estimateGas(Call.of(TARGET, "0x"), BlockTag.LATEST).units())
                .isBetween(21_000L, 22_000L); // hardhat adds one
    }

    @Test
    void readsReceiptsAndLogs() {
        TxHash tx = emit("0x0102");
        assertThat(chain.receipt(tx)).isEmpty();
        assertThat(chain.knowsTransaction(tx)).isTrue();
        mine();

        Receipt receipt = chain.receipt(tx).orElseThrow();
        List<EventLog> logs = chain.logs(QUERY, receipt.blockHash());
        assertThat(receipt.succeeded()).isTrue();
        assertThat(logs)
                .isEqualTo(receipt.logs())
                .singleElement()
                .satisfies(log -> assertThat(log.data()).isEqualTo("0x0102"));
        assertThat(chain.logs(QUERY, new BlockNumber(0), receipt.blockNumber())).isEqualTo(logs);
        assertThat(chain.receipt(new TxHash(TOPIC))).isEmpty();
    }

    @Test
    void tellsWhyAContractReverts() {
        assertThatThrownBy(() -> chain.call(REFUSING, "0x", BlockTag.LATEST))
                .isInstanceOfSatisfying(RpcException.class, e -> {
                    assertThat(e.isRevert()).isTrue();
                    assertThat(e.data().map(RevertReason::decode)).contains(new RevertReason.Message("no"));
                });
        assertThatThrownBy(() -> chain.estimateGas(Call.of(REFUSING, "0x"), BlockTag.LATEST))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.isRevert()).isTrue());
        List<CallResult> results =
                chain.callAll(List.of(Call.of(REFUSING, "0x"), Call.of(TARGET, "0x")), BlockTag.LATEST);
        assertThat(results.getFirst()).isInstanceOf(CallResult.Reverted.class);
        assertThat(results.getLast()).isEqualTo(new CallResult.Returned("0x"));
    }

    @Test
    void followsLogsThroughAReorg() {
        RecordingConsumer followed = new RecordingConsumer();
        LogFollower follower = follower(followed);
        grow(10, 0);
        String snapshot = rpc.call("evm_snapshot").stringValue();
        grow(5, 100);
        follower.advance();
        List<EventLog> before = followed.logs();

        rpc.call("evm_revert", snapshot);
        rpc.call("evm_increaseTime", 1_000); // or the same blocks might come again
        grow(7, 200);
        follower.advance();

        RecordingConsumer fresh = new RecordingConsumer();
        follower(fresh).advance();
        assertThat(followed.logs()).isEqualTo(fresh.logs()).isNotEqualTo(before).hasSize(17);
    }

    @Test
    void minesAHundredIntentsWithinTwoBlocks() {
        LaneSender sender = open();
        sender.submitAll(intents("act/", 100));
        sender.advance();
        mine();
        mine();
        sender.advance();

        assertThat(events.refusals()).isZero();
        assertThat(store.on(LANE)).hasSize(100).allMatch(it -> it.state() instanceof IntentState.Final);
        assertThat(store.on(LANE))
                .extracting(it -> it.nonce().value())
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
        assertThat(count()).isEqualTo(100);
    }

    @Test
    void replacesByRaisingFeesAndNeverDoubles() {
        LaneSender sender = open();
        sender.submitAll(intents("act/", 3));
        sender.advance();
        clock.advance(Duration.ofSeconds(6));
        sender.advance();
        mine();
        sender.advance();

        assertThat(events.refusals()).isZero();
        assertThat(store.on(LANE)).hasSize(3).allSatisfy(intent -> {
            assertThat(intent.state()).isInstanceOf(IntentState.Final.class);
            assertThat(intent.attempts()).hasSize(2);
        });
        // Ganache mines the first nonce twice in one block, with the old fees and with the new.
        assertThat(count()).isEqualTo(kind == NodeKind.GANACHE ? 4 : 3);
    }

    @Test
    void findsItsNonceAgainAfterARestart() {
        try (LaneSender first = open()) {
            first.submitAll(intents("before/", 3));
            first.advance();
        }
        mine();

        LaneSender second = open();
        second.submitAll(intents("after/", 2));
        second.advance();
        for (int i = 0;
                i < 5 && store.on(LANE).stream().anyMatch(it -> !it.state().isFinished());
                i++) {
            mine();
            second.advance();
            clock.advance(Duration.ofSeconds(6));
        }

        assertThat(store.on(LANE))
                .filteredOn(it -> it.reason().startsWith("before/"))
                .hasSize(3)
                .allMatch(it -> it.state() instanceof IntentState.Final);
        if (kind == NodeKind.GANACHE) {
            // It takes the next nonce for a replacement of what it has mined, and finds it underpriced.
            assertThat(events.refusals()).isPositive();
        } else {
            assertThat(events.refusals()).isZero();
            assertThat(store.on(LANE)).hasSize(5).allMatch(it -> it.state() instanceof IntentState.Final);
            assertThat(count()).isEqualTo(5);
        }
    }

    @Test
    void agreesWithItselfThroughAPoolOfTwo() {
        TxHash tx = emit("0x03");
        mine();
        Chain agreed = new Chain(pool);
        BlockHeader head = agreed.head();

        assertThat(head).isEqualTo(chain.head());
        assertThat(agreed.balance(SIGNER.address(), head.at())).isEqualTo(Wei.parse("100"));
        assertThat(agreed.receipt(tx).orElseThrow().logs())
                .isEqualTo(agreed.logs(QUERY, head.hash()))
                .hasSize(1);
        assertThat(pool.isBlocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void offersWhatTheTableSays(Feature feature) {
        TxHash tx = emit("0x04");
        mine();
        RpcRequest request = feature.request(chain.head().hash().hex(), tx.hex());

        if (feature.isOfferedBy(kind)) {
            assertThat(rpc.call(request)).isNotNull();
        } else {
            assertThatThrownBy(() -> rpc.call(request)).isInstanceOfSatisfying(RpcException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.REJECTED);
                assertThat(e.isRevert()).isFalse();
            });
        }
    }

    private LogFollower follower(RecordingConsumer consumer) {
        FollowerSettings following = FollowerSettings.of("test", new BlockNumber(1))
                .withNear(8)
                .withKeep(128)
                // Hardhat and ganache call their head final and take it back all the same.
                .withFinality(Finality.deep(64));
        return new LogFollower(chain, QUERY, following, new MemoryBlockStore(), consumer);
    }

    private void grow(int blocks, int first) {
        for (int i = 0; i < blocks; i++) {
            emit("0x%08x".formatted(first + i));
            mine();
        }
    }

    /** Lanes read the state of one block by its hash; the pool asks by number where a node cannot be asked so. */
    private LaneSender open() {
        JsonRpc through = new JsonRpc() {
            @Override
            public JsonNode call(RpcRequest request) {
                return callAll(List.of(request)).getFirst().orThrow();
            }

            @Override
            public List<RpcAnswer> callAll(List<RpcRequest> requests) {
                // The pool would hand a transaction twice to what is one node, which ganache does not bear.
                boolean sends = requests.stream().anyMatch(it -> it.method().equals("eth_sendRawTransaction"));
                return sends ? rpc.callAll(requests) : pool.callAll(requests);
            }

            @Override
            public String endpoint() {
                return rpc.endpoint();
            }
        };
        return LaneSender.open(new Chain(through), SIGNER, store, settings, clock, events)
                .orElseThrow();
    }

    private TxHash emit(String data) {
        return new TxHash(
                rpc.call("eth_sendTransaction", Map.of("from", user, "to", ECHO.hex(), "data", data, "gas", "0x186a0"))
                        .stringValue());
    }

    private void mine() {
        long before = chain.head().number().value();
        rpc.call("evm_mine");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (chain.head().number().value() == before && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private long count() {
        return chain.transactionCount(SIGNER.address(), BlockTag.LATEST).value();
    }

    private static List<TransactionIntent> intents(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TransactionIntent(
                        prefix + i, TARGET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse("100")))
                .toList();
    }
}
