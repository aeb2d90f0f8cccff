package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.node.StringNode;

/** Bids: shown to the auction alone, in one block or never, and free where they are lost. */
class LaneBidTest {

    private static final TxHash UPDATE = TxHash.parse("0x" + "0e".repeat(32));

    private final LaneRig rig = new LaneRig();
    private final Auction auction = new Auction();

    @Test
    void offersTheTipThatWasBidAndShowsTheBytesToTheAuctionAlone() {
        LaneSender sender = rig.open(auction);

        sender.submit(bid("bid", "40"));
        sender.advance();

        Attempt attempt = sender.find("bid").orElseThrow().attempts().getLast();
        assertThat(attempt.maxPriorityFee()).isEqualTo(GasPrice.parse("40"));
        assertThat(auction.shown).containsExactly(attempt.bytes());
        assertThat(rig.node
                        .call("eth_getTransactionByHash", attempt.hash().hex())
                        .isNull())
                .isTrue();
    }

    @Test
    void neverPaysMoreForGasThanTheIntentAllows() {
        LaneSender sender = rig.open(auction);

        sender.submit(bid("bid", "400"));
        sender.advance();

        Attempt attempt = sender.find("bid").orElseThrow().attempts().getLast();
        assertThat(attempt.maxFee()).isEqualTo(GasPrice.parse("100"));
        assertThat(attempt.maxPriorityFee()).isEqualTo(GasPrice.parse("100"));
    }

    @Test
    void countsABidAgainstTheDaysSpend() {
        rig.settings = rig.settings.withDailySpendCap(Wei.parse("0.001"));

        Submission refused = rig.open(auction).submit(bid("bid", "40")); // 40 gwei for each of 100,000 units are 0.004

        assertThat(refused).isInstanceOf(Submission.SpendCapReached.class);
    }

    @Test
    void isMinedWhereItIsWon() {
        LaneSender sender = rig.open(auction);
        sender.submit(bid("bid", "40"));
        sender.advance();

        rig.node.call("eth_sendRawTransaction", auction.shown.getLast());
        rig.node.mine();
        sender.advance();

        assertThat(sender.find("bid").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(rig.minedNonces()).containsExactly(0L);
    }

    @Test
    void costsNothingWhereItIsLostAndGivesItsNonceBack() {
        LaneSender sender = rig.open(auction);
        sender.submit(bid("bid", "40"));
        sender.advance();

        rig.node.mine();
        sender.look();
        sender.submit(LaneRig.intent("next", "100"));
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(sender.find("bid").orElseThrow().state()).isInstanceOf(IntentState.Withdrawn.class);
        assertThat(sender.find("next").orElseThrow().nonce()).isEqualTo(new Nonce(0));
        assertThat(rig.minedData()).containsExactly(LaneRig.data("next"));
        assertThat(rig.store.unfinished(LaneRig.LANE)).isEmpty();
    }

    @Test
    void isNotRepeatedWhereItsReasonIsKnown() {
        LaneSender sender = rig.open(auction);
        sender.submit(bid("bid", "40"));
        sender.advance();
        rig.node.mine();
        sender.look();

        Submission again = sender.submit(bid("bid", "40"));

        assertThat(again).isInstanceOf(Submission.Known.class);
        sender.advance();
        assertThat(auction.shown).hasSize(1);
    }

    @Test
    void isOverAtOnceWhereTheAuctionRefuses() {
        LaneSender sender = rig.open(auction);
        auction.refusal = Optional.of(new RpcException(Kind.REJECTED, "transaction underpriced"));

        sender.submit(bid("bid", "40"));
        sender.advance();

        StoredIntent bid = sender.find("bid").orElseThrow();
        assertThat(bid.state()).isEqualTo(new IntentState.Withdrawn("transaction underpriced"));
        assertThat(bid.attempts()).as("not raised").hasSize(1);
    }

    @Test
    void staysOpenUntilItsBlockWhereNobodyKnowsWhetherTheAuctionHasIt() {
        LaneSender sender = rig.open(auction);
        auction.refusal = Optional.of(new RpcException(Kind.TRANSIENT, "timeout"));
        sender.submit(bid("bid", "40"));
        sender.advance();
        IntentState before = sender.find("bid").orElseThrow().state();

        rig.node.mine();
        sender.advance();

        assertThat(before).isInstanceOf(IntentState.Signed.class);
        assertThat(sender.find("bid").orElseThrow().state()).isInstanceOf(IntentState.Withdrawn.class);
    }

    @Test
    void isRefusedWhileOthersAreOpen() {
        LaneSender sender = rig.open(auction);
        sender.submit(LaneRig.intent("first", "100"));

        assertThat(sender.submit(bid("bid", "40"))).isEqualTo(new Submission.LaneBusy(1));
    }

    @Test
    void makesWayAtOnceAndAtTheUsualPriceForWhoeverComesBehind() {
        LaneSender sender = rig.open(auction);
        sender.submit(bid("bid", "40"));
        sender.advance();

        sender.submit(LaneRig.intent("urgent", "100").withUrgency(Urgency.URGENT));
        sender.advance();
        rig.node.mine();
        sender.advance();

        StoredIntent bid = sender.find("bid").orElseThrow();
        assertThat(rig.minedData()).containsExactly("0x", LaneRig.data("urgent"));
        assertThat(bid.state()).isInstanceOf(IntentState.Dropped.class);
        assertThat(bid.attempts().getLast().maxPriorityFee())
                .as("the auction's price is not for the public")
                .isLessThan(GasPrice.parse("40"));
    }

    @Test
    void isNeverPublicWhereThereIsNoAuction() {
        LaneSender sender = rig.open(auction);
        sender.submit(bid("bid", "40"));
        sender.advance();
        sender.close();

        LaneSender later = rig.open();
        later.advance();
        String tx = later.find("bid").orElseThrow().attempts().getLast().hash().hex();
        assertThat(rig.node.call("eth_getTransactionByHash", tx).isNull()).isTrue();
        rig.node.mine();
        later.advance();

        assertThat(later.find("bid").orElseThrow().state()).isInstanceOf(IntentState.Withdrawn.class);
        assertThat(rig.node.mined()).isEmpty();
    }

    private TransactionIntent bid(String reason, String tip) {
        BlockNumber next = new Chain(rig.node).head().number().plus(1);
        return LaneRig.intent(reason, "100").with(new Bid(UPDATE, next, GasPrice.parse(tip)));
    }

    /** Takes bids and shows nobody anything; all else goes to the pool. */
    private final class Auction implements Broadcast {

        private final List<String> shown = new ArrayList<>();
        private final Broadcast pool = new NodeBroadcast(rig.node);
        private Optional<RpcException> refusal = Optional.empty();

        @Override
        public boolean takesBids() {
            return true;
        }

        @Override
        public List<RpcAnswer> send(List<StoredIntent> intents, BlockHeader head) {
            List<RpcAnswer> answers = new ArrayList<>();
            for (StoredIntent intent : intents) {
                answers.add(
                        Bid.of(intent).isEmpty()
                                ? pool.send(List.of(intent), head).getFirst()
                                : take(intent));
            }
            return answers;
        }

        private RpcAnswer take(StoredIntent bid) {
            shown.add(bid.attempts().getLast().bytes());
            return refusal.<RpcAnswer>map(RpcAnswer.Failure::new)
                    .orElseGet(() -> new RpcAnswer.Result(StringNode.valueOf("0x")));
        }
    }
}
