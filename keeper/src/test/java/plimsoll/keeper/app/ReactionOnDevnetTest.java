package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AavePool;
import plimsoll.abi.Aggregator;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.devnet.relay.StubRelay;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.Replay;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.guard.Finding;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.RelaySource;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/** Prices answered in their own block, on the real contracts: the pool is heard over a WebSocket, the block is made by a relay's builder. */
@OnDevnet
final class ReactionOnDevnetTest {

    @Test
    void liquidatesInTheBlockOfTheRoundDirectlyBehindIt() {
        Borrower borrower = borrower("3900");
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);

        try (StubRelay relay = StubRelay.start(devnet().rpc());
                KeeperBench keeper = keeper(Optional.of(relay), store)) {
            devnet().rpc().call("evm_setAutomine", false);
            SignedTransaction round = round(percent(15));

            publish(round);
            Map<Address, StoredIntent> sent = keeper.react();
            keeper.waitUntil(() -> relay.held().size() == 3); // one for each block of the window
            assertThat(relay.mine()).isEqualTo(1);

            assertThat(sent).containsOnlyKeys(borrower.address());
            assertThat(keeper.assembly().anticipations()).singleElement().satisfies(it -> {
                assertThat(it.sent()).isEqualTo(sent);
                assertThat(it.foreseen().reference()).isEqualTo(round.hash().hex());
                assertThat(it.decisions())
                        .singleElement()
                        .satisfies(decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.Act.class));
                assertThat(Replay.differences(it.entry())).isEmpty();
            });
            Receipt theirs = receipt(round.hash());
            Receipt ours = receipt(store.find(sent.values().iterator().next().reason())
                    .orElseThrow()
                    .attempts()
                    .getLast()
                    .hash());
            assertThat(ours.blockHash()).isEqualTo(theirs.blockHash());
            assertThat(place(ours.txHash())).isEqualTo(place(theirs.txHash()) + 1);
            assertThat(ours.succeeded()).isTrue();
            assertThat(borrower.data().isLiquidatable()).isFalse();
        }
    }

    @Test
    void sendsNothingBeforeTheBlockWithoutARelay() {
        borrower("3900");
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);
        long nonce = devnet().nonceOf(wallet());

        try (KeeperBench keeper = keeper(Optional.empty(), store)) {
            devnet().rpc().call("evm_setAutomine", false);
            SignedTransaction round = round(percent(15));

            publish(round);
            assertThat(keeper.react()).isEmpty();

            assertThat(devnet().nonceOf(wallet())).isEqualTo(nonce);
            devnet().rpc().call("evm_setAutomine", true);
            devnet().rpc().call("evm_mine");
            keeper.waitUntil(() -> devnet().nonceOf(wallet()) > nonce);
        }
    }

    @Test
    void sendsNothingBehindARoundThatTheFeedWouldRefuse() {
        borrower("3900");
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);

        try (StubRelay relay = StubRelay.start(devnet().rpc());
                KeeperBench keeper = keeper(Optional.of(relay), store)) {
            devnet().rpc().call("evm_setAutomine", false);

            publish(submission(devnet().account("stranger"), percent(15)));

            assertThat(keeper.react()).isEmpty();
            assertThat(relay.held()).isEmpty();
            assertThat(keeper.assembly().anticipations()).singleElement().satisfies(it -> {
                assertThat(it.decisions())
                        .singleElement()
                        .satisfies(
                                decision -> assertThat(decision.assessment()).isInstanceOf(Assessment.InDoubt.class));
                assertThat(Replay.differences(it.entry())).isEmpty();
            });
        }
    }

    @Test
    void leavesAnAccountToACompetitorForABlock() {
        Borrower borrower = borrower("3900");
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);
        SignedTransaction theirs = competing(borrower);
        long nonce = devnet().nonceOf(wallet());

        try (KeeperBench keeper = keeper(Optional.empty(), store)) {
            Round round = inBlockOfThePrice(keeper, theirs);
            devnet().rpc().call("evm_mine");
            keeper.next();

            assertThat(round.decisions())
                    .singleElement()
                    .satisfies(it -> assertThat(it.assessment())
                            .isEqualTo(new Assessment.Held(List.of(new Finding.CompetitorPending(theirs.hash())))));
            assertThat(receipt(theirs.hash()).succeeded()).isTrue();
            assertThat(borrower.data().isLiquidatable()).isFalse();
            assertThat(devnet().nonceOf(wallet())).isEqualTo(nonce);
        }
    }

    @Test
    void goesAheadWhereTheNextBlockHasNothingOfTheCompetitor() {
        Borrower borrower = borrower("3900");
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);
        SignedTransaction theirs = competing(borrower);

        try (KeeperBench keeper = keeper(Optional.empty(), store)) {
            Round round = inBlockOfThePrice(keeper, theirs);
            devnet().rpc().call("anvil_dropTransaction", theirs.hash().hex());
            devnet().rpc().call("evm_mine");
            Round next = keeper.next();

            assertThat(round.sent()).isEmpty();
            assertThat(next.sent()).containsOnlyKeys(borrower.address());
        }
    }

    /** Theirs is in the pool when the price comes, and its block has no room for it. */
    private static Round inBlockOfThePrice(KeeperBench keeper, SignedTransaction theirs) {
        devnet().rpc().call("evm_setAutomine", false);
        publish(theirs);
        publish(round(percent(15)));
        assertThat(keeper.react()).isEmpty();
        devnet().rpc().call("evm_setBlockGasLimit", "0x" + Long.toHexString(600_000));
        devnet().rpc().call("evm_mine");
        devnet().rpc().call("evm_setBlockGasLimit", "0x" + Long.toHexString(30_000_000));
        return keeper.runUntil(round -> !round.decisions().isEmpty());
    }

    private static SignedTransaction competing(Borrower borrower) {
        Account competitor = devnet().account("competitor");
        devnet().fundEther(competitor.address(), Wei.parse("10"));
        devnet().market().fund(competitor.address(), Asset.USDC, Asset.USDC.amount("10000"));
        Address usdc = devnet().addresses().of(Asset.USDC).token();
        BigInteger all = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        devnet().send(
                        competitor.address(),
                        usdc,
                        Erc20.APPROVE.encode(devnet().addresses().pool(), all));
        return Signer.fromPrivateKey(competitor.privateKey())
                .sign(new UnsignedTransaction(
                        devnet().addresses().chainId(),
                        devnet().chain().transactionCount(competitor.address(), BlockTag.LATEST),
                        GasPrice.parse("1"),
                        GasPrice.parse("100"),
                        new Gas(1_000_000),
                        devnet().addresses().pool(),
                        Wei.ZERO,
                        AavePool.LIQUIDATION_CALL.encode(
                                devnet().addresses().of(Asset.WETH).token(), usdc, borrower.address(), all, false)));
    }

    /** The market may take the wallet's tokens from here on. */
    private static void approve(MemoryIntentStore store) {
        devnet().market().fund(wallet().address(), Asset.USDC, Asset.USDC.amount("500000"));
        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet(), store, true)) {
            keeper.next();
        }
    }

    private static KeeperBench keeper(Optional<StubRelay> relay, MemoryIntentStore store) {
        KeeperSettings plain = KeeperBench.settings(devnet(), true, "PLIMSOLL_TEST_KEY");
        String url = devnet().rpcUrl();
        ServiceSettings service = plain.service();
        ChainSettings chain = new ChainSettings(
                PoolSettings.of(
                        plain.market().chain(),
                        List.of(EndpointSettings.of("node", url).withWebSocket(url.replace("http", "ws")))),
                1,
                Duration.ofSeconds(5),
                Optional.empty(),
                relay.map(it -> new RelaySource(Map.of("stub", it.url()), Optional.empty(), 3, Optional.empty())));
        KeeperSettings settings = new KeeperSettings(
                new MarketSettings(
                        plain.name(),
                        plain.market().protocol(),
                        plain.market().part(),
                        new ServiceSettings(
                                service.database(),
                                chain,
                                service.market(),
                                service.firstBlock(),
                                service.multicall(),
                                service.signer())),
                true,
                false,
                plain.policy(),
                plain.timing(),
                plain.heartbeats(),
                new KeeperSettings.Trade(plain.trade().coin(), Optional.empty(), Optional.empty()),
                plain.guards(),
                new ReactionSettings(true, Duration.ofMinutes(1)));
        KeeperBench keeper = KeeperBench.on(devnet(), settings, wallet(), store);
        keeper.next();
        keeper.watchPool(settings);
        return keeper;
    }

    private static Borrower borrower(String debt) {
        return devnet().market()
                .open(List.of(new Opening(
                        "borrower",
                        Map.of(Asset.WETH, Asset.WETH.amount("2")),
                        Map.of(Asset.USDC, Asset.USDC.amount(debt)))))
                .getFirst();
    }

    private static SignedTransaction round(Bps fall) {
        return submission(devnet().account("feed reporter"), fall);
    }

    private static SignedTransaction submission(Account sender, Bps fall) {
        devnet().fundEther(sender.address(), Wei.parse("10"));
        Address feed = devnet().addresses().of(Asset.WETH).feed();
        BigInteger latest = Aggregator.LATEST_ROUND
                .decode(devnet().chain().call(feed, Aggregator.LATEST_ROUND.encode(), BlockTag.LATEST))
                .integer(0)
                .and(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        Price price = devnet().market()
                .priceOf(Asset.WETH)
                .now()
                .times(Bps.ONE_HUNDRED_PERCENT.minus(fall), RoundingMode.FLOOR);
        return Signer.fromPrivateKey(sender.privateKey())
                .sign(new UnsignedTransaction(
                        devnet().addresses().chainId(),
                        devnet().chain().transactionCount(sender.address(), BlockTag.LATEST),
                        GasPrice.parse("50"),
                        GasPrice.parse("100"),
                        new Gas(500_000),
                        devnet().addresses().of(Asset.WETH).aggregator(),
                        Wei.ZERO,
                        Aggregator.SUBMIT.encode(latest.add(BigInteger.ONE), price.raw())));
    }

    private static void publish(SignedTransaction transaction) {
        devnet().rpc().call("eth_sendRawTransaction", transaction.bytes());
    }

    private static Receipt receipt(TxHash hash) {
        return devnet().chain().receipt(hash).orElseThrow();
    }

    private static long place(TxHash hash) {
        return Long.decode(devnet().rpc()
                .call("eth_getTransactionReceipt", hash.hex())
                .path("transactionIndex")
                .asString());
    }

    private static Account wallet() {
        return devnet().account("keeper");
    }
}
