package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.Receipt;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.devnet.relay.StubAuction;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.BidDecision;
import plimsoll.keeper.store.BidStore;
import plimsoll.runtime.config.AuctionSource;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.store.Transactions;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/** Updates that are for sale, on the real contracts: the auction hides them and builds the block. */
@OnDevnet
final class AuctionOnDevnetTest {

    /** The builder's node orders a block by tips, and no bid of these tests comes near to this one. */
    private static final GasPrice FIRST_IN_ITS_BLOCK = GasPrice.parse("5000");

    private static final Bps SHARE = percent(60);

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Test
    void liquidatesInTheBlockOfTheUpdateWhereItsBidWins() {
        Borrower borrower = borrower();
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(auction, store, true)) {
            List<BidDecision> decisions = decisions(keeper);
            SignedTransaction update = offer(auction, true);
            Map<Address, StoredIntent> sent = keeper.react();
            keeper.waitUntil(() -> auction.bids().size() == 1);
            assertThat(auction.mine()).isEqualTo(1);

            assertThat(sent).containsOnlyKeys(borrower.address());
            StoredIntent bid = found(store, sent);
            Receipt theirs = receipt(update.hash());
            Receipt ours = receipt(bid.attempts().getLast().hash());
            assertThat(ours.blockHash()).isEqualTo(theirs.blockHash());
            assertThat(place(ours.txHash())).isEqualTo(place(theirs.txHash()) + 1);
            assertThat(ours.succeeded()).isTrue();
            assertThat(borrower.data().isLiquidatable()).isFalse();
            assertThat(tip(bid)).isEqualTo(bid.intent().bid().orElseThrow().tip());
            assertThat(tip(bid)).isGreaterThan(GasPrice.parse("1"));
            assertThat(kept(decisions)).isEqualTo(bid.reason());
            keeper.waitUntil(() -> found(store, sent).state() instanceof IntentState.Final);
            assertThat(auction.forgeries()).isZero();
        }
    }

    @Test
    void answersTheBlockAsAlwaysWhereTheAuctionIsLost() {
        Borrower borrower = borrower();
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(auction, store, true)) {
            SignedTransaction update = offer(auction, true);
            Map<Address, StoredIntent> sent = keeper.react();
            keeper.waitUntil(() -> auction.bids().size() == 1);
            auction.mineWithoutBids();
            Round round = keeper.runUntil(it -> !it.sent().isEmpty());

            StoredIntent lost = found(store, sent);
            StoredIntent next = found(store, round.sent());
            assertThat(lost.state()).isInstanceOf(IntentState.Withdrawn.class);
            assertThat(round.market().block().number())
                    .as("in the block of the update")
                    .isEqualTo(receipt(update.hash()).blockNumber());
            assertThat(next.nonce()).isEqualTo(lost.nonce());
            assertThat(next.intent().bid()).isEmpty();
            devnet().rpc().call("evm_setAutomine", true);
            devnet().rpc().call("evm_mine");
            keeper.waitUntil(() -> !borrower.data().isLiquidatable());
            assertThat(keeper.assembly().react()).isEmpty();
            assertThat(auction.taken()).as("nothing more is bid").isEqualTo(1);
            assertThat(devnet().chain().receipt(lost.attempts().getLast().hash()))
                    .isEmpty();
        }
    }

    @Test
    void bidsNothingInADryRun() {
        borrower();
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);
        long nonce = devnet().nonceOf(wallet());

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(auction, store, false)) {
            List<BidDecision> decisions = decisions(keeper);
            offer(auction, true);

            assertThat(keeper.react()).isEmpty();

            assertThat(decisions).singleElement().satisfies(it -> {
                assertThat(it.why()).contains("dry run");
                assertThat(it.price()).as("what it would have bid").isPresent();
            });
            assertThat(kept(decisions)).isEqualTo("dry run");
            auction.mineWithoutBids();
            assertThat(keeper.runUntil(it -> !it.liquidatable().isEmpty()).sent())
                    .isEmpty();
            assertThat(auction.taken()).isZero();
            assertThat(devnet().nonceOf(wallet())).isEqualTo(nonce);
        }
    }

    @Test
    void bidsNothingBehindAnUpdateThatItCannotTry() {
        borrower();
        var store = new MemoryIntentStore(InstantSource.system());
        approve(store);

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(auction, store, true)) {
            offer(auction, false); // this aggregator believes its own reporter alone, and who that is remains hidden

            assertThat(keeper.react()).isEmpty();

            assertThat(auction.taken()).isZero();
        }
    }

    private static List<BidDecision> decisions(KeeperBench keeper) {
        List<BidDecision> decisions = new ArrayList<>();
        keeper.assembly().recordBids(decisions::add);
        return decisions;
    }

    /** Writes the one decision down and reads back what became of it, or why nothing did. */
    private static String kept(List<BidDecision> decisions) {
        assertThat(decisions).hasSize(1);
        Transactions transactions = new Transactions(DATABASE.dataSource());
        transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO markets (id, chain_id, pool) VALUES (7, 31337, '"
                        + devnet().addresses().pool().hex() + "') ON CONFLICT DO NOTHING");
            }
        });
        new BidStore(DATABASE.dataSource())
                .add(7, decisions.getFirst(), InstantSource.system().instant());
        return transactions.run(connection -> {
            try (Statement query = connection.createStatement();
                    ResultSet row =
                            query.executeQuery("SELECT coalesce(reason_key, why) FROM bids ORDER BY id DESC LIMIT 1")) {
                row.next();
                return row.getString(1);
            }
        });
    }

    /** The market may take the wallet's tokens from here on. */
    private static void approve(MemoryIntentStore store) {
        devnet().market().fund(wallet().address(), Asset.USDC, Asset.USDC.amount("500000"));
        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet(), store, true)) {
            keeper.next();
        }
    }

    private static KeeperBench keeper(StubAuction auction, MemoryIntentStore store, boolean live) {
        KeeperSettings plain = KeeperBench.settings(devnet(), live, "PLIMSOLL_TEST_KEY");
        ServiceSettings service = plain.service();
        KeeperSettings settings = new KeeperSettings(
                new MarketSettings(
                        plain.name(),
                        plain.market().protocol(),
                        plain.market().part(),
                        new ServiceSettings(
                                service.database(),
                                service.chain()
                                        .with(new AuctionSource(
                                                auction.hintsUrl(), auction.bundlesUrl(), Optional.empty())),
                                service.market(),
                                service.firstBlock(),
                                service.multicall(),
                                service.signer())),
                live,
                false,
                plain.policy(),
                plain.timing(),
                plain.heartbeats(),
                new KeeperSettings.Trade(plain.trade().coin(), Optional.empty(), Optional.empty()),
                plain.guards(),
                new ReactionSettings(false, Duration.ofMinutes(1), SHARE));
        KeeperBench keeper = KeeperBench.on(devnet(), settings, wallet(), store);
        keeper.next();
        keeper.watchPool(settings);
        keeper.waitUntil(() -> auction.listeners() == 1);
        devnet().rpc().call("evm_setAutomine", false);
        return keeper;
    }

    private static Borrower borrower() {
        return devnet().market()
                .open(List.of(new Opening(
                        "borrower",
                        Map.of(Asset.WETH, Asset.WETH.amount("2")),
                        Map.of(Asset.USDC, Asset.USDC.amount("3900")))))
                .getFirst();
    }

    /** Offers the feed's next round, 15 % lower, without showing it to anybody. */
    private static SignedTransaction offer(StubAuction auction, boolean tellsSender) {
        Account reporter = devnet().account("feed reporter");
        devnet().rpc().call("anvil_setBalance", reporter.address().hex(), "0x56bc75e2d63100000"); // 100 coins, no block
        Address feed = devnet().addresses().of(Asset.WETH).feed();
        BigInteger latest = Aggregator.LATEST_ROUND
                .decode(devnet().chain().call(feed, Aggregator.LATEST_ROUND.encode(), BlockTag.LATEST))
                .integer(0)
                .and(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        Price price = devnet().market()
                .priceOf(Asset.WETH)
                .now()
                .times(Bps.ONE_HUNDRED_PERCENT.minus(percent(15)), RoundingMode.FLOOR);
        Call told = Call.of(
                devnet().addresses().of(Asset.WETH).aggregator(),
                Aggregator.SUBMIT.encode(latest.add(BigInteger.ONE), price.raw()));
        SignedTransaction hidden = Signer.fromPrivateKey(reporter.privateKey())
                .sign(new UnsignedTransaction(
                        devnet().addresses().chainId(),
                        devnet().chain().transactionCount(reporter.address(), BlockTag.LATEST),
                        FIRST_IN_ITS_BLOCK,
                        FIRST_IN_ITS_BLOCK.plus(GasPrice.parse("100")),
                        new Gas(500_000),
                        told.to(),
                        Wei.ZERO,
                        told.data()));
        auction.offer(hidden, tellsSender ? told.from(reporter.address()) : told);
        return hidden;
    }

    private static StoredIntent found(MemoryIntentStore store, Map<Address, StoredIntent> sent) {
        return store.find(sent.values().iterator().next().reason()).orElseThrow();
    }

    private static GasPrice tip(StoredIntent intent) {
        Attempt last = intent.attempts().getLast();
        return last.maxPriorityFee();
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
