package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.keeper.app.ReactionStage.receipt;
import static plimsoll.units.Bps.percent;

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
import plimsoll.chain.call.Receipt;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.relay.StubAuction;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.BidDecision;
import plimsoll.keeper.store.BidStore;
import plimsoll.runtime.config.AuctionSource;
import plimsoll.runtime.store.Transactions;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

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
        var stage = ReactionStage.open();

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(stage, auction, true)) {
            List<BidDecision> decisions = decisions(keeper);
            SignedTransaction update = offer(auction, true);
            Map<Address, StoredIntent> sent = keeper.react();
            keeper.waitUntil(() -> auction.bids().size() == 1);
            assertThat(auction.mine()).isEqualTo(1);

            assertThat(sent).containsOnlyKeys(stage.borrower().address());
            StoredIntent bid = stage.stored(sent);
            Receipt theirs = receipt(update.hash());
            Receipt ours = receipt(bid.attempts().getLast().hash());
            assertThat(ours.blockHash()).isEqualTo(theirs.blockHash());
            assertThat(ours.index()).isEqualTo(theirs.index() + 1);
            assertThat(ours.succeeded()).isTrue();
            assertThat(stage.borrower().data().isLiquidatable()).isFalse();
            assertThat(tip(bid)).isEqualTo(bid.intent().bid().orElseThrow().tip());
            assertThat(tip(bid)).isGreaterThan(GasPrice.parse("1"));
            assertThat(kept(decisions)).isEqualTo(bid.reason());
            keeper.waitUntil(() -> stage.stored(sent).state() instanceof IntentState.Final);
            assertThat(auction.forgeries()).isZero();
        }
    }

    @Test
    void answersTheBlockAsAlwaysWhereTheAuctionIsLost() {
        var stage = ReactionStage.open();

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(stage, auction, true)) {
            SignedTransaction update = offer(auction, true);
            Map<Address, StoredIntent> sent = keeper.react();
            keeper.waitUntil(() -> auction.bids().size() == 1);
            auction.mineWithoutBids();
            Round round = keeper.runUntil(it -> !it.sent().isEmpty());

            StoredIntent lost = stage.stored(sent);
            StoredIntent next = stage.stored(round.sent());
            assertThat(lost.state()).isInstanceOf(IntentState.Withdrawn.class);
            assertThat(round.market().block().number())
                    .as("in the block of the update")
                    .isEqualTo(receipt(update.hash()).blockNumber());
            assertThat(next.nonce()).isEqualTo(lost.nonce());
            assertThat(next.intent().bid()).isEmpty();
            devnet().rpc().call("evm_setAutomine", true);
            devnet().rpc().call("evm_mine");
            keeper.waitUntil(() -> !stage.borrower().data().isLiquidatable());
            assertThat(keeper.assembly().react()).isEmpty();
            assertThat(auction.taken()).as("nothing more is bid").isEqualTo(1);
            assertThat(devnet().chain().receipt(lost.attempts().getLast().hash()))
                    .isEmpty();
        }
    }

    @Test
    void bidsNothingInADryRun() {
        var stage = ReactionStage.open();
        long nonce = ReactionStage.walletNonce();

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(stage, auction, false)) {
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
            assertThat(ReactionStage.walletNonce()).isEqualTo(nonce);
        }
    }

    @Test
    void bidsNothingBehindAnUpdateThatItCannotTry() {
        var stage = ReactionStage.open();

        try (StubAuction auction = StubAuction.start(devnet().rpc());
                KeeperBench keeper = keeper(stage, auction, true)) {
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

    private static KeeperBench keeper(ReactionStage stage, StubAuction auction, boolean live) {
        KeeperBench keeper = stage.keeper(
                live,
                usual -> usual.with(new AuctionSource(auction.hintsUrl(), auction.bundlesUrl(), Optional.empty())),
                new ReactionSettings(false, Duration.ofMinutes(1), SHARE));
        keeper.waitUntil(() -> auction.listeners() == 1);
        devnet().rpc().call("evm_setAutomine", false);
        return keeper;
    }

    /** Offers the feed's next round, 15 % lower, without showing it to anybody. */
    private static SignedTransaction offer(StubAuction auction, boolean tellsSender) {
        var round = UnsentRound.of(devnet(), percent(15), FIRST_IN_ITS_BLOCK);
        auction.offer(round.transaction(), tellsSender ? round.call() : round.callWithoutSender());
        return round.transaction();
    }

    private static GasPrice tip(StoredIntent intent) {
        Attempt last = intent.attempts().getLast();
        return last.maxPriorityFee();
    }
}
