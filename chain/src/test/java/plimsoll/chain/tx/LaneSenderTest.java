package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.PooledTransaction;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

class LaneSenderTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final Lane LANE = new Lane(CHAIN, SIGNER.address());
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");

    private final SimulatedNode node = new SimulatedNode(CHAIN.value());
    private final ManualClock clock = ManualClock.atNoon();
    private final MemoryIntentStore store = new MemoryIntentStore(clock);
    private final LaneSettings settings = LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5));

    @Test
    void givesConsecutiveNoncesToManyThreadsAtOnce() {
        LaneSender sender = open(node, settings);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                TransactionIntent intent = intent("r" + i);
                threads.execute(() -> sender.submit(intent));
            }
        }

        sender.advance();
        node.mine();
        sender.advance();

        assertThat(node.mined())
                .extracting(PooledTransaction::nonce)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
        assertThat(store.unfinished(LANE)).isEmpty();
    }

    @Test
    void answersARepeatedReasonWithTheFirstIntent() {
        LaneSender sender = open(node, settings);
        Submission first = sender.submit(intent("same"));

        Submission second = sender.submit(intent("same"));

        sender.advance();
        node.mine();
        assertThat(first).isInstanceOf(Submission.Accepted.class);
        assertThat(second).isInstanceOf(Submission.Known.class);
        assertThat(node.mined()).hasSize(1);
    }

    @Test
    void raisesBothFeesByAnEighthWhenATransactionWaitsTooLong() {
        LaneSender sender = open(node, settings);
        sender.submit(intent("slow"));
        sender.advance();

        node.setBaseFee(BigInteger.valueOf(10_000_000_000L));
        node.mine();
        clock.advance(Duration.ofSeconds(6));
        sender.advance();
        node.mine();
        sender.advance();

        StoredIntent intent = found(sender, "slow");
        assertThat(intent.state()).isInstanceOf(IntentState.Final.class);
        assertThat(node.mined()).hasSize(1);
        assertThat(intent.attempts()).hasSize(2);
        assertRaisedByAnEighth(
                intent.attempts().get(0).maxFee(), intent.attempts().get(1).maxFee());
        assertRaisedByAnEighth(
                intent.attempts().get(0).maxPriorityFee(),
                intent.attempts().get(1).maxPriorityFee());
    }

    @Test
    void raisesNoFeeAboveTheIntentsCap() {
        LaneSender sender = open(node, settings);
        sender.submit(intent("capped", "3.1"));
        sender.advance();
        node.setBaseFee(BigInteger.valueOf(50_000_000_000L));

        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(6));
            sender.advance();
        }

        assertThat(found(sender, "capped").attempts())
                .allSatisfy(attempt -> assertThat(attempt.maxFee()).isLessThanOrEqualTo(GasPrice.parse("3.1")));
        node.setBaseFee(BigInteger.valueOf(1_000_000_000L));
        node.mine();
        sender.advance();
        assertThat(found(sender, "capped").state()).isInstanceOf(IntentState.Final.class);
    }

    @Test
    void refusesWhatCostsMoreGasThanAllowed() {
        node.setBaseFee(BigInteger.valueOf(90_000_000_000L));
        LaneSender sender = open(node, settings);

        Submission submission = sender.submit(intent("dear", "80"));

        assertThat(submission).isEqualTo(new Submission.GasTooDear(GasPrice.parse("90"), GasPrice.parse("80")));
        assertThat(store.on(LANE)).isEmpty();
    }

    @Test
    void refusesToSpendMoreInADayThanAllowed() {
        // One intent may cost 100 000 gas at 2 x 1 gwei base fee + 1 gwei tip = 0.0003.
        LaneSender sender = open(node, settings.withDailySpendCap(Wei.parse("0.0007")));

        List<Submission> submissions = sender.submitAll(List.of(intent("a"), intent("b"), intent("c")));

        assertThat(submissions.get(1)).isInstanceOf(Submission.Accepted.class);
        assertThat(submissions.get(2))
                .isEqualTo(new Submission.SpendCapReached(Wei.parse("0.0009"), Wei.parse("0.0007")));
        assertThat(sender.submit(intent("a"))).isInstanceOf(Submission.Known.class);
    }

    @Test
    void countsWhatWasSpentAgainstTheDaysCap() {
        LaneSender sender = open(node, settings.withDailySpendCap(Wei.parse("0.00032")));
        sender.submit(intent("a"));
        sender.advance();
        node.mine();
        sender.advance(); // paid 21 000 x 2 gwei = 0.000042

        assertThat(sender.submit(intent("b"))).isInstanceOf(Submission.SpendCapReached.class);
        clock.advance(Duration.ofHours(25));
        assertThat(sender.submit(intent("b"))).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void tellsWhyAContractReverted() {
        node.revertsAt(TARGET);
        LaneSender sender = open(node, settings);
        sender.submit(intent("bad"));
        sender.advance();
        node.mine();
        sender.advance();

        assertThat(found(sender, "bad").state())
                .isInstanceOfSatisfying(
                        IntentState.Reverted.class,
                        state -> assertThat(state.reason()).isEqualTo("refused"));
    }

    @Test
    void waitsForConfirmationsAndSendsAgainAfterAReorg() {
        LaneSender sender = open(node, settings.withConfirmations(3));
        sender.submit(intent("deep"));
        sender.advance();
        node.mine();
        sender.advance();
        assertThat(found(sender, "deep").state()).isInstanceOf(IntentState.Mined.class);

        node.undo(1);
        node.forgetPool();
        node.mine();
        sender.advance();
        assertThat(found(sender, "deep").state()).isInstanceOf(IntentState.Sent.class);

        node.mine(3);
        sender.advance();
        assertThat(found(sender, "deep").state()).isInstanceOf(IntentState.Final.class);
        assertThat(node.mined()).hasSize(1);
    }

    @Test
    void usesUpTheNonceOfWhatANodeWillNeverTake() {
        LaneSender sender = open(node, settings);
        TransactionIntent hopeless =
                new TransactionIntent("hopeless", TARGET, "0x", Wei.ZERO, new Gas(20_000), GasPrice.parse("100"));

        sender.submitAll(List.of(hopeless, intent("next")));
        sender.advance();
        node.mine();
        sender.advance();

        assertThat(found(sender, "hopeless").state()).isInstanceOf(IntentState.Dropped.class);
        assertThat(found(sender, "next").state()).isInstanceOf(IntentState.Final.class);
        assertThat(node.mined())
                .hasSize(2)
                .first()
                .satisfies(tx -> assertThat(tx.to()).isEqualTo(SIGNER.address()));
    }

    @Test
    void noticesThatAStrangerUsedTheNonce() {
        LaneSender sender = open(node, settings);
        sender.submit(intent("robbed"));
        stranger(0);
        node.mine();

        sender.advance();
        clock.advance(Duration.ofSeconds(6));
        sender.advance();

        assertThat(found(sender, "robbed").state()).isInstanceOf(IntentState.Replaced.class);
        assertThat(sender.submit(intent("after")))
                .isInstanceOfSatisfying(
                        Submission.Accepted.class,
                        accepted -> assertThat(accepted.intent().nonce()).isEqualTo(new Nonce(1)));
    }

    @Test
    void outbidsAStrangersTransactionThatWaitsOnItsNonce() {
        LaneSender sender = open(node, settings);
        stranger(0);
        sender.submit(intent("ours"));
        sender.advance();
        node.mine();
        sender.advance();

        assertThat(found(sender, "ours").state()).isInstanceOf(IntentState.Final.class);
        assertThat(node.mined()).hasSize(1);
    }

    @Test
    void sendsTheSameBytesAgainWhenTheAnswerGotLost() {
        AnswersLost rpc = new AnswersLost(node);
        LaneSender sender = open(rpc, settings);
        sender.submit(intent("unclear"));

        rpc.losing = true;
        assertThatThrownBy(sender::advance).isInstanceOf(RpcException.class);
        rpc.losing = false;
        sender.advance();
        node.mine();
        sender.advance();

        assertThat(found(sender, "unclear").state()).isInstanceOf(IntentState.Final.class);
        assertThat(found(sender, "unclear").attempts()).hasSize(1);
        assertThat(node.mined()).hasSize(1);
    }

    @Test
    void sendsNothingOnceAnotherProcessHoldsTheLane() {
        LaneSender first = open(node, settings);
        first.submit(intent("a"));
        clock.advance(Duration.ofSeconds(11));
        LaneSender second = LaneSender.open(
                        new Chain(node), SIGNER, store, LaneSettings.of(CHAIN, "other"), clock, new SilentLaneEvents())
                .orElseThrow();

        assertThatThrownBy(first::advance).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> first.submit(intent("b"))).isInstanceOf(LeaseLostException.class);
        assertThat(LaneSender.open(new Chain(node), SIGNER, store, settings, clock, new SilentLaneEvents()))
                .isEmpty();
        second.advance();
        node.mine();
        assertThat(node.mined()).hasSize(1);
    }

    @Test
    void refusesAChainThatForgotItsFinalTransactions() {
        LaneSender sender = open(node, settings);
        sender.submit(intent("a"));
        sender.advance();
        node.mine();
        sender.advance();
        sender.close();

        SimulatedNode another = new SimulatedNode(CHAIN.value());
        assertThatThrownBy(() -> open(another, settings))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("chainNonce=0 finishedBelow=1");
    }

    @Test
    void refusesAnotherChain() {
        assertThatThrownBy(() -> open(new SimulatedNode(1), settings))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("found=1 expected=31337");
    }

    @Test
    void worksInTheBackgroundUntilFinished() {
        node.automining();
        try (LaneSender sender = open(node, settings.withPollInterval(Duration.ofMillis(20)))) {
            sender.start();
            sender.submitAll(List.of(intent("a"), intent("b")));

            Optional<StoredIntent> finished = sender.await("b", Duration.ofSeconds(20));

            assertThat(finished.orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        }
    }

    @Test
    void triesAndSendsNothingInADryRun() {
        node.revertsAt(TARGET);
        TransactionSender sender = new DryRunSender(new Chain(node), SIGNER.address());

        Submission submission = sender.submit(intent("dry"));

        assertThat(submission).isInstanceOf(Submission.Simulated.class);
        node.mine();
        assertThat(node.mined()).isEmpty();
    }

    private LaneSender open(JsonRpc rpc, LaneSettings with) {
        return LaneSender.open(new Chain(rpc), SIGNER, store, with, clock, new SilentLaneEvents())
                .orElseThrow();
    }

    private static StoredIntent found(LaneSender sender, String reason) {
        return sender.find(reason).orElseThrow();
    }

    private static TransactionIntent intent(String reason) {
        return intent(reason, "100");
    }

    private static TransactionIntent intent(String reason, String capInGwei) {
        return new TransactionIntent(reason, TARGET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse(capInGwei));
    }

    private void stranger(long nonce) {
        String bytes = SIGNER.sign(new UnsignedTransaction(
                        CHAIN,
                        new Nonce(nonce),
                        GasPrice.parse("1"),
                        GasPrice.parse("3"),
                        new Gas(21_000),
                        TARGET,
                        Wei.ZERO,
                        "0xff"))
                .bytes();
        node.call("eth_sendRawTransaction", bytes);
    }

    private static void assertRaisedByAnEighth(GasPrice before, GasPrice after) {
        assertThat(after.raw().multiply(BigInteger.valueOf(8)))
                .isGreaterThanOrEqualTo(before.raw().multiply(BigInteger.valueOf(9)));
    }

    /** The node hears everything and its answers to sent transactions get lost. */
    private static final class AnswersLost implements JsonRpc {

        private final JsonRpc node;
        private boolean losing;

        AnswersLost(JsonRpc node) {
            this.node = node;
        }

        @Override
        public JsonNode call(RpcRequest request) {
            return node.call(request);
        }

        @Override
        public List<RpcAnswer> callAll(List<RpcRequest> requests) {
            List<RpcAnswer> answers = new ArrayList<>(node.callAll(requests));
            if (losing && requests.getFirst().method().equals("eth_sendRawTransaction")) {
                throw new RpcException(Kind.TRANSIENT, "Node did not answer in time");
            }
            return answers;
        }

        @Override
        public String endpoint() {
            return node.endpoint();
        }
    }
}
