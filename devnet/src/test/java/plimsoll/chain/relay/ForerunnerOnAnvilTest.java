package plimsoll.chain.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SilentRelayEvents;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.NodeBroadcast;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.devnet.relay.HeldBundle;
import plimsoll.devnet.relay.StubRelay;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** Transactions that only work behind another's pending one, on a real node whose blocks a builder makes. */
class ForerunnerOnAnvilTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer OURS = Signer.fromPrivateKey("46".repeat(32));
    private static final Signer THEIRS = Signer.fromPrivateKey("47".repeat(32));
    private static final Lane LANE = new Lane(CHAIN, OURS.address());

    /** Has no balance until the forerunner is mined. */
    private static final Address FEED = Address.parse("0x00000000000000000000000000000000000000fe");

    /** A contract that reverts as long as FEED has no balance. */
    private static final Address MARKET = Address.parse("0x00000000000000000000000000000000000000aa");

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining", "--order", "fifo");

    @SuppressWarnings("NullAway.Init")
    private Chain chain;

    @SuppressWarnings("NullAway.Init")
    private StubRelay relay;

    @SuppressWarnings("NullAway.Init")
    private RelayClient client;

    private final ManualClock clock = ManualClock.atNoon();
    private final MemoryIntentStore store = new MemoryIntentStore(clock);

    @BeforeEach
    void start() {
        chain = anvil.chain();
        anvil.fund(OURS.address());
        anvil.fund(THEIRS.address());
        // PUSH20 FEED BALANCE PUSH1 28 JUMPI PUSH0 PUSH0 REVERT JUMPDEST STOP
        anvil.call("anvil_setCode", MARKET.hex(), "0x73" + FEED.hex().substring(2) + "31601c575f5ffd5b00");
        relay = StubRelay.start(anvil.rpc());
        client = new RelayClient(
                RpcSettings.of(relay.url()).withRequestTimeout(Duration.ofSeconds(5)), MessageSigner.random());
    }

    @AfterEach
    void stop() {
        client.close();
        relay.close();
    }

    @Test
    void isMinedInTheSameBlockDirectlyBehindIt() {
        SignedTransaction theirs = theirs(5);
        publish(theirs);
        LaneSender sender = open(relays(new RelayPolicy.PublicAfter(1, new NodeBroadcast(anvil.rpc()))));
        sender.submitAll(List.of(
                intent("liquidation/0").behind(forerunner(theirs)),
                intent("liquidation/1").behind(forerunner(theirs))));
        sender.advance();
        assertThat(waiting()).containsExactly(theirs.hash().hex()); // nobody sees ours

        assertThat(relay.mine()).isPositive();
        sender.advance();

        assertThat(places()).containsExactly(place(theirs.hash()) + 1, place(theirs.hash()) + 2);
        assertThat(states()).hasSize(2).allMatch(IntentState.Final.class::isInstance);
    }

    @Test
    void isNeverPublicBeforeItHoweverLongThatTakes() {
        SignedTransaction theirs = theirs(5);
        LaneSender sender = open(relays(new RelayPolicy.PublicAfter(1, new NodeBroadcast(anvil.rpc()))));
        sender.submit(intent("liquidation/0").behind(forerunner(theirs)));
        for (int block = 0; block < 6; block++) {
            sender.advance();
            assertThat(waiting()).isEmpty();
            anvil.call("evm_mine");
        }
        sender.advance();
        assertThat(bundles())
                .isNotEmpty()
                .allSatisfy(
                        bundle -> assertThat(bundle).startsWith(theirs.bytes()).hasSize(2));

        publish(theirs);
        anvil.call("evm_mine"); // by a builder that our relay does not know
        sender.advance();

        assertThat(bundles())
                .isNotEmpty()
                .allSatisfy(bundle -> assertThat(bundle).hasSize(1).doesNotContain(theirs.bytes()));
        assertThat(relay.mine()).isEqualTo(1);
        sender.advance();
        assertThat(states()).singleElement().isInstanceOf(IntentState.Final.class);
    }

    @Test
    void isGivenUpWhenAnotherTransactionTakesItsNonce() {
        SignedTransaction theirs = theirs(5);
        publish(theirs);
        LaneSender sender = open(relays(new RelayPolicy.PrivateOnly()));
        sender.submit(intent("liquidation/0").behind(forerunner(theirs)));
        sender.advance();
        publish(transfer(OURS.address(), 50));
        anvil.call("evm_mine");
        clock.advance(Duration.ofSeconds(12));

        sender.advance();
        sender.advance();
        assertThat(bundles())
                .isNotEmpty()
                .allSatisfy(bundle -> assertThat(bundle).hasSize(1).doesNotContain(theirs.bytes()));
        relay.mine();
        sender.advance();

        assertThat(states())
                .singleElement()
                .isInstanceOfSatisfying(
                        IntentState.Dropped.class,
                        dropped -> assertThat(dropped.reason()).contains("can never happen"));
        goesOn(sender);
    }

    @Test
    void isGivenUpAtItsDeadlineWhenItIsNeverMined() {
        SignedTransaction theirs = theirs(5);
        LaneSender sender = open(relays(new RelayPolicy.PublicAfter(1, new NodeBroadcast(anvil.rpc()))));
        sender.submit(intent("liquidation/0")
                .withDeadline(clock.instant().plus(Duration.ofMinutes(1)))
                .behind(forerunner(theirs)));
        sender.advance();
        clock.advance(Duration.ofMinutes(2));

        sender.advance();
        sender.advance();
        assertThat(bundles()).noneMatch(bundle -> bundle.contains(theirs.bytes()));
        anvil.call("evm_mine"); // what only uses the nonce up has nothing to hide and is public
        sender.advance();

        assertThat(states()).singleElement().isInstanceOf(IntentState.Dropped.class);
        goesOn(sender);
    }

    @Test
    void waitsWhereThereIsNoRelay() {
        SignedTransaction theirs = theirs(5);
        publish(theirs);
        LaneSender sender = open(new NodeBroadcast(anvil.rpc()));
        sender.submit(intent("liquidation/0").behind(forerunner(theirs)));
        sender.advance();
        sender.advance();
        assertThat(waiting()).containsExactly(theirs.hash().hex());

        anvil.call("evm_mine");
        sender.advance();
        sender.advance();
        anvil.call("evm_mine");
        sender.advance();

        assertThat(states()).singleElement().isInstanceOf(IntentState.Final.class);
    }

    @Test
    void isTakenUpAgainByTheNextProcess() {
        SignedTransaction theirs = theirs(5);
        publish(theirs);
        LaneSender killed = open(relays(new RelayPolicy.PrivateOnly()));
        killed.submit(intent("liquidation/0").behind(forerunner(theirs)));
        killed.close(); // stored, and nothing sent

        LaneSender next = open(relays(new RelayPolicy.PrivateOnly()));
        next.advance();
        relay.mine();
        next.advance();

        assertThat(places()).containsExactly(place(theirs.hash()) + 1);
        assertThat(states()).singleElement().isInstanceOf(IntentState.Final.class);
    }

    private void goesOn(LaneSender sender) {
        anvil.call("anvil_setBalance", FEED.hex(), "0x1");
        sender.submit(intent("liquidation/next"));
        sender.advance();
        relay.mine();
        sender.advance();
        assertThat(states().getLast()).isInstanceOf(IntentState.Final.class);
    }

    private LaneSender open(Broadcast broadcast) {
        return LaneSender.open(
                        chain,
                        OURS,
                        store,
                        LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5)),
                        clock,
                        new SilentLaneEvents(),
                        broadcast)
                .orElseThrow();
    }

    private RelayBroadcast relays(RelayPolicy policy) {
        return new RelayBroadcast(
                chain,
                List.of(client),
                RelaySettings.of(policy).withPatience(Duration.ofSeconds(5)),
                new SilentRelayEvents(),
                clock);
    }

    private static SignedTransaction theirs(int tip) {
        return transfer(FEED, tip);
    }

    private static SignedTransaction transfer(Address to, int tip) {
        return THEIRS.sign(new UnsignedTransaction(
                CHAIN,
                new Nonce(0),
                GasPrice.parse(Integer.toString(tip)),
                GasPrice.parse(Integer.toString(50 + tip)),
                new Gas(21_000),
                to,
                Wei.ofRaw(BigInteger.ONE),
                "0x"));
    }

    private static Forerunner forerunner(SignedTransaction theirs) {
        return new Forerunner(THEIRS.address(), new Nonce(0), theirs.bytes());
    }

    private void publish(SignedTransaction transaction) {
        anvil.call("eth_sendRawTransaction", transaction.bytes());
    }

    private List<String> waiting() {
        JsonNode block = anvil.call("txpool_content").path("pending");
        return block.values().stream()
                .flatMap(byNonce -> byNonce.values().stream())
                .map(tx -> tx.path("hash").asString())
                .toList();
    }

    private List<List<String>> bundles() {
        return relay.held().stream().map(HeldBundle::transactions).toList();
    }

    private long place(TxHash hash) {
        return Long.decode(anvil.call("eth_getTransactionReceipt", hash.hex())
                .path("transactionIndex")
                .asString());
    }

    private List<Long> places() {
        return store.on(LANE).stream()
                .map(intent -> place(intent.attempts().getLast().hash()))
                .toList();
    }

    private List<IntentState> states() {
        return store.on(LANE).stream().map(it -> it.state()).toList();
    }

    private static TransactionIntent intent(String reason) {
        return new TransactionIntent(reason, MARKET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse("100"));
    }
}
