package plimsoll.chain.auction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.node.StringNode;

class AuctionBroadcastTest {

    private static final TxHash TX = TxHash.parse("0x" + "ab".repeat(32));
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<SignedBid> heard = new ArrayList<>();
    private final List<StoredIntent> shown = new ArrayList<>();

    @Test
    void showsBidsToTheAuctionAndEverythingElseToTheUsualWay() {
        Broadcast both = new AuctionBroadcast(auction(() -> new BidAnswer.Accepted(Optional.empty())), usual(), LONG);

        List<RpcAnswer> answers = both.send(List.of(bid(8), plain()), head(7));

        assertThat(answers).hasOnlyElementsOfType(RpcAnswer.Result.class);
        assertThat(heard).containsExactly(new SignedBid(TX, "0x02", new BlockNumber(8)));
        assertThat(shown).containsExactly(plain());
        assertThat(both.due(List.of(bid(8)), head(7))).isEmpty();
    }

    @Test
    void bidsForNoBlockThatIsThere() {
        Broadcast both = new AuctionBroadcast(auction(() -> new BidAnswer.Accepted(Optional.empty())), usual(), LONG);

        assertThat(kind(both.send(List.of(bid(8)), head(8)))).isEqualTo(Kind.TRANSIENT);
        assertThat(heard).isEmpty();
    }

    @Test
    void doesNotLetOthersWaitForAnAuctionThatIsSlow() {
        CountDownLatch answering = new CountDownLatch(1);
        Broadcast both = new AuctionBroadcast(
                auction(() -> {
                    answering.await();
                    return new BidAnswer.Refused("too low");
                }),
                usual(),
                Duration.ofMillis(1));

        List<RpcAnswer> first = both.send(List.of(bid(8), plain()), head(7));
        answering.countDown();

        assertThat(kind(first)).isEqualTo(Kind.TRANSIENT);
        assertThat(first.getLast()).isInstanceOf(RpcAnswer.Result.class);
        while (kind(both.send(List.of(bid(8)), head(7))) != Kind.REJECTED) {
            Thread.onSpinWait();
        }
        assertThat(heard).hasSize(1);
    }

    @Test
    void triesAnAuctionThatCannotBeReachedThreeTimes() {
        Broadcast both = new AuctionBroadcast(
                auction(() -> {
                    throw new RpcException(Kind.TRANSIENT, "Node refused the connection");
                }),
                usual(),
                LONG);

        for (int i = 0; i < 10; i++) {
            assertThat(kind(both.send(List.of(bid(8)), head(7)))).isEqualTo(Kind.TRANSIENT);
        }

        assertThat(heard).hasSize(3);
    }

    private interface Answering {
        BidAnswer get() throws InterruptedException;
    }

    private OevAuction auction(Answering answering) {
        return new OevAuction() {
            @Override
            public String name() {
                return "http://auction.example";
            }

            @Override
            public void listen(Runnable onNews) {}

            @Override
            public List<OfferedUpdate> take() {
                return List.of();
            }

            @Override
            public BidAnswer bid(SignedBid bid) {
                heard.add(bid);
                try {
                    return answering.get();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public AuctionTally tally() {
                return new AuctionTally(0, 0, 0, 0);
            }

            @Override
            public void close() {}
        };
    }

    private Broadcast usual() {
        return (intents, _) -> {
            shown.addAll(intents);
            return intents.stream()
                    .<RpcAnswer>map(_ -> new RpcAnswer.Result(StringNode.valueOf("0x")))
                    .toList();
        };
    }

    private static Kind kind(List<RpcAnswer> answers) {
        return answers.getFirst() instanceof RpcAnswer.Failure(RpcException reason) ? reason.kind() : Kind.CORRUPT;
    }

    private static StoredIntent bid(long block) {
        return intent(it -> it.with(new Bid(TX, new BlockNumber(block), GasPrice.parse("40"))));
    }

    private static StoredIntent plain() {
        return intent(it -> it);
    }

    private static StoredIntent intent(UnaryOperator<TransactionIntent> refined) {
        Lane lane = new Lane(new ChainId(1), Address.parse("0x" + "aa".repeat(20)));
        TransactionIntent intent = refined.apply(
                new TransactionIntent("reason", lane.signer(), "0x", Wei.ZERO, new Gas(21_000), GasPrice.parse("100")));
        Attempt attempt = new Attempt(
                1, GasPrice.parse("50"), GasPrice.parse("40"), TX, "0x02", new Attempt.Purpose.Act(), Instant.EPOCH);
        return new StoredIntent(
                1, lane, new Nonce(0), intent, new IntentState.Signed(TX), List.of(attempt), Instant.EPOCH);
    }

    private static BlockHeader head(long number) {
        BlockHash hash = new BlockHash("0x" + "cd".repeat(32));
        return new BlockHeader(
                new BlockNumber(number), hash, hash, Instant.EPOCH, Optional.empty(), new Gas(0), new Gas(0), "0x");
    }
}
