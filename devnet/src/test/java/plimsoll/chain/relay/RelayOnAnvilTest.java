package plimsoll.chain.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SilentRelayEvents;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.NodeBroadcast;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.devnet.relay.HeldBundle;
import plimsoll.devnet.relay.StubRelay;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** Lanes that send through relays, on a real node whose blocks a builder makes. */
class RelayOnAnvilTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final Lane LANE = new Lane(CHAIN, SIGNER.address());
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining");

    @SuppressWarnings("NullAway.Init")
    private StubRelay first;

    @SuppressWarnings("NullAway.Init")
    private StubRelay second;

    private final ManualClock clock = ManualClock.atNoon();
    private final MemoryIntentStore store = new MemoryIntentStore(clock);
    private final List<String> published = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> wentPublicAfter = new ArrayList<>();
    private final List<RelayClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        anvil.fund(SIGNER.address());
        first = StubRelay.start(anvil.rpc());
        second = StubRelay.start(anvil.rpc());
    }

    @AfterEach
    void stop() {
        clients.forEach(RelayClient::close);
        first.close();
        second.close();
    }

    @Test
    void bringsIntentsIntoABlockThatThePublicPoolHasNeverSeen() {
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(3));
        sender.advance();

        assertThat(poolSize()).isZero();
        assertThat(first.mine()).isEqualTo(1); // the longest bundle holds all three
        sender.advance();

        assertThat(states()).hasSize(3).allMatch(IntentState.Final.class::isInstance);
        assertThat(published).isEmpty();
        assertThat(first.forgeries() + second.forgeries()).isZero();
    }

    @Test
    void goesOnWithNewBundlesAfterTheBlocksOfTheFirst() {
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(2));
        for (int block = 0; block < 5; block++) {
            sender.advance();
            mine();
        }
        sender.advance();

        assertThat(second.mine()).isEqualTo(1);
        sender.advance();

        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
        assertThat(published).isEmpty();
    }

    @Test
    void bundlesAnewWhatStoodBehindAMinedTransaction() {
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submit(intents(1).getFirst());
        sender.advance();
        sender.submit(intents(2).getLast());
        assertThat(first.mine()).isEqualTo(1); // the first alone: the second is not sent yet

        sender.advance();
        sender.advance();

        assertThat(first.mine()).isEqualTo(1);
        sender.advance();
        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
    }

    @Test
    void goesPublicWhenNoBlockHoldsItInTime() {
        LaneSender sender = open(new RelayPolicy.PublicAfter(2, new NodeBroadcast(watched())));
        sender.submitAll(intents(2));
        sender.advance();
        mine();
        sender.advance();
        assertThat(published).isEmpty();
        assertThat(poolSize()).isZero();

        mine();
        sender.advance();

        assertThat(wentPublicAfter).containsExactly(2L, 2L);
        assertThat(published).hasSize(2);
        assertThat(poolSize()).isEqualTo(2);
        mine();
        sender.advance();
        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
    }

    @Test
    void replacesItsBundlesWhenFeesAreRaised() {
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(2));
        sender.advance();
        anvil.call("anvil_setNextBlockBaseFeePerGas", "0x2540be400"); // 10 gwei, more than was offered
        mine();

        clock.advance(Duration.ofSeconds(6));
        sender.advance();

        List<String> newest = store.on(LANE).stream()
                .map(intent -> intent.attempts().getLast().bytes())
                .toList();
        assertThat(store.on(LANE))
                .allSatisfy(intent -> assertThat(intent.attempts()).hasSizeGreaterThan(1));
        assertThat(first.held())
                .isNotEmpty()
                .allSatisfy(bundle -> assertThat(newest).containsAll(bundle.transactions()));
        assertThat(first.mine()).isEqualTo(1);
        sender.advance();
        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void replacesAnIntentWhoseTimeIsOverByOneThatOnlyUsesItsNonceUp() {
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submit(intents(1).getFirst().withDeadline(clock.instant().plusSeconds(30)));
        sender.advance();
        String given = store.on(LANE).getFirst().attempts().getFirst().bytes();
        assertThat(transactions(first)).contains(given);

        clock.advance(Duration.ofSeconds(31));
        sender.advance();
        sender.advance();

        assertThat(transactions(first)).isNotEmpty().doesNotContain(given);
        assertThat(first.withdrawals()).isPositive();
        assertThat(first.mine()).isEqualTo(1);
        sender.advance();
        assertThat(states()).singleElement().isInstanceOf(IntentState.Dropped.class);
        assertThat(published).isEmpty();
    }

    @Test
    void withdrawsTheBundlesOfWhatIsInABlock() {
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(2));
        sender.advance();
        first.mine();
        assertThat(second.held()).isNotEmpty();

        sender.advance();

        await(() -> first.held().isEmpty() && second.held().isEmpty());
        assertThat(first.withdrawals()).isPositive();
        assertThat(second.withdrawals()).isPositive();
    }

    @Test
    void neverLeaksWhatIsPrivateOnlyHoweverRelaysFail() {
        first.refuses("nonce too low");
        second.goesSilent();
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(2));
        for (int block = 0; block < 6; block++) {
            sender.advance();
            mine();
            assertThat(poolSize()).isZero();
        }
        awaitFault(first);
        awaitFault(second);

        first.recovers();
        sender.advance();
        first.mine();
        sender.advance();

        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
        assertThat(published).isEmpty();
    }

    @Test
    void oneRelayThatAnswersIsEnough() {
        first.goesSilent();
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(2));

        sender.advance();

        awaitFault(first);
        assertThat(second.mine()).isEqualTo(1);
        sender.advance();
        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
    }

    @Test
    void paysNothingForATransactionThatWouldRevert() {
        anvil.call("anvil_setCode", TARGET.hex(), "0x5f5ffd"); // PUSH0 PUSH0 REVERT
        LaneSender sender = open(new RelayPolicy.PrivateOnly());
        sender.submitAll(intents(1));
        sender.advance();
        Wei before = balance();

        int included = first.mine();
        sender.advance();

        assertThat(included).isZero();
        assertThat(balance()).isEqualTo(before);
        assertThat(states()).singleElement().isInstanceOf(IntentState.Sent.class);
    }

    private LaneSender open(RelayPolicy policy) {
        RelaySettings settings = RelaySettings.of(policy).withPatience(Duration.ofMillis(700));
        List<RelayClient> relays = List.of(client(first), client(second));
        clients.addAll(relays);
        Chain chain = new Chain(watched());
        RelayEvents events = new SilentRelayEvents() {
            @Override
            public void wentPublic(StoredIntent intent, long blocks) {
                wentPublicAfter.add(blocks);
            }
        };
        return LaneSender.open(
                        chain,
                        SIGNER,
                        store,
                        LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5)),
                        clock,
                        new SilentLaneEvents(),
                        new RelayBroadcast(chain, relays, settings, events, clock))
                .orElseThrow();
    }

    private static RelayClient client(StubRelay relay) {
        return new RelayClient(
                RpcSettings.of(relay.url()).withRequestTimeout(Duration.ofMillis(500)), MessageSigner.random());
    }

    /** The node as the lane sees it; what goes to its public pool is written down. */
    private JsonRpc watched() {
        return new JsonRpc() {
            @Override
            public JsonNode call(RpcRequest request) {
                note(request);
                return anvil.rpc().call(request);
            }

            @Override
            public List<RpcAnswer> callAll(List<RpcRequest> requests) {
                requests.forEach(this::note);
                return anvil.rpc().callAll(requests);
            }

            private void note(RpcRequest request) {
                if (request.method().equals("eth_sendRawTransaction")) {
                    published.add(String.valueOf(request.params().getFirst()));
                }
            }

            @Override
            public String endpoint() {
                return anvil.rpc().endpoint();
            }
        };
    }

    private static void awaitFault(StubRelay relay) {
        await(() -> relay.faults() > 0);
    }

    /** A relay hears of a request a moment after the lane has ceased to wait for it. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private void mine() {
        anvil.call("evm_mine");
    }

    private int poolSize() {
        JsonNode content = anvil.call("txpool_content");
        int size = 0;
        for (String part : List.of("pending", "queued")) {
            for (JsonNode byNonce : content.path(part)) {
                size += byNonce.size();
            }
        }
        return size;
    }

    private static List<String> transactions(StubRelay relay) {
        return relay.held().stream()
                .map(HeldBundle::transactions)
                .flatMap(List::stream)
                .toList();
    }

    private Wei balance() {
        return anvil.chain().balance(SIGNER.address(), BlockTag.LATEST);
    }

    private long count() {
        return anvil.chain().transactionCount(SIGNER.address(), BlockTag.LATEST).value();
    }

    private List<IntentState> states() {
        return store.on(LANE).stream().map(StoredIntent::state).toList();
    }

    private static List<TransactionIntent> intents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TransactionIntent(
                        "liquidation/" + i, TARGET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse("100")))
                .toList();
    }
}
